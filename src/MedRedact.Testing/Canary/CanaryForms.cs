using System.Text;

namespace MedRedact.Testing;

/// <summary>The disguises in which a canary is recognized, as byte patterns.</summary>
internal sealed class CanaryForms
{
    private readonly List<(int Canary, string Form, byte[] Pattern, bool AnyCase)> _patterns = [];

    public CanaryForms(IReadOnlyList<string> canaries)
    {
        for (int i = 0; i < canaries.Count; i++)
        {
            string canary = canaries[i];
            if (canary.Length < 6)
                throw new ArgumentException("A canary has six characters or more, or it would be found by chance.", nameof(canaries));
            string bare = new([.. canary.Where(char.IsLetterOrDigit)]), lower = canary.ToLowerInvariant(), upper = canary.ToUpperInvariant();
            AddText(i, "text", canary);
            AddText(i, "text without separators", bare);
            AddText(i, "reversed", Reverse(canary));
            AddText(i, "reversed without separators", Reverse(bare));
            foreach (string written in (string[])[canary, bare, lower, upper])
            {
                AddHex(i, "hexadecimal", Encoding.UTF8.GetBytes(written));
                AddHex(i, "hexadecimal of UTF-16", Encoding.Unicode.GetBytes(written));
                AddBase64(i, "base64", Encoding.UTF8.GetBytes(written));
                AddBase64(i, "base64 of UTF-16", Encoding.Unicode.GetBytes(written));
            }
        }
    }

    /// <summary>Canaries found in the bytes, with the form of each.</summary>
    public IEnumerable<(int Canary, string Form)> Find(ReadOnlyMemory<byte> content)
    {
        var lower = new byte[content.Length];
        ReadOnlySpan<byte> original = content.Span;
        for (int i = 0; i < lower.Length; i++)
            lower[i] = original[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(original[i] | 0x20) : original[i];
        foreach ((int canary, string form, byte[] pattern, bool anyCase) in _patterns)
        {
            if ((anyCase ? lower : content.Span).IndexOf(pattern) >= 0)
                yield return (canary, form);
        }
    }

    /// <summary>The longest pattern: what two neighbouring pieces of a long content must overlap by.</summary>
    public int Longest => _patterns.Max(pattern => pattern.Pattern.Length);

    private void AddText(int canary, string form, string text)
    {
        string lower = text.ToLowerInvariant();
        Add(canary, form, Encoding.UTF8.GetBytes(lower), anyCase: true);
        Add(canary, form + " in UTF-16", Encoding.Unicode.GetBytes(lower), anyCase: true);
        Add(canary, form + " in big-endian UTF-16", Encoding.BigEndianUnicode.GetBytes(lower), anyCase: true);
        Add(canary, form + ", escaped for a URL", Encoding.ASCII.GetBytes(Uri.EscapeDataString(lower).ToLowerInvariant()), anyCase: true);
    }

    private void AddHex(int canary, string form, byte[] bytes)
    {
        Add(canary, form, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes)), anyCase: true);
        Add(canary, form + " with dashes", Encoding.ASCII.GetBytes(BitConverter.ToString(bytes).ToLowerInvariant()), anyCase: true);
    }

    // Where base64 begins inside a longer text is unknown: there are three alignments, and the characters that mix with neighbours are left out.
    private void AddBase64(int canary, string form, byte[] bytes)
    {
        for (int before = 0; before < 3; before++)
        {
            string whole = Convert.ToBase64String([.. new byte[before], .. bytes]);
            int start = before == 0 ? 0 : before + 1, end = (before + bytes.Length) * 8 / 6;
            string inner = whole[start..end];
            Add(canary, form, Encoding.ASCII.GetBytes(inner), anyCase: false);
            Add(canary, form, Encoding.ASCII.GetBytes(inner.Replace('+', '-').Replace('/', '_')), anyCase: false);
        }
    }

    private void Add(int canary, string form, byte[] pattern, bool anyCase)
    {
        if (!_patterns.Exists(known => known.AnyCase == anyCase && known.Pattern.AsSpan().SequenceEqual(pattern)))
            _patterns.Add((canary, form, pattern, anyCase));
    }

    private static string Reverse(string text) => new([.. text.Reverse()]);
}
