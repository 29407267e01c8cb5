namespace MedRedact.Detection;

/// <summary>Runs the recognizers, deny lists and fuzzy lists of a rule set over a scan.</summary>
internal sealed class DeclaredRecognizers : ITextRecognizer
{
    private const int Beyond = 128;

    private readonly RuleSet _rules;
    private readonly (int Recognizer, Shape Shape)[][] _byFirst = new (int, Shape)[Beyond + 1][];

    public DeclaredRecognizers(RuleSet rules)
    {
        _rules = rules;
        (int Recognizer, Shape Shape)[] all = [.. rules.Recognizers.SelectMany((recognizer, index) => recognizer.Shapes.Select(shape => (index, shape)))];
        for (int c = 0; c <= Beyond; c++)
            _byFirst[c] = [.. all.Where(each => each.Shape.CanStart(c == Beyond ? 'É' : (char)c, rules.Recognizers[each.Recognizer].Misread))];
    }

    public void Recognize(in TextScan scan, HitList hits)
    {
        var labels = OwnLabelValues.Read(_rules, scan);
        foreach ((int recognizer, int token, Ground label, bool isBefore) in labels.Announced)
        {
            if (_rules.Recognizers[recognizer].Shapes.IsEmpty)
                ReadCode(scan, recognizer, token, label, isBefore, hits);
        }

        int denied = 0;
        int fuzzy = 0;
        for (int i = 0; i < scan.Count; i++)
        {
            if (i >= denied)
                denied = FindDenied(scan, i, hits);
            if (i >= fuzzy)
                fuzzy = _rules.Fuzzy.Find(scan, i, hits);
            if (BeginsWord(scan, i))
                FindShapes(scan, i, labels, hits);
        }
    }

    private static bool BeginsWord(in TextScan scan, int token) =>
        !scan.IsGlued(token) || scan.Tokens[token].Kind == TokenKind.Symbol || scan.Tokens[token - 1].Kind == TokenKind.Symbol;

    private int FindDenied(in TextScan scan, int token, HitList hits)
    {
        int end = _rules.Denied.Match(scan, token, out IReadOnlyList<DeniedPhrase> meanings);
        foreach (DeniedPhrase denied in meanings)
        {
            var ground = new Ground(Rule.ListedPhrase, scan.Tokens[token].Start, scan.Tokens[end - 1].End, denied.Score);
            hits.Add(new Hit(ground.Start, ground.End, denied.Rule.Kind, Rule.Declared, denied.Score) { Source = denied.Rule, First = ground });
        }

        return end;
    }

    private void FindShapes(in TextScan scan, int token, OwnLabelValues labels, HitList hits)
    {
        int start = scan.Tokens[token].Start;
        char first = scan.Text[start];
        foreach ((int index, Shape shape) in _byFirst[Math.Min((int)first, Beyond)])
        {
            DeclaredRecognizer recognizer = _rules.Recognizers[index];
            int end = shape.Match(scan.Text, start, recognizer.Misread, out int repaired);
            if (end == start)
                continue;
            int endToken = token + 1;
            while (endToken < scan.Count && scan.Tokens[endToken].Start < end)
                endToken++;
            Ground label = labels.LabelOf(scan, index, token, endToken);
            if (label.Rule != Rule.None || !recognizer.NeedsLabel)
                Add(scan, recognizer, start, end, new Ground(repaired > 0 ? Rule.MisreadShape : Rule.ShapeMatch, start, end, recognizer.Score - (repaired > 0 ? 0.1f : 0)), label, hits);
        }
    }

    /// <summary>The code that a label announces, for a recognizer that says nothing of its shape.</summary>
    private void ReadCode(in TextScan scan, int index, int token, Ground label, bool isBefore, HitList hits)
    {
        int start = token;
        if (!isBefore)
        {
            int last = token - 1;
            while (last >= 0 && token - last <= 2 && scan.Tokens[last].Kind == TokenKind.Symbol)
                last--;
            if (last < 0 || !scan.SameLine(last, token))
                return;
            start = scan.ChunkStart(last);
        }

        int end = CodeReader.Read(scan, start, groups: false, out int digits, out int letters);
        if (end > start && digits >= 1 && digits + letters >= 3 && (isBefore || end <= token))
            Add(scan, _rules.Recognizers[index], scan.Tokens[start].Start, scan.Tokens[end - 1].End, default, label, hits);
    }

    private static void Add(in TextScan scan, DeclaredRecognizer recognizer, int start, int end, Ground shape, Ground label, HitList hits)
    {
        float score = shape.Contribution;
        if (label.Rule != Rule.None)
        {
            label = label with { Contribution = recognizer.LabelledScore - (shape.Rule == Rule.None ? 0 : recognizer.Score) };
            score += label.Contribution;
        }

        Ground check = Weigh(recognizer, scan.Text[start..end]);
        if (check.Rule == Rule.CheckDisproved && recognizer.MustPass)
            return;
        hits.Add(new Hit(start, end, recognizer.Rule.Kind, Rule.Declared, Math.Clamp(score + check.Contribution, 0.01f, 0.99f))
        {
            Source = recognizer.Rule,
            First = shape,
            Second = label,
            Third = check,
        });
    }

    private static Ground Weigh(DeclaredRecognizer recognizer, ReadOnlySpan<char> text)
    {
        if (recognizer.Check is null)
            return default;
        Span<char> code = stackalloc char[ShapeParser.LongestMatch * 2];
        code = text.Length > code.Length ? [] : code[..IdentifierChecks.Compact(text, code)];
        Check answer = recognizer.Check(code);
        if (answer == Check.Unprovable && code.IndexOfAnyInRange('0', '9') is var digit and > 0)
        {
            // A prefix in letters is no part of what a check over digits covers.
            code = code[digit..];
            answer = recognizer.Check(code);
        }

        if (answer == Check.Proven)
            return new Ground(Rule.CheckProven, 0, 0, 0.1f);
        bool changed = OcrVariants.RepairLetters(code);
        if ((changed && recognizer.Check(code) == Check.Proven) || OcrVariants.AnyProven(recognizer.Check, code))
            return new Ground(Rule.CheckAfterOcrRepair, 0, 0, -0.05f);
        return answer == Check.Disproved || recognizer.MustPass ? new Ground(Rule.CheckDisproved, 0, 0, -0.2f) : default;
    }
}
