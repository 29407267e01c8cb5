using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace MedRedact.Detection;

/// <summary>All words that any rule knows, by hash; loaded once from the package's data files, immutable afterwards.</summary>
internal sealed class Vocabulary
{
    private static readonly Lazy<Vocabulary> s_default = new(Load, LazyThreadSafetyMode.ExecutionAndPublication);

    // Open addressing, a power of two, at most three quarters full. Hash and word lie side by side: a look-up costs one line of the cache.
    private Entry[] _entries = new Entry[1 << 18];
    private WordInfo[] _words = new WordInfo[1 << 17];
    private int _count = 1;

    private Vocabulary()
    {
    }

    private record struct Entry(ulong Hash, int Word);

    public static Vocabulary Default => s_default.Value;

    public PhraseTree Phrases { get; } = new();

    /// <summary>Label words by <see cref="OcrSkeleton"/>, for labels that recognition damaged.</summary>
    public Dictionary<ulong, int> LabelSkeletons { get; } = [];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ulong hash)
    {
        Entry[] entries = _entries;
        int mask = entries.Length - 1;
        for (int slot = Slot(hash, mask); ; slot = (slot + 1) & mask)
        {
            ref readonly Entry entry = ref entries[slot];
            if (entry.Hash == hash)
                return entry.Word;
            if (entry.Hash == 0)
                return 0;
        }
    }

    public ref readonly WordInfo this[int word] => ref _words[word];

    public ref readonly WordInfo Of(ReadOnlySpan<char> word) => ref _words[Find(WordHash.Of(word))];

    private static int Slot(ulong hash, int mask) => (int)((hash ^ (hash >> 29)) * 0x9E3779B97F4A7C15UL >> 40) & mask;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Intern(ReadOnlySpan<char> word)
    {
        ulong hash = WordHash.Of(word);
        int found = Find(hash);
        if (found != 0)
            return found;
        if (_count * 4 > _entries.Length * 3)
            Grow();
        if (_count == _words.Length)
            Array.Resize(ref _words, _words.Length * 2);
        Insert(hash, _count);
        return _count++;
    }

    private void Insert(ulong hash, int word)
    {
        int mask = _entries.Length - 1;
        int slot = Slot(hash, mask);
        while (_entries[slot].Hash != 0)
            slot = (slot + 1) & mask;
        _entries[slot] = new Entry(hash, word);
    }

    private void Grow()
    {
        Entry[] entries = _entries;
        _entries = new Entry[entries.Length * 2];
        foreach (Entry entry in entries)
        {
            if (entry.Hash != 0)
                Insert(entry.Hash, entry.Word);
        }
    }

    private static Vocabulary Load()
    {
        var vocabulary = new Vocabulary();
        Assembly assembly = typeof(Vocabulary).Assembly;
        string[] names = assembly.GetManifestResourceNames();
        foreach (string name in Named("roles-", ".txt"))
            vocabulary.AddRoles(Lines(name));
        foreach (string name in Named("labels-", ".txt"))
            vocabulary.AddPhrases(Lines(name), areLabels: true);
        foreach (string name in Named("places-", ".txt"))
            vocabulary.AddPhrases(Lines(name), areLabels: false);
        foreach (string name in Named("clinical-", ".txt"))
            vocabulary.AddPhrases(Lines(name), areLabels: false);

        using Stream lexicon = assembly.GetManifestResourceStream(Named("lexicon", ".bin").Single())!;
        var entries = new LexiconFile(lexicon);
        vocabulary.AddEntries(ref entries);
        return vocabulary;

        IEnumerable<string> Named(string part, string extension) =>
            names.Where(name => name.Contains("." + part, StringComparison.Ordinal) && name.EndsWith(extension, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal);

        IEnumerable<string> Lines(string name)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            while (reader.ReadLine() is { } line)
            {
                if (line.Length > 0 && line[0] != '#')
                    yield return line;
            }
        }
    }

    // Runs once, but over a hundred thousand entries: optimized at once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddEntries(ref LexiconFile entries)
    {
        while (entries.Next())
        {
            ReadOnlySpan<char> text = entries.Text;
            if (text.Contains(' '))
            {
                if (entries.City >= 3)
                    AddPhrase(text.ToString(), PhraseKind.CityName, LabelStrength.Marked, isLabel: false);
                continue;
            }

            int word = Intern(text);
            ref WordInfo info = ref _words[word];
            (info.Given, info.Surname, info.City, info.Class) = (entries.Given, entries.Surname, entries.City, info.Class | entries.Class);
        }
    }

    /// <summary>A line is "Role: word word=value …".</summary>
    private void AddRoles(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            Role role = Enum.Parse<Role>(line[..colon]);
            foreach (string item in line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                string[] parts = item.Split('=');
                int word = Intern(parts[0]);
                ref WordInfo info = ref _words[word];
                info.Roles |= role;
                if (parts.Length == 2)
                    info.Value = byte.Parse(parts[1], CultureInfo.InvariantCulture);
            }
        }
    }

    /// <summary>A line is "Kind[ free]: phrase | phrase …".</summary>
    private void AddPhrases(IEnumerable<string> lines, bool areLabels)
    {
        foreach (string line in lines)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            string[] head = line[..colon].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            PhraseKind kind = Enum.Parse<PhraseKind>(head[0]);
            LabelStrength strength = head.Length > 1 ? LabelStrength.Free : LabelStrength.Marked;
            foreach (string phrase in line[(colon + 1)..].Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                AddPhrase(phrase, kind, strength, areLabels);
        }
    }

    private void AddPhrase(string phrase, PhraseKind kind, LabelStrength strength, bool isLabel)
    {
        string[] parts = phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (kind == PhraseKind.None || parts.Length > PhraseTree.MaxWords)
            return;
        Span<int> words = stackalloc int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            words[i] = Intern(parts[i]);
            if (isLabel && parts[i].Length >= 3)
                LabelSkeletons.TryAdd(OcrSkeleton.Of(parts[i]), words[i]);
        }

        int node = Phrases.Add(_words[words[0]].PhraseNode, words, kind, strength);
        _words[words[0]].PhraseNode = node;
    }
}
