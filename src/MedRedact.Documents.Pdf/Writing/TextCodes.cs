using System.Globalization;
using System.Text;

namespace MedRedact.Documents.Pdf;

/// <summary>The codes of the invisible font: Latin-1 as it is, other characters on codes that Latin-1 has no letters for, as they come.</summary>
internal sealed class TextCodes
{
    private readonly Dictionary<char, byte> _others = [];
    private readonly Queue<byte> _free = new([.. Enumerable.Range(1, 31).Concat(Enumerable.Range(0x7F, 33)).Select(code => (byte)code)]);

    /// <summary>Codes of a line, in hexadecimal. A character for which no code is left becomes a question mark.</summary>
    public string Encode(string line)
    {
        var codes = new StringBuilder(line.Length * 2);
        foreach (char value in line)
            codes.Append(CultureInfo.InvariantCulture, $"{CodeOf(value):X2}");
        return codes.ToString();
    }

    /// <summary>What each code means, as a map to Unicode (9.10.3).</summary>
    public string ToUnicode()
    {
        var map = new StringBuilder(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n"
            + "1 begincodespacerange <00> <FF> endcodespacerange\n"
            + "2 beginbfrange <20> <7E> <0020> <A0> <FF> <00A0> endbfrange\n");
        foreach (KeyValuePair<char, byte> other in _others.OrderBy(other => other.Value))
            map.Append(CultureInfo.InvariantCulture, $"1 beginbfchar <{other.Value:X2}> <{(int)other.Key:X4}> endbfchar\n");
        return map.Append("endcmap CMapName currentdict /CMap defineresource pop end end\n").ToString();
    }

    private byte CodeOf(char value)
    {
        if (value is (>= ' ' and <= '~') or (>= '\u00A0' and <= '\u00FF'))
            return (byte)value;
        if (_others.TryGetValue(value, out byte known))
            return known;
        if (!_free.TryDequeue(out byte code))
            return (byte)'?';

        _others[value] = code;
        return code;
    }
}
