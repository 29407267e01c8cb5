using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace MedRedact.Redaction;

/// <summary>Latin letters without their accents, so that two spellings of a name are one. A table, because runtimes without globalization data leave accents as they are.</summary>
internal static class PlainLetters
{
    private const string ByLetter =
        "AÀÁÂÃÄÅĀĂĄ CÇĆĈĊČ DĎĐ EÈÉÊËĒĔĖĘĚ GĜĞĠĢ HĤ IÌÍÎÏĨĪĬĮİ JĴ KĶ LĹĻĽŁ NÑŃŅŇ OÒÓÔÕÖŌŎŐØ RŔŖŘ SŚŜŞŠ TŢŤ UÙÚÛÜŨŪŬŮŰŲ WŴ YÝŶŸ ZŹŻŽ aàáâãäåāăą cçćĉċč dďđ eèéêëēĕėęě gĝğġģ hĥ iìíîïĩīĭįı jĵ kķ lĺļľł nñńņň oòóôõöōŏőø rŕŗř sśŝşš tţť uùúûüũūŭůűų wŵ yýÿŷ zźżž";

    private static readonly FrozenDictionary<char, char> Plain = ByLetter.Split(' ')
        .SelectMany(group => group[1..].Select(accented => KeyValuePair.Create(accented, group[0])))
        .ToFrozenDictionary();

    /// <summary>The text with plain letters, composed or not.</summary>
    public static string Of(string text) => Ascii.IsValid(text)
        ? text
        : string.Concat(text.Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark).Select(c => Plain.GetValueOrDefault(c, c)));
}
