using System.Text;

namespace MedRedact.Synthesis;

/// <summary>Letters without their marks, as on keyboards that lack them.</summary>
internal static class Accents
{
    private const string Latin1 =
        "A|A|A|A|A|A|AE|C|E|E|E|E|I|I|I|I|D|N|O|O|O|O|O|x|O|U|U|U|U|Y|Th|ss|a|a|a|a|a|a|ae|c|e|e|e|e|i|i|i|i|d|n|o|o|o|o|o|/|o|u|u|u|u|y|th|y";

    private const string ExtendedA =
        "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiJjJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

    private static readonly string[] s_latin1 = Latin1.Split('|');

    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (char c in text)
            folded.Append(Fold(c));
        return folded.ToString();
    }

    public static SyntheticText Strip(SyntheticText text)
    {
        var rewriting = new Rewriting(text);
        foreach (char c in text.Text)
            rewriting.Put(Fold(c));
        return rewriting.Finish();
    }

    private static string Fold(char c) => c switch
    {
        < 'À' => c.ToString(),
        <= 'ÿ' => s_latin1[c - 'À'],
        <= 'ſ' => ExtendedA[c - 'Ā'].ToString(),
        'ơ' or 'ờ' or 'ớ' or 'ợ' or 'ở' or 'ỡ' or 'ọ' or 'ỏ' or 'ố' or 'ồ' or 'ổ' or 'ỗ' or 'ộ' => "o",
        'ư' or 'ừ' or 'ứ' or 'ự' or 'ử' or 'ữ' or 'ụ' or 'ủ' => "u",
        'ạ' or 'ả' or 'ấ' or 'ầ' or 'ẩ' or 'ẫ' or 'ậ' or 'ắ' or 'ằ' or 'ẳ' or 'ẵ' or 'ặ' or 'ǎ' => "a",
        'ẹ' or 'ẻ' or 'ẽ' or 'ế' or 'ề' or 'ể' or 'ễ' or 'ệ' or 'ə' => "e",
        'ị' or 'ỉ' or 'ǐ' => "i",
        'ỳ' or 'ỵ' or 'ỷ' or 'ỹ' => "y",
        'ș' => "s",
        'ț' => "t",
        'Ș' => "S",
        'Ț' => "T",
        'Ư' => "U",
        'Ơ' => "O",
        'ǒ' => "o",
        'ǔ' => "u",
        _ => c.ToString(),
    };
}
