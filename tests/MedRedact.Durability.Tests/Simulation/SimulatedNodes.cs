namespace MedRedact.Durability.Simulation;

internal abstract class SimulatedNode;

/// <summary>A file: what its readers see, what survives a power cut, and the changes in between.</summary>
internal sealed class SimulatedFile : SimulatedNode
{
    private readonly List<FileChange> _unsynced = [];

    public byte[] Content { get; private set; } = [];

    public byte[] Durable { get; private set; } = [];

    public void Apply(FileChange change)
    {
        Content = change.ApplyTo(Content);
        _unsynced.Add(change);
    }

    public void Sync()
    {
        foreach (FileChange change in _unsynced)
            Durable = change.ApplyTo(Durable);
        _unsynced.Clear();
    }

    /// <summary>What Linux does when a write-back fails: the pages are marked clean, readers still see them, the disk never will.</summary>
    public void LoseUnsynced() => _unsynced.Clear();

    /// <summary>The file after a power cut: each change since the last sync may have reached the disk, wholly, in part or not at all.</summary>
    public SimulatedFile AfterPowerCut(Survival survival)
    {
        byte[] survived = Durable;
        foreach (FileChange change in _unsynced)
        {
            if (survival.Keeps())
                survived = (survival.Tears() ? change.Torn(survival.Fraction()) : change).ApplyTo(survived);
        }

        return new SimulatedFile { Content = survived, Durable = survived };
    }

    public static SimulatedFile Of(byte[] bytes) => new() { Content = bytes, Durable = bytes };
}

/// <summary>Either bytes at an offset or, where there are none, a new length.</summary>
internal readonly record struct FileChange(long Offset, byte[]? Bytes)
{
    public byte[] ApplyTo(byte[] content)
    {
        long length = Bytes is null ? Offset : Math.Max(content.Length, Offset + Bytes.Length);
        byte[] changed = new byte[length];
        content.AsSpan(0, (int)Math.Min(content.Length, length)).CopyTo(changed);
        Bytes?.CopyTo(changed, Offset);
        return changed;
    }

    public FileChange Torn(double fraction) => Bytes is null ? this : this with { Bytes = Bytes[..(int)(Bytes.Length * fraction)] };
}

/// <summary>A folder: names as readers see them, names on disk, and the changes in between. A rename is one change.</summary>
internal sealed class SimulatedFolder : SimulatedNode
{
    private readonly List<NameChange> _unsynced = [];
    private SortedDictionary<string, SimulatedNode> _durable = new(StringComparer.Ordinal);

    public SortedDictionary<string, SimulatedNode> Entries { get; private init; } = new(StringComparer.Ordinal);

    public void Apply(NameChange change)
    {
        change.ApplyTo(Entries);
        _unsynced.Add(change);
    }

    public void Sync()
    {
        foreach (NameChange change in _unsynced)
            change.ApplyTo(_durable);
        _unsynced.Clear();
    }

    public SimulatedFolder AfterPowerCut(Survival survival)
    {
        var names = new SortedDictionary<string, SimulatedNode>(_durable, StringComparer.Ordinal);
        foreach (NameChange change in _unsynced)
        {
            if (survival.Keeps())
                change.ApplyTo(names);
        }

        var survived = new SimulatedFolder();
        foreach ((string name, SimulatedNode node) in names)
        {
            SimulatedNode after = node switch
            {
                SimulatedFolder folder => folder.AfterPowerCut(survival),
                SimulatedFile file => file.AfterPowerCut(survival),
                _ => throw new InvalidOperationException(),
            };
            survived.Entries.Add(name, after);
        }

        survived._durable = new(survived.Entries, StringComparer.Ordinal);
        return survived;
    }
}

/// <summary>A name that goes, a name that comes, or both in one step.</summary>
internal readonly record struct NameChange(string? Removed, string? Added, SimulatedNode? Node)
{
    public void ApplyTo(SortedDictionary<string, SimulatedNode> names)
    {
        if (Removed is not null)
            names.Remove(Removed);
        if (Added is not null)
            names[Added] = Node!;
    }
}
