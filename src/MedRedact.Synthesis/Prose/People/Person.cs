namespace MedRedact.Synthesis;

/// <summary>Somebody a text speaks of, and the ways to name them.</summary>
internal sealed record Person(bool IsFemale, string Given, string? Middle, string Family, string? SecondFamily, string? Suffix, FactKind Kind)
{
    public string Full => Join(Given, Middle, Family, SecondFamily, Suffix);

    public string Plain => Join(Given, Family);

    public string Surnames => Join(Family, SecondFamily);

    public string Reversed => $"{Surnames}{(Suffix is null ? "" : " " + Suffix)}, {Join(Given, Middle)}";

    public string Initialed => $"{Given[0]}. {Family}";

    public string Initials => $"{Given[0]}{(Middle is null ? "" : Middle[..1])}{Family[0]}";

    private static string Join(params ReadOnlySpan<string?> parts)
    {
        var text = new System.Text.StringBuilder();
        foreach (string? part in parts)
            if (!string.IsNullOrEmpty(part))
                text.Append(text.Length > 0 ? " " : "").Append(part);
        return text.ToString();
    }
}
