namespace MedRedact.Alerts;

/// <summary>Counts what one rule sees, group by group, as far back as it matters.</summary>
/// <remarks>What is kept is bounded. Where there is no more room, the groups in which the least happened give way, so that many new names push out each other and not whoever is being counted.</remarks>
internal sealed class RuleCount(AlertRule rule)
{
    private const int MostGroups = 10_000, MostEntries = 200_000;

    private readonly Dictionary<EventGroup, Group> _groups = [];
    private int _entries;

    /// <summary>Counts an event.</summary>
    /// <returns>How many there are, where that is enough and was not said a moment ago.</returns>
    public long? Add(EventGroup key, DocumentId? document, DateTimeOffset at)
    {
        if (!_groups.TryGetValue(key, out Group? group))
        {
            MakeRoom(at);
            _groups[key] = group = new Group(rule);
        }

        int before = group.Size;
        long? count = group.Add(document, at);
        _entries += group.Size - before;
        if (count is null || group.IsQuiet(at))
            return null;

        group.QuietUntil = at + rule.Quiet;
        return count;
    }

    /// <summary>Heeds that the rule was said to hold, as if it had been counted here.</summary>
    public void Said(EventGroup key, DateTimeOffset since)
    {
        if (!_groups.TryGetValue(key, out Group? group))
            _groups[key] = group = new Group(rule);
        _entries -= group.Size;
        group.Clear();
        group.QuietUntil = since + rule.Quiet;
    }

    /// <summary>Begins anew with a group.</summary>
    public void Forget(EventGroup key)
    {
        if (_groups.Remove(key, out Group? group))
            _entries -= group.Size;
    }

    private void MakeRoom(DateTimeOffset at)
    {
        if (_groups.Count < MostGroups && _entries < MostEntries)
            return;

        foreach (EventGroup over in _groups.Where(each => each.Value.IsOver(at)).Select(each => each.Key).ToList())
            Forget(over);
        if (_groups.Count < MostGroups && _entries < MostEntries)
            return;

        // Many at once, so that the order is not asked for at each event.
        foreach (EventGroup least in _groups.OrderBy(each => each.Value.Size).ThenBy(each => each.Value.Newest).Take(Math.Max(1, _groups.Count / 10)).Select(each => each.Key).ToList())
            Forget(least);
    }

    private sealed class Group(AlertRule rule)
    {
        private readonly Queue<DateTimeOffset> _events = new();
        private readonly Dictionary<DocumentId, DateTimeOffset> _documents = [];

        public DateTimeOffset QuietUntil { get; set; }

        public DateTimeOffset Newest { get; private set; }

        public int Size => _events.Count + _documents.Count;

        /// <summary>A time of quiet that is further away than the rule stays quiet was said by a clock that was set back since.</summary>
        public bool IsQuiet(DateTimeOffset at) => at < QuietUntil && QuietUntil - at <= rule.Quiet;

        public bool IsOver(DateTimeOffset at) => !IsWithin(Newest, at) && !IsQuiet(at);

        public long? Add(DocumentId? document, DateTimeOffset at)
        {
            Newest = at;
            long count = rule.CountsDocuments ? AddDocument(document, at) : AddEvent(at);
            if (count < rule.Count)
                return null;

            Clear();
            return count;
        }

        public void Clear()
        {
            _events.Clear();
            _documents.Clear();
        }

        private long AddEvent(DateTimeOffset at)
        {
            _events.Enqueue(at);
            while (!IsWithin(_events.Peek(), at))
                _events.Dequeue();
            return _events.Count;
        }

        private long AddDocument(DocumentId? document, DateTimeOffset at)
        {
            if (document is not { } id)
                return 0;

            _documents[id] = at;
            if (_documents.Count >= rule.Count)
            {
                foreach (DocumentId old in _documents.Where(each => !IsWithin(each.Value, at)).Select(each => each.Key).ToList())
                    _documents.Remove(old);
            }

            return _documents.Count;
        }

        /// <summary>In either direction: what a clock that ran ahead dated is not counted for ever.</summary>
        private bool IsWithin(DateTimeOffset one, DateTimeOffset other) => (other - one).Duration() <= rule.Within;
    }
}
