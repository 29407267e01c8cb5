namespace MedRedact.Detection;

/// <summary>Known values, made ready to be looked for: names by their words, codes by their characters, each also as recognition may have misread it.</summary>
internal sealed class ValueSearch
{
    /// <summary>More names than this in one document are looked for in full only.</summary>
    private const int MostNames = 64;
    private const int ShortestCode = 6;
    private const char SmallEl = 'l';

    /// <summary>Will and May are names that many have; They is one that a few have.</summary>
    private const int LikelyGiven = 5;

    private readonly Dictionary<ulong, ValueWord> _words = [];
    private readonly Dictionary<ulong, PhiKind> _codes = [];
    private readonly List<(string Word, PhiKind Kind)> _fuzzy = [];
    private readonly HashSet<(char, char)> _initials = [];
    private int _names;

    public bool IsEmpty => _words.Count == 0 && _codes.Count == 0;

    /// <summary>A word of one or more values; bit n of Values is set for the n-th.</summary>
    private readonly record struct ValueWord(ulong Values, PhiKind Kind, bool IsAloneEnough, bool IsCertain);

    /// <summary>Adds a name or place. Its words count alone when nothing else is called so.</summary>
    /// <remarks><paramref name="certain"/>: given by the caller, so that it is also found in small letters and as initials;
    /// <paramref name="initials"/>: as initials too.</remarks>
    public void AddWords(ReadOnlySpan<char> value, PhiKind kind, bool certain, bool initials = false)
    {
        ulong bit = _names < MostNames ? 1UL << _names++ : 0;
        char firstInitial = '\0';
        char lastInitial = '\0';
        int words = 0;
        foreach (Range range in Split(value))
        {
            ReadOnlySpan<char> word = value[range];
            ref readonly WordInfo info = ref Vocabulary.Default.Of(word);
            if (info.Is(Role.Particle | Role.Title | Role.Credential) || (info.Is(Role.NameStop) && !(kind is PhiKind.Name && info.Given >= LikelyGiven)))
                continue;
            ulong hash = WordHash.Of(word);
            bool alone = word.Length >= 3 && !(kind is PhiKind.Facility or PhiKind.Employer && info.Is(Role.CompanyHead | Role.Facility | Role.FacilityHead | Role.Specialty)) && IsDistinctive(word, certain, kind == PhiKind.City && value.Length == word.Length);
            ValueWord known = _words.GetValueOrDefault(hash);
            _words[hash] = new ValueWord(known.Values | bit, known.Kind == PhiKind.None || kind < known.Kind ? kind : known.Kind, known.IsAloneEnough | alone, known.IsCertain | certain);
            if (alone && word.Length >= 4 && _fuzzy.Count < MostNames && known.Kind == PhiKind.None)
                _fuzzy.Add((word.ToString(), kind));
            firstInitial = firstInitial == '\0' ? CharTable.Fold(word[0]) : firstInitial;
            lastInitial = CharTable.Fold(word[0]);
            words++;
        }

        if ((certain || (initials && words > 1)) && kind == PhiKind.Name && firstInitial != '\0')
            _initials.Add((firstInitial, lastInitial));
    }

    /// <summary>Adds a number or code, compared without separators and with look-alike glyphs taken as one.</summary>
    public void AddCode(ReadOnlySpan<char> value, PhiKind kind)
    {
        if (value.Length > 64 || !TryKey(value, out ulong key))
            return;
        _codes.TryAdd(key, kind);
    }

    public void Search(in TextScan scan, HitList hits, Rule rule)
    {
        if (IsEmpty)
            return;
        for (int i = 0; i < scan.Count;)
        {
            int end = scan.Tokens[i].IsWord ? Name(scan, i, hits, rule) : i;
            i = end > i ? end : i + 1;
        }

        if (_codes.Count > 0)
            SearchCodes(scan, hits, rule);
    }

    private int Name(in TextScan scan, int i, HitList hits, Rule rule)
    {
        ulong hash = WordHash.Of(scan.Slice(i));
        if (!_words.TryGetValue(hash, out ValueWord word) || IsSmallStop(scan, i))
        {
            if (scan.Tokens[i].Word == 0 && scan.Tokens[i].Length >= 4 && (scan.Tokens[i].IsCapitalized || scan.Tokens[i].First == SmallEl || scan.Case == CaseStyle.Lower) && Misread(scan, i, out PhiKind misread))
            {
                hits.Add(scan, i, i + 1, misread, rule, 0.6, new Ground(Rule.CheckAfterOcrRepair, 0, 0, -0.2f));
                return i + 1;
            }

            return _initials.Count > 0 ? Initials(scan, i, hits, rule) : i;
        }

        // Several words of one value in a row, in any order: "Collins, Martha J."
        int end = i + 1;
        int matched = 1;
        ulong values = word.Values;
        bool isPerson = word.Kind is not (PhiKind.Facility or PhiKind.Employer);
        while (NextWord(scan, end) is var next and >= 0 && next - end <= 3 && (isPerson || !scan.Tokens[next].IsAfterGap) && TryFollowing(scan, next, out ValueWord following)
            && (values & following.Values) != 0)
        {
            values &= following.Values;
            end = next + 1;
            matched++;
        }

        bool capital = scan.Tokens[i].IsCapitalized || scan.Case == CaseStyle.Lower || (word.IsCertain && scan.Tokens[i].Word == 0);
        if (matched == 1 && !((word.IsAloneEnough || (word.Kind == PhiKind.City && IsLed(scan, i)) || (word.Kind == PhiKind.Name && Acts(scan, i))) && capital))
            return i;
        if (word.Kind is PhiKind.Facility or PhiKind.Employer && !HoldsOwnWord(scan, i, end))
            return i;
        if (matched == 1 && (scan.Is(end, Role.EponymHead) || (scan.IsSymbol(end, '-') && scan.IsGlued(end))) && !word.IsCertain)
            return i;
        int first = i;
        if (scan.IsSymbol(i - 1, '.') && i >= 2 && NameReader.IsInitial(scan, i - 2) && scan.SameLine(i - 2, i))
            first = i - 2;
        if (matched > 1 && word.Kind is PhiKind.Name or PhiKind.Clinician)
            end = WithInitial(scan, end);
        hits.Add(scan, first, end, word.Kind, rule, matched > 1 ? 0.95 : 0.8);
        return end;
    }

    /// <summary>Not "Community Hospital" alone, which many are.</summary>
    private static bool HoldsOwnWord(in TextScan scan, int first, int end)
    {
        for (int i = first; i < end; i++)
        {
            if (scan.IsWord(i) && scan.Tokens[i].IsCapitalized && !scan.Is(i, Role.Facility | Role.FacilityPart | Role.FacilityCue | Role.FacilityEnd | Role.FacilityHead | Role.CompanyHead | Role.Specialty | Role.NameStop | Role.Particle))
                return true;
        }

        return false;
    }

    /// <summary>"CASTELLANOS, KEKOA B", "Castellanos, Kekoa B.".</summary>
    private static int WithInitial(in TextScan scan, int end)
    {
        if (!scan.SameLine(end, end - 1) || scan.Tokens[end].IsAfterGap || !NameReader.IsInitial(scan, end))
            return end;
        if (scan.IsSymbol(end + 1, '.') && scan.IsGlued(end + 1))
            return end + 2;
        return scan.IsWord(end + 1) && scan.SameLine(end + 1, end) && !scan.Tokens[end + 1].IsCapitalized ? end : end + 1;
    }

    /// <summary>A further word of a value; also with its initial run into it, "KEKOAB" for "KEKOA B".</summary>
    private bool TryFollowing(in TextScan scan, int token, out ValueWord word)
    {
        ReadOnlySpan<char> text = scan.Slice(token);
        return (_words.TryGetValue(WordHash.Of(text), out word) && !IsSmallStop(scan, token))
            || (text.Length >= 4 && scan.Tokens[token] is { Word: 0, IsAllCaps: true } && _words.TryGetValue(WordHash.Of(text[..^1]), out word));
    }

    /// <summary>"Tran will return": no name, though he is called Will Tran.</summary>
    private static bool IsSmallStop(in TextScan scan, int token) => scan.Is(token, Role.NameStop) && !scan.Tokens[token].IsCapitalized && scan.Case == CaseStyle.Mixed;

    /// <summary>"Will prefers", "May was seen": an ordinary word that is the document's person, for it does what only somebody does.</summary>
    private static bool Acts(in TextScan scan, int i) =>
        scan.Case == CaseStyle.Mixed && scan.Tokens[i] is { IsCapitalized: true, IsAllCaps: false } && scan.SameLine(i + 1, i) && scan.Is(i + 1, Role.PersonVerb)
        && !scan.Equals(i + 1, "who") && !scan.Equals(i + 1, "here");

    /// <summary>"in Mobile": an ordinary word that is the document's town.</summary>
    private static bool IsLed(in TextScan scan, int i) => scan.SameLine(i - 1, i) && (scan.Is(i - 1, Role.Locative | Role.Move) || scan.Equals(i - 1, "of"));

    private static int NextWord(in TextScan scan, int token)
    {
        for (int i = token; i < scan.Count && i - token <= 3; i++)
        {
            ref readonly Token next = ref scan.Tokens[i];
            if (next.IsWord && next.Length > 1)
                return i;
            if (!next.IsWord && !(next.Kind == TokenKind.Symbol && next.First is ',' or '.' or '-'))
                return -1;
        }

        return -1;
    }

    private bool Misread(in TextScan scan, int i, out PhiKind kind)
    {
        ReadOnlySpan<char> word = scan.Slice(i);
        double most = Math.Min(1, 0.12 * word.Length);

        // A small letter may begin a misread name only where it passes for its capital: "lyer" for Iyer.
        bool isCapital = scan.Tokens[i].IsCapitalized || scan.Case == CaseStyle.Lower;
        foreach ((string known, PhiKind itsKind) in _fuzzy)
        {
            if (Math.Abs(known.Length - word.Length) <= 1 && (isCapital || known[0] == 'I') && OcrDistance.Between(word, known, most) <= most)
            {
                kind = itsKind;
                return true;
            }
        }

        kind = PhiKind.None;
        return false;
    }

    /// <summary>"M.C." for the known patient.</summary>
    private int Initials(in TextScan scan, int i, HitList hits, Rule rule)
    {
        bool dotted = scan.Tokens[i].Length == 1 && scan.Tokens[i].IsCapitalized && scan.IsSymbol(i + 1, '.') && scan.IsWord(i + 2) && scan.Tokens[i + 2].Length == 1
            && scan.IsGlued(i + 1) && scan.IsGlued(i + 2) && scan.IsSymbol(i + 3, '.') && scan.IsGlued(i + 3) && !scan.IsGlued(i);
        if (!dotted || !_initials.Contains((CharTable.Fold(scan.Tokens[i].First), CharTable.Fold(scan.Tokens[i + 2].First))))
            return i;
        hits.Add(scan, i, i + 4, PhiKind.Name, rule, 0.6);
        return i + 4;
    }

    /// <summary>Runs without spaces, and up to four of them in a row: "88 - 104-22" is 8810422.</summary>
    private void SearchCodes(in TextScan scan, HitList hits, Rule rule)
    {
        for (int i = 0; i < scan.Count;)
        {
            int end = ChunkEnd(scan, i, out bool hasDigits);
            int found = 0;
            int last = end;
            for (int chunks = 0; hasDigits && chunks < 4 && last > i; chunks++)
            {
                if (TryKey(scan.Text[scan.Tokens[i].Start..scan.Tokens[last - 1].End], out ulong key) && _codes.TryGetValue(key, out PhiKind kind))
                {
                    hits.Add(scan, i, last, kind, rule, chunks == 0 ? 0.9 : 0.75);
                    found = last;
                    break;
                }

                int next = scan.IsSymbol(last, '-') || scan.IsSymbol(last, '/') || scan.IsSymbol(last, '.') ? last + 1 : last;
                if (!scan.SameLine(next, i) || next - i > 24)
                    break;
                last = ChunkEnd(scan, next, out hasDigits);
            }

            i = Math.Max(Math.Max(found, end), i + 1);
        }
    }

    private static int ChunkEnd(in TextScan scan, int start, out bool hasDigits)
    {
        hasDigits = false;
        int end = start;
        while (end < scan.Count && end - start < 24 && (end == start || scan.Tokens[end].IsGlued)
            && (scan.Tokens[end].Kind != TokenKind.Symbol || (end > start && scan.Tokens[end].First is '-' or '/' or '.' or '_' or '|')))
        {
            hasDigits |= scan.IsNumber(end);
            end++;
        }

        while (end > start && scan.Tokens[end - 1].Kind == TokenKind.Symbol)
            end--;
        return end;
    }

    /// <summary>The hash of a code's characters; none for codes too short to be told from figures.</summary>
    private static bool TryKey(ReadOnlySpan<char> value, out ulong key)
    {
        key = WordHash.Seed;
        int length = 0;
        int digits = 0;
        foreach (char c in value.Length > 64 ? value[..64] : value)
        {
            if (!char.IsLetterOrDigit(c) && c != '|')
                continue;
            digits += char.IsAsciiDigit(c) ? 1 : 0;
            length++;
            key = WordHash.Add(key, CharTable.Fold(c) switch
            {
                'O' or 'D' or 'Q' => '0',
                'I' or 'L' or '|' => '1',
                'S' => '5',
                'B' => '8',
                'Z' => '2',
                'G' => '6',
                char other => other,
            });
        }

        return length >= ShortestCode && digits >= 3;
    }

    private static bool IsDistinctive(ReadOnlySpan<char> word, bool certain, bool isPlace)
    {
        ref readonly WordInfo info = ref Vocabulary.Default.Of(word);
        if ((info.Class & (WordClass.Common | WordClass.Clinical)) != 0 || info.Is(Role.NameStop | Role.Month | Role.Weekday | Role.Unit | Role.FacilityPart | Role.Particle | Role.Title | Role.Credential))
            return false;
        return certain || isPlace || ((info.Class & (WordClass.Dictionary | WordClass.Eponym)) == 0 && info.City < 8);
    }

    private static List<Range> Split(ReadOnlySpan<char> value)
    {
        var words = new List<Range>();
        for (int i = 0; i < value.Length && words.Count < 8;)
        {
            int start = i;
            while (i < value.Length && (char.IsLetter(value[i]) || (value[i] == '\'' && i > start)))
                i++;
            ReadOnlySpan<char> word = value[start..i];
            if (word.EndsWith("'s", StringComparison.OrdinalIgnoreCase))
                word = word[..^2];
            if (word.Length > 1)
                words.Add(start..(start + word.Length));
            if (i == start)
                i++;
        }

        return words;
    }
}
