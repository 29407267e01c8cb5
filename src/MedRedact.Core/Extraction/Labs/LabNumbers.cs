namespace MedRedact.Extraction;

/// <summary>Reads the numbers of laboratory results and reference ranges.</summary>
internal static class LabNumbers
{
    /// <summary>A value with its comparator: <c>&lt;5.0</c>.</summary>
    public static (string? Comparator, decimal? Number) Read(string printed)
    {
        ReadOnlySpan<char> text = printed.AsSpan().Trim();
        string? comparator = null;
        if (!text.IsEmpty && text[0] is '<' or '>' or '≤' or '≥')
        {
            bool isOrEqual = text[0] is '≤' or '≥' || (text.Length > 1 && text[1] == '=');
            comparator = (text[0] is '<' or '≤' ? "<" : ">") + (isOrEqual ? "=" : "");
            text = text.TrimStart("<>≤≥= ");
        }

        return ChartNumber.TryRead(text, out decimal number) ? (comparator, number) : (null, null);
    }

    /// <summary>The ends of a range: <c>3.5-5.1</c>, <c>3.5 to 5.1</c>, <c>&lt; 200</c>.</summary>
    public static (decimal? Low, decimal? High) ReadRange(string printed)
    {
        string text = printed.Trim(' ', '(', ')', '[', ']').Replace('–', '-').Replace('—', '-').Replace(
            " to ", "-", StringComparison.OrdinalIgnoreCase);
        if (Read(text) is { Comparator: { } comparator, Number: { } end })
            return comparator[0] == '<' ? (null, end) : (end, null);

        int dash = text.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && ChartNumber.TryRead(text.AsSpan(0, dash).Trim(), out decimal low)
            && ChartNumber.TryRead(text.AsSpan(dash + 1).Trim(), out decimal high) && low <= high
            ? (low, high)
            : (null, null);
    }
}
