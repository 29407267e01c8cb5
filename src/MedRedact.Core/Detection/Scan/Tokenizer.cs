namespace MedRedact.Detection;

/// <summary>One pass over the text that makes tokens and looks every word up once.</summary>
internal static class Tokenizer
{
    public static void Read(ReadOnlySpan<char> text, Vocabulary vocabulary, ScanBuffer buffer)
    {
        int line = 0;
        int i = 0;
        int lastEnd = -1;
        bool first = true;
        while (i < text.Length)
        {
            char c = text[i];
            switch (CharTable.Classify(c))
            {
                case CharClass.Space:
                    i++;
                    continue;
                case CharClass.NewLine:
                    line++;
                    i++;
                    first = true;
                    continue;
            }

            ref Token token = ref buffer.Add();
            token = new Token { Start = i, Line = line, First = c };
            switch (CharTable.Classify(c))
            {
                case CharClass.Letter:
                    i = ReadWord(text, i, vocabulary, ref token);
                    break;
                case CharClass.Digit:
                    token.Kind = TokenKind.Number;
                    while (++i < text.Length && char.IsAsciiDigit(text[i]))
                    {
                    }

                    token.End = i;
                    if (token.Length == 1)
                        token.Word = vocabulary.Find(WordHash.Add(WordHash.Seed, c));
                    break;
                default:
                    token.Kind = TokenKind.Symbol;
                    token.End = ++i;
                    break;
            }

            if (token.Start == lastEnd)
                token.Traits |= TokenTraits.Glued;
            if (first)
                token.Traits |= TokenTraits.FirstOnLine;
            else if (token.Start - lastEnd > 2 || (token.Start > lastEnd && text[token.Start - 1] == '\t'))
                token.Traits |= TokenTraits.AfterGap;
            first = false;
            lastEnd = i;
        }
    }

    /// <summary>Reads letters and inner apostrophes; returns where the next token may begin, past a possessive "'s".</summary>
    private static int ReadWord(ReadOnlySpan<char> text, int i, Vocabulary vocabulary, ref Token token)
    {
        ulong hash = WordHash.Seed;
        int letters = 0;
        int lower = 0;
        int start = i;
        bool accented = false;
        while (i < text.Length)
        {
            char c = text[i];
            if (char.IsAsciiLetter(c))
            {
                hash = WordHash.Add(hash, (char)(c & ~0x20));
                lower += c >> 5 & 1;
            }
            else if (c == '\'' && i + 1 < text.Length && CharTable.Classify(text[i + 1]) == CharClass.Letter)
            {
                bool isPossessive = text[i + 1] is 's' or 'S' && (i + 2 == text.Length || CharTable.Classify(text[i + 2]) != CharClass.Letter);
                if (isPossessive)
                {
                    token.Traits |= TokenTraits.Possessive;
                    token.End = i;
                    i += 2;
                    break;
                }

                i++;
                continue;
            }
            else if (c >= 0x80 && CharTable.Classify(c) == CharClass.Letter)
            {
                accented = true;
                hash = WordHash.Add(hash, CharTable.Fold(c));
                lower += CharTable.IsLower(c) ? 1 : 0;
            }
            else
            {
                break;
            }

            letters++;
            i++;
        }

        if (token.End == 0)
            token.End = i;
        if (!CharTable.IsLower(text[start]) && lower < letters)
            token.Traits |= lower == 0 && letters > 1 ? TokenTraits.AllCaps : TokenTraits.Capitalized;
        if (accented)
            token.Traits |= TokenTraits.Accented;
        token.Kind = TokenKind.Word;
        token.Word = vocabulary.Find(hash);
        token.Roles = vocabulary[token.Word].Roles;
        return i;
    }
}
