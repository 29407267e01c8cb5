namespace MedRedact.Detection;

/// <summary>Reads the <see cref="TokenView"/> of a token.</summary>
internal static class TokenViews
{
    /// <summary>What stands before the first token and after the last.</summary>
    public static readonly TokenView None = new() { Word = 1, Shape = byte.MaxValue, Class = byte.MaxValue };

    // Above the hashes of ordinary words: symbols, numbers, and words by what the lexicon says of them.
    private const uint Symbols = 0xF000_0000;
    private const uint Numbers = 0xF100_0000;
    private const uint Classes = 0xF200_0000;

    private const WordClass Ordinary = WordClass.Common | WordClass.Dictionary | WordClass.Clinical;

    public static TokenView Read(in TextScan scan, int i, ushort cover, byte phrase, SeenWords seen)
    {
        ref readonly Token token = ref scan.Tokens[i];
        var view = new TokenView { Cover = cover, Phrase = phrase, Stand = StandOf(scan, i, token), Shape = ShapeOf(scan, i, token) };
        switch (token.Kind)
        {
            case TokenKind.Symbol:
                view.Word = Symbols + token.First;
                view.Class = 1;
                return view;
            case TokenKind.Number:
                view.Word = Numbers + (uint)Math.Min(token.Length, 7);
                view.Class = (byte)(2 + Math.Min(token.Length, 6));
                return view;
        }

        ref readonly WordInfo info = ref scan.Info(i);
        (view.Lexicon, view.Class, view.Roles) = (LexiconOf(info, token.Word != 0), ClassOf(info, token.Word != 0), RolesOf(info.Roles));
        view.Word = IsLearnable(scan, token, info) ? (uint)(WordHash.Of(scan.Slice(i)) >> 32) & 0x7FFF_FFFF : Classes + view.Lexicon;
        if (token.IsCapitalized && token.Length > 2 && scan.Case == CaseStyle.Mixed)
        {
            view.Stand |= seen.IsLower(scan, i) ? Stand.SeenLower : Stand.None;
            view.Stand |= seen.IsName(scan, i) ? Stand.SeenAsName : Stand.None;
        }

        return view;
    }

    /// <summary>A word of the dictionaries or of the rules, or one that the text writes small without the lexicon taking it for a name.</summary>
    private static bool IsLearnable(in TextScan scan, in Token token, in WordInfo info)
    {
        if ((info.Class & Ordinary) != 0 || info.Roles != Role.None)
            return true;
        return scan.Case == CaseStyle.Mixed && !token.IsCapitalized && info is { Given: < 4, Surname: < 4 };
    }

    private static ushort LexiconOf(in WordInfo info, bool isKnown) => isKnown
        ? (ushort)(1 + (((((Frequency(info.Given) * 5) + Frequency(info.Surname)) * 4) + Math.Min(Frequency(info.City), 3)) * 16) + (int)info.Class)
        : (ushort)0;

    private static byte ClassOf(in WordInfo info, bool isKnown)
    {
        if (!isKnown)
            return 10;
        int given = info.Given switch { 0 => 0, < 5 => 1, _ => 2 };
        int surname = info.Surname switch { 0 => 0, < 5 => 1, _ => 2 };
        int city = info.City == 0 ? 0 : 1;
        int word = (info.Class & (WordClass.Common | WordClass.Clinical)) != 0 ? 2 : info.Class == WordClass.None ? 0 : 1;
        return (byte)(11 + (((((given * 3) + surname) * 2) + city) * 3) + word);
    }

    private static int Frequency(byte grade) => grade switch { 0 => 0, < 4 => 1, < 7 => 2, < 10 => 3, _ => 4 };

    private static uint RolesOf(Role roles) => roles == Role.None ? 0 : (uint)((ulong)roles * 0x9E3779B97F4A7C15UL >> 33) | 1;

    private static Stand StandOf(in TextScan scan, int i, in Token token)
    {
        Stand stand = token.IsFirstOnLine ? Stand.FirstOnLine : Stand.None;
        stand |= i + 1 == scan.Count || scan.Tokens[i + 1].IsFirstOnLine ? Stand.LastOnLine : Stand.None;
        stand |= token.IsAfterGap ? Stand.AfterGap : Stand.None;
        stand |= token.IsGlued ? Stand.Glued : Stand.None;
        stand |= token.IsPossessive ? Stand.Possessive : Stand.None;
        return stand | (TaggerGate.OpensSentence(scan, i) ? Stand.SentenceStart : Stand.None);
    }

    private static byte ShapeOf(in TextScan scan, int i, in Token token)
    {
        int length = token.Length switch { 1 => 0, 2 => 1, 3 => 2, <= 5 => 3, <= 8 => 4, _ => 5 };
        int form = token.Kind switch
        {
            TokenKind.Symbol => 0,
            TokenKind.Number => 1,
            _ when token.IsAllCaps => 2,
            _ when !token.IsCapitalized => 3,
            _ => HasInnerCapital(scan.Slice(i)) ? 4 : 5,
        };
        return (byte)(1 + (((form * 6) + length) * 2) + (token.IsAccented ? 1 : 0));
    }

    private static bool HasInnerCapital(ReadOnlySpan<char> word)
    {
        foreach (char c in word[1..])
        {
            if (c is >= 'A' and <= 'Z')
                return true;
        }

        return false;
    }
}
