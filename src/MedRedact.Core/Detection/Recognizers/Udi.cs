namespace MedRedact.Detection;

/// <summary>
/// Device identifiers in GS1 brackets, "(01)00844588003288(17)141120(10)7654321D(21)10987654d321": the lot (10) and the serial (21)
/// single a device out, dates (11) and (17) tell when; the model (01) stays.
/// </summary>
internal static class Udi
{
    public static bool Find(ReadOnlySpan<char> chunk, int start, HitList hits)
    {
        if (!chunk.StartsWith("(01)", StringComparison.Ordinal))
            return false;
        for (int open = 0; open >= 0 && open + 4 < chunk.Length;)
        {
            if (chunk[open] != '(' || chunk[open + 3] != ')')
                break;
            int next = chunk[(open + 4)..].IndexOf('(');
            int end = next < 0 ? chunk.TrimEnd(".,;").Length : open + 4 + next;
            PhiKind kind = chunk.Slice(open + 1, 2) switch
            {
                "10" or "21" => PhiKind.Device,
                "11" or "17" => PhiKind.Date,
                _ => PhiKind.None,
            };
            if (kind != PhiKind.None)
                hits.Add(new Hit(start + open + 4, start + end, kind, Rule.DeviceUdi, 0.95f));
            open = next < 0 ? -1 : end;
        }

        return true;
    }
}
