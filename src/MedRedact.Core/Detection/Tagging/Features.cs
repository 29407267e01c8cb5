namespace MedRedact.Detection;

/// <summary>The feature templates: what the tagger looks at to judge one token.</summary>
internal static class Features
{
    private const int LongestRun = 6;
    private const int MostPieces = 8;

    /// <summary>Fills in the rows of one token. Every template is added in the same order, whatever its value, so that its number is its own.</summary>
    public static void Of(in TextScan scan, TaggerScan tagger, int i, ref FeatureRows rows)
    {
        var around = new Around(scan, tagger, i);

        rows.Begin(FeatureGroup.Word);
        Words(around, ref rows);
        rows.End();
        rows.Begin(FeatureGroup.Lexicon);
        Lexicon(around, ref rows);
        rows.End();
        rows.Begin(FeatureGroup.Form);
        Form(scan, i, around, ref rows);
        rows.End();
        rows.Begin(FeatureGroup.Context);
        Context(scan, tagger, i, around, ref rows);
        rows.End();
        rows.Begin(FeatureGroup.Layout);
        Layout(scan, tagger, i, around.Here, ref rows);
        rows.End();
        rows.Begin(FeatureGroup.Rules);
        Rules(around, ref rows);
        rows.End();
    }

    /// <summary>A token and two on either side.</summary>
    private readonly struct Around(in TextScan scan, TaggerScan tagger, int i)
    {
        public readonly TokenView Earlier = tagger.View(scan, i - 2);
        public readonly TokenView Before = tagger.View(scan, i - 1);
        public readonly TokenView Here = tagger.View(scan, i);
        public readonly TokenView Next = tagger.View(scan, i + 1);
        public readonly TokenView Later = tagger.View(scan, i + 2);
    }

    private static void Words(in Around at, ref FeatureRows rows)
    {
        rows.Add(at.Here.Word);
        rows.Add(FeatureRows.Join(at.Here.Word, at.Here.Shape));
        rows.Add(FeatureRows.Join(at.Here.Word, at.Next.Word));
        rows.Add(FeatureRows.Join(at.Before.Word, at.Here.Word));
    }

    private static void Lexicon(in Around at, ref FeatureRows rows)
    {
        rows.Add(at.Here.Lexicon);
        rows.Add(FeatureRows.Join(at.Here.Lexicon, at.Here.Shape));
        rows.Add(FeatureRows.Join(FeatureRows.Join(at.Here.Class, at.Here.Shape), (ulong)at.Here.Stand));
        rows.Add(FeatureRows.Join(at.Before.Class, at.Here.Class));
        rows.Add(FeatureRows.Join(at.Here.Class, at.Next.Class));
        rows.Add(FeatureRows.Join(FeatureRows.Join(at.Before.Class, at.Here.Class), at.Next.Class));
        rows.Add(FeatureRows.Join(FeatureRows.Join(at.Earlier.Class, at.Before.Class), at.Here.Class));
        rows.Add(FeatureRows.Join(FeatureRows.Join(at.Here.Class, at.Next.Class), at.Later.Class));
        rows.Add(at.Here.Roles);
        rows.Add(FeatureRows.Join(at.Here.Roles, at.Here.Shape));
        rows.Add(at.Here.Phrase);
        rows.Add(FeatureRows.Join(at.Here.Phrase, at.Here.Class));
    }

    private static void Form(in TextScan scan, int i, in Around at, ref FeatureRows rows)
    {
        rows.Add(FeatureRows.Join(at.Here.Shape, (ulong)(at.Here.Stand & (Stand.SentenceStart | Stand.Glued))));
        rows.Add(FeatureRows.Join(at.Before.Shape, at.Here.Shape));
        rows.Add(FeatureRows.Join(at.Here.Shape, at.Next.Shape));
        rows.Add(FeatureRows.Join(FeatureRows.Join(at.Before.Shape, at.Here.Shape), at.Next.Shape));
        rows.Add((ulong)at.Here.Stand | ((ulong)scan.Case << 16));
        Affixes(scan, i, ref rows);
        Inside(scan, i, ref rows);
    }

    /// <summary>The three-letter pieces inside a word that is in no dictionary: names, drugs and towns are built differently.</summary>
    private static void Inside(in TextScan scan, int i, ref FeatureRows rows)
    {
        if (!scan.Tokens[i].IsWord || (scan.Info(i).Class & (WordClass.Common | WordClass.Dictionary | WordClass.Clinical)) != 0)
            return;
        ReadOnlySpan<char> word = scan.Slice(i);
        for (int n = 1; n + 3 < word.Length && n <= MostPieces; n++)
            rows.AddPiece(FeatureRows.Join(FeatureRows.Join(Lower(word[n]), Lower(word[n + 1])), Lower(word[n + 2])));
    }

    /// <summary>Beginnings of two to four letters, endings of one to four, in small letters with their accents: what shows a language and a kind.</summary>
    private static void Affixes(in TextScan scan, int i, ref FeatureRows rows)
    {
        ReadOnlySpan<char> word = scan.Tokens[i].IsWord ? scan.Slice(i) : default;
        ulong hash = 7;
        for (int n = 0; n < 4; n++)
        {
            hash = FeatureRows.Join(hash, n < word.Length ? Lower(word[n]) : '\0');
            if (n > 0)
                rows.Add(hash);
        }

        hash = 11;
        for (int n = 1; n <= 4; n++)
        {
            hash = FeatureRows.Join(hash, n <= word.Length ? Lower(word[^n]) : '\0');
            rows.Add(hash);
        }
    }

    private static char Lower(char c) => c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c < 0x80 ? c : char.ToLowerInvariant(c);

    private static void Context(in TextScan scan, TaggerScan tagger, int i, in Around at, ref FeatureRows rows)
    {
        rows.Add(at.Before.Word);
        rows.Add(at.Next.Word);
        rows.Add(at.Earlier.Word);
        rows.Add(at.Later.Word);
        rows.Add(FeatureRows.Join(at.Before.Word, at.Here.Class));
        rows.Add(FeatureRows.Join(at.Next.Word, at.Here.Class));
        rows.Add(FeatureRows.Join(at.Earlier.Word, at.Before.Word));
        rows.Add(FeatureRows.Join(at.Next.Word, at.Later.Word));
        rows.Add(FeatureRows.Join(at.Before.Word, at.Next.Word));
        rows.Add(FeatureRows.Join(FeatureRows.Join(at.Earlier.Word, at.Before.Word), at.Here.Shape));
        rows.Add(at.Before.Roles);
        rows.Add(at.Next.Roles);
        rows.Add(FeatureRows.Join(at.Before.Roles, at.Here.Class));
        rows.Add(FeatureRows.Join(at.Next.Roles, at.Here.Class));
        rows.Add(FeatureRows.Join(at.Before.Phrase, at.Next.Phrase));

        // The run of words with capitals that the token stands in: its two ends, and how far they are.
        (int first, int last) = Run(scan, i);
        ref readonly TokenView start = ref tagger.View(scan, first);
        ref readonly TokenView end = ref tagger.View(scan, last);
        ref readonly TokenView leads = ref tagger.View(scan, first - 1);
        ref readonly TokenView follows = ref tagger.View(scan, last + 1);
        ulong place = ((ulong)(uint)(i - first) << 4) | (uint)(last - i);
        rows.Add(FeatureRows.Join(place, at.Here.Class));
        rows.Add(FeatureRows.Join(end.Word, Math.Min(place & 15, 2)));
        rows.Add(FeatureRows.Join(end.Roles, Math.Min(place & 15, 2)));
        rows.Add(FeatureRows.Join(start.Word, Math.Min(place >> 4, 2)));
        rows.Add(FeatureRows.Join(start.Class, end.Class));
        rows.Add(FeatureRows.Join(leads.Word, follows.Word));
        rows.Add(FeatureRows.Join(leads.Word, end.Class));
        rows.Add(FeatureRows.Join(follows.Word, start.Class));
    }

    /// <summary>Words with capitals around a token, over what joins them.</summary>
    private static (int First, int Last) Run(in TextScan scan, int i)
    {
        int first = i;
        while (i - first < LongestRun && Links(scan, first, first - 1) is var before and > 0)
            first -= before;
        int last = i;
        while (last - i < LongestRun && Links(scan, last, last + 1) is var after and > 0)
            last += after;
        return (first, last);
    }

    /// <summary>How many tokens further the run goes on: 1 to a neighbour, 2 over a joining token, 0 where it ends.</summary>
    private static int Links(in TextScan scan, int from, int to)
    {
        if (!scan.SameLine(from, to) || scan.Tokens[Math.Max(from, to)].IsAfterGap)
            return 0;
        if (scan.Tokens[to].IsWord && scan.Tokens[to].IsCapitalized)
            return 1;
        int over = to + (to - from);
        bool joins = scan.Tokens[to].Kind == TokenKind.Symbol ? scan.Tokens[to].First is '-' or '&' or '.' && scan.Tokens[to].IsGlued : scan.Is(to, Role.Particle) || scan.Equals(to, "of") || scan.Equals(to, "and");
        return joins && scan.SameLine(to, over) && scan.Tokens[over].IsWord && scan.Tokens[over].IsCapitalized ? 2 : 0;
    }

    private static void Layout(in TextScan scan, TaggerScan tagger, int i, in TokenView here, ref FeatureRows rows)
    {
        int line = tagger.Lines.Of(i);
        uint form = tagger.Lines.Form(scan, line);
        rows.Add(FeatureRows.Join(form, here.Shape));
        rows.Add(FeatureRows.Join(form, here.Class));
        rows.Add(FeatureRows.Join(FeatureRows.Join(form, tagger.Lines.Form(scan, line - 1)), here.Class));
        rows.Add(FeatureRows.Join(FeatureRows.Join(form, tagger.Lines.Form(scan, line + 1)), here.Class));
        int start = tagger.Lines.Start(line);
        rows.Add(start >= i - 2 ? 0 : tagger.View(scan, start).Word);
        PhraseKind label = tagger.LabelBefore(scan, i, out int distance);
        rows.Add(FeatureRows.Join((ulong)label, (ulong)Math.Min(distance, 5)));
        rows.Add(FeatureRows.Join((ulong)label, here.Class));
    }

    private static void Rules(in Around at, ref FeatureRows rows)
    {
        rows.Add(at.Here.Cover);
        rows.Add(FeatureRows.Join(at.Here.Cover, at.Here.Class));
        rows.Add(FeatureRows.Join((ulong)Covers.KindOf(at.Before.Cover), (ulong)Covers.KindOf(at.Next.Cover)));
        rows.Add(FeatureRows.Join(at.Before.Cover, at.Here.Class));
        rows.Add(FeatureRows.Join(at.Next.Cover, at.Here.Class));
    }
}
