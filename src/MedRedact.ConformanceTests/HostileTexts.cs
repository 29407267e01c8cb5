using System.Text;

namespace MedRedact.ConformanceTests;

/// <summary>Texts that no careful clinician writes and that a scan, a copy or an attacker may yet deliver.</summary>
internal static class HostileTexts
{
    /// <summary>Pairs of surrogates, marks that combine, no-width characters, full-width digits, a right-to-left word.</summary>
    public const string StrangeLine = "\U0001F600\U0001F468\u200D\u2695\uFE0F e\u0301te\u0301 zero\u200Bwidth \uFF11\uFF12 \u05E9\u05DC\u05D5\u05DD \U0001D7D8";

    public static readonly string[] All =
    [
        "", "a", new('9', 5_000), string.Join(' ', Enumerable.Repeat("Dr. 123-45-6789 (", 400)), "([{<\\^$*+?", new('(', 3_000),

        // Surrogates: alone, the wrong way round, at the end, between letters and around an identifier.
        "\uD800 lone \uDC00", "a\U0001F600", "\uDC00\uD800a", "Dr. O\U0001F600Neil", "MRN \U0001D7D9\U0001D7DA\U0001D7DB\U0001D7DC\U0001D7DD\U0001D7DE\U0001D7DF", "name: \uD83D",

        // What the eye does not see, inside what must be found.
        "1\u200B2\u200C3-4\u20605-6\uFEFF789", "Jo\u00ADhn O\u200DNeil", "\u202E0162/41/30 BOD\u202C", "\u2066Ann\u2069 Lee",

        // Digits and letters that are written otherwise.
        "\uFF11\uFF12\uFF13\u2010\uFF14\uFF15\u2010\uFF16\uFF17\uFF18\uFF19", "\u0661\u0662\u0663-\u0664\u0665-\u0666\u0667\u0668\u0669", "\uFB01rst \u01C6 \u00DF \u0130 \u0131",
        "Jose\u0301 Mun\u0303oz, n\u0303\u0323\u0301\u0300\u0302", "\u0301\u0302 \u0303", new('\u0301', 2_000),

        // Right to left, and both ways in one line.
        "\u05D3\u05E8 \u05DB\u05D4\u05DF 03/14/2024 \u0627\u0644\u062F\u0643\u062A\u0648\u0631 \u0639\u0644\u064A", StrangeLine, .. Random(),
    ];

    /// <summary>Any UTF-16 units at all, always the same ones.</summary>
    private static IEnumerable<string> Random()
    {
        var random = new Random(20_260_203);
        for (int i = 0; i < 40; i++)
        {
            var text = new StringBuilder();
            for (int length = random.Next(1, 200); text.Length < length;)
                text.Append(random.Next(4) == 0 ? ' ' : (char)random.Next(random.Next(2) == 0 ? 0x80 : 0x1_0000));
            yield return text.ToString();
        }
    }
}
