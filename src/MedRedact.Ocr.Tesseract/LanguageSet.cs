namespace MedRedact.Ocr.Tesseract;

/// <summary>The languages of one engine, each known to be a safe file name, in the order of preference.</summary>
/// <param name="Joined">Names joined by '+', as Tesseract takes them.</param>
internal readonly record struct LanguageSet(string Joined)
{
    private const int MostLanguages = 16;

    /// <summary>Checks names against the grammar, which lets no path escape the folder of trained data.</summary>
    public static LanguageSet Of(IEnumerable<string> names)
    {
        string[] distinct = [.. names.Distinct(StringComparer.Ordinal)];
        return IsValid(distinct) ? new(string.Join('+', distinct)) : throw Faults.NotALanguage();
    }

    public static bool IsValid(ICollection<string>? names) => names is { Count: > 0 and <= MostLanguages } && names.All(IsName);

    /// <summary>Whether the data of every language is in the folder.</summary>
    public bool IsInstalled(string tessdata) => Missing(tessdata) is null;

    /// <summary>Throws a coded fault when the data of a language is not in the folder.</summary>
    public void CheckInstalled(string tessdata)
    {
        if (Missing(tessdata) is { } name)
            throw Faults.LanguageNotFound(name);
    }

    private string? Missing(string tessdata) =>
        Joined.Split('+').FirstOrDefault(name => !File.Exists(Path.Combine(tessdata, name + TessdataLocator.Extension)));

    private static bool IsName(string? name)
    {
        if (name is not { Length: > 0 and <= 64 })
            return false;

        string[] parts = name.Split('/');
        return parts.Length <= 2 && parts.All(part => part.Length > 0 && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'));
    }
}
