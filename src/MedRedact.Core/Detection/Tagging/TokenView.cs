namespace MedRedact.Detection;

/// <summary>What the tagger's features see of one token.</summary>
internal struct TokenView
{
    /// <summary>The word itself where it is an ordinary one; for all others what the lexicon says of it, so that no name is ever learnt.</summary>
    public uint Word;

    /// <summary>Frequencies as given name, surname and place, and the class of word, in buckets.</summary>
    public ushort Lexicon;

    /// <summary>The same in few buckets, for conjunctions.</summary>
    public byte Class;

    /// <summary>Letter case or kind of number, and length; never 0.</summary>
    public byte Shape;

    /// <summary>What the word does for the rules.</summary>
    public uint Roles;

    /// <summary>The rule whose hit covers the token, what it takes it for, and whether it is sure.</summary>
    public ushort Cover;

    /// <summary>The phrase of the label and place lexicons that the token stands in.</summary>
    public byte Phrase;

    /// <summary>Where the token stands on its line and beside others.</summary>
    public Stand Stand;
}

[Flags]
internal enum Stand : byte
{
    None = 0,
    FirstOnLine = 1,
    LastOnLine = 2,
    AfterGap = 4,
    Glued = 8,

    /// <summary>A sentence or cell begins here, so that a capital says little.</summary>
    SentenceStart = 16,
    Possessive = 32,

    /// <summary>The same word stands elsewhere in the text without its capital.</summary>
    SeenLower = 64,

    /// <summary>The same word stands elsewhere in the text as a sure name.</summary>
    SeenAsName = 128,
}
