namespace MedRedact.Alerts;

/// <summary>Counts what one rule sees, group by group, as far back as it matters.</summary>
/// <remarks>There are at most so many groups. What finds no room is counted together, so that many names make a rule hold earlier and never later.</remarks>
internal sealed class RuleCount(AlertRule rule)
{
    private const int MostGroups = 10_000;

    private readonly Dictionary<EventGroup, Group> _groups = [];

    /// <summary>Counts an event.</summary>
    /// <returns>How many there are, where that is enough and was not said a moment ago.</returns>
    public long? Add(EventGroup key, DocumentId? document, DateTimeOffset at)
    {
        Group group = Find(key, at);
        long? count = group.Add(document, at);
        if (count is null || at < group.QuietUntil)
            return null;

        group.QuietUntil = at + rule.Quiet;
        return count;
    }

    private Group Find(EventGroup key, DateTimeOffset at)
    {
        if (_groups.TryGetValue(key, out Group? known))
            return known;

        if (_groups.Count >= MostGroups)
        {
            foreach (EventGroup old in _groups.Where(each => each.Value.IsOver(at)).Select(each => each.Key).ToList())
                _groups.Remove(old);
            if (_groups.Count >= MostGroups)
                key = default;
        }

        return _groups.TryGetValue(key, out known) ? known : _groups[key] = new Group(rule);
    }

    private sealed class Group(AlertRule rule)
    {
        private readonly Queue<DateTimeOffset> _events = new();
        private readonly Dictionary<DocumentId, DateTimeOffset> _documents = [];
        private DateTimeOffset _newest;

        public DateTimeOffset QuietUntil { get; set; }

        public bool IsOver(DateTimeOffset at) => at - _newest > rule.Within && at >= QuietUntil;

        public long? Add(DocumentId? document, DateTimeOffset at)
        {
            _newest = at;
            long count = rule.CountsDocuments ? AddDocument(document, at) : AddEvent(at);
            if (count < rule.Count)
                return null;

            _events.Clear();
            _documents.Clear();
            return count;
        }

        private long AddEvent(DateTimeOffset at)
        {
            _events.Enqueue(at);
            while (at - _events.Peek() > rule.Within)
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
                foreach (DocumentId old in _documents.Where(each => at - each.Value > rule.Within).Select(each => each.Key).ToList())
                    _documents.Remove(old);
            }

            return _documents.Count;
        }
    }
}
