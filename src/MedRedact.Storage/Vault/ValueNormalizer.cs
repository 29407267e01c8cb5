using System.Collections.Frozen;
using System.Text;

namespace MedRedact.Storage;

/// <summary>When two values are one: the form that is indexed, never stored and never given back.</summary>
/// <remarks>Runs of white space are one space and none at the ends; letters are upper case; composed and decomposed Latin letters, full-width and
/// plain characters, ligatures and their letters, the kinds of apostrophe and the kinds of hyphen are the same; invisible characters do not
/// count. The rule is part of the vault's format (<c>docs/formats/token-vault.md</c>): changing it would part old tokens from new ones.</remarks>
internal static class ValueNormalizer
{
    private const int MostPerCharacter = 3;

    private static readonly FrozenDictionary<char, (char Base, char Mark)> Decompositions = LatinDecompositions.Triples
        .Chunk(3)
        .ToFrozenDictionary(triple => triple[0], triple => (triple[1], triple[2]));

    /// <summary>The form as UTF-8. The caller clears it.</summary>
    public static byte[] Normalize(ReadOnlySpan<char> value)
    {
        char[] room = new char[value.Length * MostPerCharacter];
        int length = 0;
        foreach (char c in value)
        {
            if (char.IsWhiteSpace(c))
            {
                if (length > 0 && room[length - 1] != ' ')
                    room[length++] = ' ';
            }
            else
            {
                length += Write(c, room.AsSpan(length));
            }
        }

        if (length > 0 && room[length - 1] == ' ')
            length--;

        byte[] form = Encoding.UTF8.GetBytes(room, 0, length);
        Array.Clear(room);
        return form;
    }

    private static int Write(char c, Span<char> room)
    {
        if (Decompositions.TryGetValue(c, out (char Base, char Mark) parts))
        {
            int written = Write(parts.Base, room);
            room[written] = parts.Mark;
            return written + 1;
        }

        // Full-width forms are what their plain forms are.
        if (c is >= '\uFF01' and <= '\uFF5E')
            return Write((char)(c - 0xFEE0), room);

        ReadOnlySpan<char> form = c switch
        {
            '\u00AD' or (>= '\u200B' and <= '\u200D') or '\u2060' or '\uFEFF' => "",
            '\u2018' or '\u2019' or '\u02BC' or '\u00B4' or '`' => "'",
            (>= '\u2010' and <= '\u2015') or '\u2212' => "-",
            '\uFB00' => "FF",
            '\uFB01' => "FI",
            '\uFB02' => "FL",
            '\uFB03' => "FFI",
            '\uFB04' => "FFL",
            _ => [char.ToUpperInvariant(c)],
        };
        form.CopyTo(room);
        return form.Length;
    }
}
