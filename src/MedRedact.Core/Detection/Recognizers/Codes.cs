using System.Net;

namespace MedRedact.Detection;

/// <summary>Runs of characters that show by their shape what they are: e-mail, web and network addresses, and codes that prove themselves.</summary>
internal sealed class Codes : ITextRecognizer
{
    /// <summary>Longer runs are judged by their beginning.</summary>
    private const int Longest = 512;

    public void Recognize(in TextScan scan, HitList hits)
    {
        for (int i = 0; i < scan.Count;)
        {
            int end = i + 1;
            bool at = scan.IsSymbol(i, '@');
            bool digit = scan.IsNumber(i);
            int dots = 0;
            int colons = 0;
            int hyphens = 0;
            while (end < scan.Count && scan.Tokens[end].IsGlued)
            {
                ref readonly Token token = ref scan.Tokens[end];
                if (token.IsNumber)
                    digit = true;
                else if (token.Kind == TokenKind.Symbol)
                {
                    at |= token.First == '@';
                    dots += token.First == '.' ? 1 : 0;
                    colons += token.First == ':' ? 1 : 0;
                    hyphens += token.First == '-' ? 1 : 0;
                }

                end++;
            }

            if (at)
                Addresses.FindEmails(scan, i, end, hits);
            if (dots > 0 || colons > 0)
                Addresses.FindUrl(scan, i, end, hits);
            if ((digit && dots >= 3) || colons >= 2 || hyphens == 5)
                FindNetwork(scan, i, end, hits);
            if (digit)
            {
                WornNetworks.Find(scan, i, hits);
                FindCode(scan, i, end, hits);
            }

            i = end;
        }

        DictatedEmails.Find(scan, hits);
    }

    private static void FindNetwork(in TextScan scan, int first, int end, HitList hits)
    {
        ReadOnlySpan<char> chunk = Chunk(scan, first, end, out int start).TrimEnd(".,;:)]'\"");
        int lead = chunk.Length - chunk.TrimStart("([\"'").Length;
        chunk = chunk[lead..];
        start += lead;
        if (chunk.Length < 7)
            return;
        if (chunk.Length > 64)
        {
            FindInner(scan, first, end, hits);
            return;
        }

        int slash = chunk.IndexOf('/');
        ReadOnlySpan<char> address = slash > 0 ? chunk[..slash] : chunk;
        if (IsMac(address))
            hits.Add(new Hit(start, start + chunk.Length, PhiKind.MacAddress, Rule.MacShape, 0.95f));
        else if (IsIpV4(address) || (address.Count(':') >= 2 && address.ContainsAny("abcdefABCDEF:".AsSpan()) && IPAddress.TryParse(address, out _) && IsIpV6(address)))
            hits.Add(new Hit(start, start + chunk.Length, PhiKind.Ip, Rule.IpShape, 0.9f));
        else
            FindInner(scan, first, end, hits);
    }

    /// <summary>"|10.0.0.7|", "host=10.0.0.7:8080": an address with other signs around it, but neither a longer row of numbers nor a version.</summary>
    private static void FindInner(in TextScan scan, int first, int end, HitList hits)
    {
        for (int i = first; i + 6 < end; i++)
        {
            if (!scan.IsNumber(i) || (i > first && (scan.IsWord(i - 1) || scan.Tokens[i - 1].First is '.' or '-')))
                continue;
            if (!(scan.IsSymbol(i + 1, '.') && scan.IsSymbol(i + 3, '.') && scan.IsSymbol(i + 5, '.') && scan.IsNumber(i + 6)))
                continue;
            int next = i + 7;
            bool goesOn = next < end && (scan.IsWord(next) || (scan.IsSymbol(next, '.') && next + 1 < end && scan.IsNumber(next + 1)));
            if (!goesOn && IsIpV4(scan.Text[scan.Tokens[i].Start..scan.Tokens[i + 6].End]))
            {
                hits.Add(scan, i, next, PhiKind.Ip, Rule.IpShape, 0.85);
                i = next;
            }
        }
    }

    private static bool IsIpV6(ReadOnlySpan<char> text) => text.Count(':') >= 3 && (text.Contains("::", StringComparison.Ordinal) || text.Count(':') == 7);

    private static bool IsIpV4(ReadOnlySpan<char> text)
    {
        int parts = 0;
        foreach (Range part in text.Split('.'))
        {
            ReadOnlySpan<char> number = text[part];
            if (number.Length is 0 or > 3 || !Digits.All(number) || Digits.Modulo(number, 1000) > 255)
                return false;
            parts++;
        }

        return parts == 4;
    }

    private static bool IsMac(ReadOnlySpan<char> text)
    {
        if (text.Length != 17 || text[2] is not (':' or '-'))
            return false;
        for (int i = 0; i < 17; i++)
        {
            if (i % 3 == 2 ? text[i] != text[2] : !char.IsAsciiHexDigit(text[i]))
                return false;
        }

        return true;
    }

    /// <summary>A run of letters and digits that a check proves, or that is too long to be a measure.</summary>
    private static void FindCode(in TextScan scan, int first, int end, HitList hits)
    {
        ReadOnlySpan<char> chunk = Chunk(scan, first, end, out int start);
        if (Udi.Find(chunk, start, hits))
            return;
        int lead = chunk.IndexOfAnyInRange('0', 'z');
        if (lead < 0)
            return;
        chunk = chunk[lead..].TrimEnd(".,;:)]?!'\"}%-/");
        start += lead;
        int opening = chunk.LastIndexOfAny("(#=");
        if (opening >= 0)
        {
            chunk = chunk[(opening + 1)..];
            start += opening + 1;
        }

        if (chunk.Length is < 7 or > 48)
        {
            if (chunk.Length > 48 && chunk.IndexOfAnyExceptInRange('0', '9') is < 0 or >= 9)
                hits.Add(new Hit(start, start + chunk.Length, PhiKind.OtherId, Rule.LongNumber, 0.5f));
            return;
        }

        Span<char> code = stackalloc char[chunk.Length];
        code = code[..IdentifierChecks.Compact(chunk, code)];
        (PhiKind kind, float confidence) = SelfProvingCodes.Judge(code, chunk);
        if (kind != PhiKind.None && !Suppressors.IsClinicalCode(scan, first, chunk))
            hits.Add(new Hit(start, start + chunk.Length, kind, kind == PhiKind.NationalId ? Rule.NationalIdCheck : Rule.CodeShape, confidence)
            {
                First = confidence > 0.6f ? new Ground(Rule.CheckProven, 0, 0, 0.3f) : default,
            });
    }

    private static ReadOnlySpan<char> Chunk(in TextScan scan, int first, int end, out int start)
    {
        start = scan.Tokens[first].Start;
        int length = Math.Min(scan.Tokens[end - 1].End - start, end - first > 400 ? Longest : int.MaxValue);
        return scan.Text.Slice(start, length);
    }
}
