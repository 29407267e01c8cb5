using System.Buffers;
using System.Collections.Frozen;

namespace MedRedact.Detection;

/// <summary>E-mail and web addresses inside a run without spaces.</summary>
internal static class Addresses
{
    private static readonly SearchValues<char> s_local = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._%+-'");
    private static readonly SearchValues<char> s_domain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");

    private static readonly SearchValues<char> s_afterUrl = SearchValues.Create("<>\"'()[]{}|\\,;");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_domains = new[]
    {
        "com", "org", "net", "edu", "gov", "mil", "info", "biz", "health", "care", "clinic", "hospital", "doctor", "io", "co", "uk", "eu", "de", "fr",
        "es", "mx", "br", "ca", "au", "nz", "ie", "nl", "ch", "se", "dk", "fi", "pl", "pt", "jp", "cn", "kr", "ru", "cl", "ar", "pe", "ve", "cu", "ly",
        "tv", "cc", "name", "pro", "app", "dev", "online", "site", "tech", "cloud", "xyz", "me", "us",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public static void FindEmails(in TextScan scan, int first, int end, HitList hits)
    {
        int from = scan.Tokens[first].Start;
        int to = scan.Tokens[end - 1].End;
        Hit open = default;
        for (int i = first; i < end; i++)
        {
            if (!scan.IsSymbol(i, '@'))
                continue;
            int at = scan.Tokens[i].Start;
            if (i == end - 1 && Continued(scan, i, hits))
                continue;
            ReadOnlySpan<char> before = scan.Text[Math.Max(from, at - 64)..at];
            ReadOnlySpan<char> after = scan.Text[(at + 1)..Math.Min(to, at + 254)];
            int local = before.Length - 1 - before.LastIndexOfAnyExcept(s_local);
            int length = after.IndexOfAnyExcept(s_domain);
            ReadOnlySpan<char> domain = (length < 0 ? after : after[..length]).TrimEnd(".-");
            if (local == 0 || domain.Length == 0)
                continue;
            var hit = new Hit(at - local, at + 1 + domain.Length, PhiKind.Email, Rule.EmailShape, domain.Length < 3 ? 0.5f : domain.Contains('.') ? 0.98f : 0.7f);

            // "a@b@c": one hit, however long the chain.
            if (open.End > hit.Start)
            {
                open = open with { End = Math.Max(open.End, hit.End), Confidence = Math.Max(open.Confidence, hit.Confidence) };
                continue;
            }

            hits.Add(open);
            open = hit;
        }

        hits.Add(open);
    }

    /// <summary>"ann@ example.org": recognition, or a typist, put a space after the sign.</summary>
    private static bool Continued(in TextScan scan, int at, HitList hits)
    {
        int first = at + 1;
        if (!scan.IsWord(first) || !scan.SameLine(first, at) || !scan.IsSymbol(first + 1, '.') || !scan.IsGlued(first + 1) || !scan.IsWord(first + 2) || !scan.IsGlued(first + 2))
            return false;
        int end = first + 3;
        while (end - first < 9 && scan.IsSymbol(end, '.') && scan.IsGlued(end) && scan.IsWord(end + 1) && scan.IsGlued(end + 1))
            end += 2;
        int start = scan.ChunkStart(at);
        while (start < at && scan.Tokens[start].Kind == TokenKind.Symbol)
            start++;
        if (start == at || !s_domains.Contains(scan.Slice(end - 1)))
            return false;
        hits.Add(scan, start, end, PhiKind.Email, Rule.EmailShape, 0.8);
        return true;
    }

    public static void FindUrl(in TextScan scan, int first, int end, HitList hits)
    {
        for (int i = first; i < end; i++)
        {
            bool scheme = scan.IsSymbol(i, ':') && i > first && scan.IsSymbol(i + 1, '/') && scan.IsGlued(i + 1) && scan.IsSymbol(i + 2, '/')
                && (scan.Equals(i - 1, "http") || scan.Equals(i - 1, "https") || scan.Equals(i - 1, "ftp"));
            bool www = scan.IsSymbol(i, '.') && i > first && scan.Equals(i - 1, "www");
            bool domain = scan.IsSymbol(i, '.') && i > first && i + 1 < end && scan.Tokens[i - 1].Kind != TokenKind.Symbol && scan.IsWord(i + 1)
                && (i + 2 >= end || scan.Tokens[i + 2].Kind == TokenKind.Symbol) && IsDomain(scan.Slice(i + 1), i + 2 < end && scan.IsSymbol(i + 2, '/'));
            if (!scheme && !www && !domain)
                continue;
            int start = i - 1;
            while (start > first && (scan.Tokens[start - 1].Kind != TokenKind.Symbol || scan.Tokens[start - 1].First is '.' or '-' or '_'))
                start--;
            if (start > first && scan.IsSymbol(start - 1, '@'))
                return;
            int from = scan.Tokens[start].Start;
            ReadOnlySpan<char> url = scan.Text[from..Math.Min(scan.Tokens[end - 1].End, from + 2048)];
            int stop = url.IndexOfAny(s_afterUrl);
            url = (stop < 0 ? url : url[..stop]).TrimEnd(".,:!?-");
            hits.Add(new Hit(from, from + url.Length, PhiKind.Url, Rule.UrlShape, scheme || www ? 0.98f : 0.8f));
            return;
        }
    }

    /// <summary>Short endings that are words too count only before a path.</summary>
    private static bool IsDomain(ReadOnlySpan<char> word, bool beforePath) =>
        s_domains.Contains(word) && (word.Length > 2 || beforePath || !CharTable.IsLower(word[0]) is false && word is not ("me" or "us" or "co" or "es" or "de" or "ca"));
}
