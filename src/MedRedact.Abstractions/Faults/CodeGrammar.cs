namespace MedRedact;

/// <summary>The one grammar of codes: <c>MR-XXX-NNN</c>, three capitals and three digits.</summary>
internal static class CodeGrammar
{
    public static string Check(string value) =>
        value is ['M', 'R', '-', >= 'A' and <= 'Z', >= 'A' and <= 'Z', >= 'A' and <= 'Z', '-', >= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9']
            ? value
            : throw new ArgumentException("A code reads MR-XXX-NNN.", nameof(value));
}
