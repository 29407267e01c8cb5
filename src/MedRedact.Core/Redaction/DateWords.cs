using System.Collections.Frozen;
using System.Collections.Immutable;

namespace MedRedact.Redaction;

/// <summary>The words of written dates, English and Spanish: a word names a month or weekday, and in what list, so that it can be written back.</summary>
internal static class DateWords
{
    private static readonly ImmutableArray<string[]> Months =
    [
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"],
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
        ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"],
        ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
    ];

    // From Sunday, as DayOfWeek counts.
    private static readonly ImmutableArray<string[]> Weekdays =
    [
        ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"],
        ["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
        ["domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"],
    ];

    private static readonly FrozenDictionary<string, DateWord> Known = Index();

    private static readonly FrozenSet<string> Fillers = new[] { "of", "the", "de", "del" }.ToFrozenSet();

    public static DateWord? Find(string word) => Known.TryGetValue(word.ToLowerInvariant(), out DateWord found) ? found : null;

    public static bool IsFiller(string word) => Fillers.Contains(word.ToLowerInvariant());

    /// <summary>Writes another member of the same list in the case of the original word.</summary>
    public static string Write(DateWord like, int value, string original)
    {
        string word = (like.IsMonth ? Months : Weekdays)[like.List][value];
        return original.Length > 1 && original.All(c => !char.IsLower(c)) ? word.ToUpperInvariant()
            : char.IsUpper(original[0]) ? char.ToUpperInvariant(word[0]) + word[1..]
            : word;
    }

    private static FrozenDictionary<string, DateWord> Index()
    {
        var index = new Dictionary<string, DateWord>();
        foreach ((int list, string[] names) in Months.Index())
        {
            foreach ((int value, string name) in names.Index())
                index.TryAdd(name, new DateWord(IsMonth: true, list, value));
        }

        foreach ((int list, string[] names) in Weekdays.Index())
        {
            foreach ((int value, string name) in names.Index())
                index.TryAdd(name, new DateWord(IsMonth: false, list, value));
        }

        index.Add("sept", new DateWord(IsMonth: true, List: 1, Value: 8));
        index.Add("tues", new DateWord(IsMonth: false, List: 1, Value: 2));
        index.Add("thur", new DateWord(IsMonth: false, List: 1, Value: 4));
        index.Add("thurs", new DateWord(IsMonth: false, List: 1, Value: 4));
        return index.ToFrozenDictionary();
    }
}

/// <summary>A month (0 to 11) or a weekday (0 to 6, from Sunday) and the list its name is from.</summary>
internal readonly record struct DateWord(bool IsMonth, int List, int Value);
