namespace MedRedact.Detection;

internal enum TokenKind : byte
{
    Word,
    Number,
    Symbol,
}

[Flags]
internal enum TokenTraits : byte
{
    None = 0,

    /// <summary>No space between this token and the one before.</summary>
    Glued = 1,
    Capitalized = 2,
    AllCaps = 4,

    /// <summary>An "'s" follows that is not part of the token.</summary>
    Possessive = 8,
    FirstOnLine = 16,

    /// <summary>Holds letters outside A-Z.</summary>
    Accented = 32,

    /// <summary>A gap as between columns stands before it.</summary>
    AfterGap = 64,
}

/// <summary>A word (letters, inner apostrophes), a run of digits, or one symbol.</summary>
internal struct Token
{
    /// <summary>What the word does for the rules; kept here too, because every rule asks it of every token.</summary>
    public Role Roles;
    public int Start;
    public int End;
    public int Line;

    /// <summary>Index into the vocabulary; 0 when the word is not in it.</summary>
    public int Word;
    public TokenKind Kind;
    public TokenTraits Traits;

    /// <summary>The character of a symbol, the first letter of a word, the first digit of a number.</summary>
    public char First;

    public readonly int Length => End - Start;
    public readonly bool IsWord => Kind == TokenKind.Word;
    public readonly bool IsNumber => Kind == TokenKind.Number;
    public readonly bool IsGlued => (Traits & TokenTraits.Glued) != 0;
    public readonly bool IsCapitalized => (Traits & (TokenTraits.Capitalized | TokenTraits.AllCaps)) != 0;
    public readonly bool IsAllCaps => (Traits & TokenTraits.AllCaps) != 0;
    public readonly bool IsPossessive => (Traits & TokenTraits.Possessive) != 0;
    public readonly bool IsFirstOnLine => (Traits & TokenTraits.FirstOnLine) != 0;

    public readonly bool IsAccented => (Traits & TokenTraits.Accented) != 0;
    public readonly bool IsAfterGap => (Traits & TokenTraits.AfterGap) != 0;

    public readonly bool IsSymbol(char c) => Kind == TokenKind.Symbol && First == c;
}
