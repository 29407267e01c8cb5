using System.Collections.Frozen;

namespace MedRedact.Languages;

/// <summary>The words that tell one language from the others.</summary>
internal sealed class LanguageWords
{
    private const string Resources = "MedRedact.Languages.Data.", Extension = ".txt";

    private static readonly FrozenDictionary<string, LanguageWords> Known = Resource.Names(Resources, Extension).ToFrozenDictionary(language => language, Load);

    private readonly FrozenDictionary<string, int> _words;

    private LanguageWords(string language, IEnumerable<string> words) =>
        (Language, _words) = (language, words.Distinct().Index().ToFrozenDictionary(word => word.Item, word => word.Index));

    /// <summary>The language, as its trained data is named.</summary>
    public string Language { get; }

    /// <summary>How many words there are.</summary>
    public int Count => _words.Count;

    public IEnumerable<string> All => _words.Keys;

    /// <summary>The words of a language, or <see langword="null"/> where none are known: then no page can be told to be in it.</summary>
    public static LanguageWords? Of(string language) => Known.GetValueOrDefault(language);

    /// <summary>The number of a word, from 0; the word is in small letters, without accents.</summary>
    public bool TryFind(ReadOnlySpan<char> folded, out int number) => _words.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(folded, out number);

    private static LanguageWords Load(string language) => new(
        language, Resource.Lines(Resources + language + Extension).SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    /// <summary>Files of this assembly.</summary>
    private static class Resource
    {
        public static IEnumerable<string> Names(string folder, string extension) => typeof(LanguageWords).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal)).Select(name => name[folder.Length..^extension.Length]);

        public static List<string> Lines(string name)
        {
            using var reader = new StreamReader(typeof(LanguageWords).Assembly.GetManifestResourceStream(name)!);
            var lines = new List<string>();
            while (reader.ReadLine() is { } line)
            {
                if (!line.StartsWith('#'))
                    lines.Add(line);
            }

            return lines;
        }
    }
}
