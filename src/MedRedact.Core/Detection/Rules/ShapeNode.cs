namespace MedRedact.Detection;

/// <summary>A pattern as it was written, as a tree.</summary>
internal abstract record ShapeNode
{
    /// <summary>How many characters it takes at least and at most.</summary>
    public abstract (int Least, int Most) Length { get; }

    /// <summary>One character.</summary>
    public sealed record One(ShapeCharacters Characters) : ShapeNode
    {
        public override (int Least, int Most) Length => (1, 1);
    }

    /// <summary>One after the other.</summary>
    public sealed record Sequence(IReadOnlyList<ShapeNode> Parts) : ShapeNode
    {
        public override (int Least, int Most) Length => (Parts.Sum(part => part.Length.Least), Parts.Sum(part => part.Length.Most));
    }

    /// <summary>One of several.</summary>
    public sealed record Choice(IReadOnlyList<ShapeNode> Parts) : ShapeNode
    {
        public override (int Least, int Most) Length => (Parts.Min(part => part.Length.Least), Parts.Max(part => part.Length.Most));
    }

    /// <summary>Again and again, a bounded number of times.</summary>
    public sealed record Repeat(ShapeNode Part, int Least, int Most) : ShapeNode
    {
        public override (int Least, int Most) Length => (Least * Part.Length.Least, Most * Part.Length.Most);
    }
}

/// <summary>A set of characters: ASCII ones by bit, and perhaps all letters beyond.</summary>
/// <param name="Ascii">Bit n stands for the character n.</param>
/// <param name="OtherLetters">Whether letters outside ASCII belong to it.</param>
internal readonly record struct ShapeCharacters(UInt128 Ascii, bool OtherLetters = false)
{
    public static readonly ShapeCharacters Digits = Range('0', '9');
    public static readonly ShapeCharacters UpperLetters = Range('A', 'Z');
    public static readonly ShapeCharacters LowerLetters = Range('a', 'z');
    public static readonly ShapeCharacters Letters = (UpperLetters | LowerLetters) with { OtherLetters = true };

    /// <summary>Letters and strokes that recognition writes for a digit.</summary>
    private static readonly ShapeCharacters s_likeDigits = Of("OoQDIl|!iSsBZzGbgq");

    public bool Contains(char c) => c < 128 ? ((Ascii >> c) & 1) != 0 : OtherLetters && char.IsLetter(c);

    /// <summary>Also what a digit is misread as, where a digit may stand.</summary>
    public ShapeCharacters Misread => (Ascii & Digits.Ascii) == 0 ? this : this | s_likeDigits;

    public static ShapeCharacters operator |(ShapeCharacters left, ShapeCharacters right) =>
        new(left.Ascii | right.Ascii, left.OtherLetters || right.OtherLetters);

    public static ShapeCharacters Range(char first, char last)
    {
        UInt128 bits = 0;
        for (char c = first; c <= last; c++)
            bits |= UInt128.One << c;
        return new ShapeCharacters(bits);
    }

    /// <summary>A character as it stands; a letter in either case; a space also as a tab.</summary>
    public static ShapeCharacters Literal(char c) => char.IsAsciiLetter(c)
        ? new ShapeCharacters((UInt128.One << char.ToUpperInvariant(c)) | (UInt128.One << char.ToLowerInvariant(c)))
        : new ShapeCharacters((UInt128.One << c) | (c == ' ' ? UInt128.One << '\t' : 0));

    private static ShapeCharacters Of(string characters)
    {
        UInt128 bits = 0;
        foreach (char c in characters)
            bits |= UInt128.One << c;
        return new ShapeCharacters(bits);
    }
}
