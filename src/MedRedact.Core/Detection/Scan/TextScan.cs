using System.Runtime.CompilerServices;

namespace MedRedact.Detection;

/// <summary>A text read once: tokens with what the lexicon knows of them, and the phrases found. All rules work on this.</summary>
internal readonly ref struct TextScan
{
    private readonly Vocabulary _vocabulary;
    private readonly ReadOnlySpan<char> _text;
    private readonly ReadOnlySpan<Token> _tokens;

    public TextScan(ReadOnlySpan<char> text, ReadOnlySpan<Token> tokens, List<PhraseHit> phrases, Vocabulary vocabulary)
        : this(text, tokens, phrases, vocabulary, LetterCase.Judge(tokens))
    {
    }

    /// <summary>A part of a text, whose capitals mean what they mean in the whole.</summary>
    public TextScan(ReadOnlySpan<char> text, ReadOnlySpan<Token> tokens, List<PhraseHit> phrases, Vocabulary vocabulary, CaseStyle letters)
    {
        _text = text;
        _tokens = tokens;
        Phrases = phrases;
        _vocabulary = vocabulary;
        Case = letters;
    }

    public ReadOnlySpan<char> Text
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Looks.Add();
            return _text;
        }
    }

    public ReadOnlySpan<Token> Tokens
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Looks.Add();
            return _tokens;
        }
    }

    /// <summary>In order and disjoint.</summary>
    public List<PhraseHit> Phrases { get; }
    public CaseStyle Case { get; }
    public int Count => Tokens.Length;

    public ref readonly WordInfo Info(int token) => ref _vocabulary[Tokens[token].Word];

    public Vocabulary Vocabulary => _vocabulary;

    public bool Is(int token, Role role) =>
        (uint)token < (uint)Tokens.Length && (Tokens[token].Roles & role) != 0;

    public bool IsSymbol(int token, char c) => (uint)token < (uint)Tokens.Length && Tokens[token].IsSymbol(c);

    /// <summary>"nº", "1ª": the raised letter, or what recognition makes of it behind a letter or digit: "N*", "1%".</summary>
    public bool IsOrdinalSign(int token) => (uint)token < (uint)Tokens.Length && Tokens[token].Kind == TokenKind.Symbol
        && (Tokens[token].First is 'º' or 'ª' or '°' || (Tokens[token].IsGlued && Tokens[token].First is '*' or '%' or '®'));

    public bool IsNumber(int token) => (uint)token < (uint)Tokens.Length && Tokens[token].IsNumber;

    public bool IsWord(int token) => (uint)token < (uint)Tokens.Length && Tokens[token].IsWord;

    /// <summary>Same line as the token before it.</summary>
    public bool SameLine(int token, int other) =>
        (uint)token < (uint)Tokens.Length && (uint)other < (uint)Tokens.Length && Tokens[token].Line == Tokens[other].Line;

    public bool IsGlued(int token) => (uint)token < (uint)Tokens.Length && Tokens[token].IsGlued;

    public bool Equals(int token, ReadOnlySpan<char> word) =>
        (uint)token < (uint)Tokens.Length && Slice(token).Equals(word, StringComparison.OrdinalIgnoreCase);

    public ReadOnlySpan<char> Slice(int token) => Text[Tokens[token].Start..Tokens[token].End];

    /// <summary>The number a digit run stands for; -1 when it is longer than nine digits.</summary>
    public int Value(int token)
    {
        ReadOnlySpan<char> digits = Slice(token);
        if (digits.Length > 9)
            return -1;
        int value = 0;
        foreach (char c in digits)
            value = (value * 10) + (c - '0');
        return value;
    }

    /// <summary>First token of the run without spaces that <paramref name="token"/> belongs to, bounded to 64 tokens.</summary>
    public int ChunkStart(int token)
    {
        int start = token;
        while (start > 0 && Tokens[start].IsGlued && token - start < 64)
            start--;
        return start;
    }

    /// <summary>One past the last token of that run, bounded likewise.</summary>
    public int ChunkEnd(int token)
    {
        int end = token + 1;
        while (end < Tokens.Length && Tokens[end].IsGlued && end - token < 64)
            end++;
        return end;
    }
}

internal enum CaseStyle : byte
{
    Mixed,

    /// <summary>Capitals say nothing: the text has no others.</summary>
    Upper,

    /// <summary>The text has no capitals to speak of.</summary>
    Lower,
}

internal static class LetterCase
{
    public static CaseStyle Judge(ReadOnlySpan<Token> tokens)
    {
        int words = 0;
        int upper = 0;
        int capitalized = 0;
        foreach (ref readonly Token token in tokens)
        {
            if (!token.IsWord || token.Length < 2)
                continue;
            words++;
            upper += token.IsAllCaps ? 1 : 0;
            capitalized += token.IsCapitalized ? 1 : 0;
        }

        if (words >= 4 && upper * 10 >= words * 8)
            return CaseStyle.Upper;
        return capitalized == 0 && words >= 3 ? CaseStyle.Lower : CaseStyle.Mixed;
    }
}
