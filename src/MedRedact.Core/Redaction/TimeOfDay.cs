namespace MedRedact.Redaction;

/// <summary>The time of day after a date: <c>14:05</c>, <c>T14:05:07.250Z</c>, <c>@ 2:05 p.m.</c>, <c>14:05 hrs</c>, <c>14:05+01:00</c>.</summary>
internal ref struct TimeOfDay
{
    private ReadOnlySpan<char> _rest;

    /// <summary>Whether the text is a time of day from its first to its last character.</summary>
    public static bool IsAllOf(ReadOnlySpan<char> text)
    {
        var scan = new TimeOfDay { _rest = text };
        _ = scan.Take("T") || scan.Take("@");
        scan.TakeSpace();
        if (!scan.TakeDigits(1, 2) || !scan.Take(":") || !scan.TakeDigits(2, 2))
            return false;

        if (scan.Take(":") && (!scan.TakeDigits(2, 2) || (scan.Take(".") && !scan.TakeDigits(1, 7))))
            return false;

        scan.TakeSpace();
        _ = scan.Take("a.m.") || scan.Take("p.m.") || scan.Take("am") || scan.Take("pm") || scan.Take("hours") || scan.Take("hrs") || scan.Take("h");
        scan.TakeSpace();
        if (scan.Take("Z"))
            return scan._rest.IsEmpty;

        if (scan.Take("+") || scan.Take("-"))
            return scan.TakeDigits(2, 2) && (scan.Take(":") || true) && scan.TakeDigits(2, 2) && scan._rest.IsEmpty;

        return scan._rest.IsEmpty;
    }

    private bool Take(string text)
    {
        if (!_rest.StartsWith(text, StringComparison.OrdinalIgnoreCase))
            return false;

        _rest = _rest[text.Length..];
        return true;
    }

    private bool TakeDigits(int least, int most)
    {
        int count = 0;
        while (count < most && count < _rest.Length && char.IsAsciiDigit(_rest[count]))
            count++;

        _rest = _rest[count..];
        return count >= least;
    }

    private void TakeSpace() => _rest = _rest.TrimStart();
}
