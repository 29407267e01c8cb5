namespace MedRedact.Detection;

/// <summary>The tagger as a recognizer: it runs after the rules, sees their hits, and adds what they missed.</summary>
internal sealed class SpanTagger(Func<TaggerModel> model) : ITextRecognizer
{
    /// <summary>With the model that ships.</summary>
    public static SpanTagger Default { get; } = new(static () => TaggerModel.Default);

    /// <summary>
    /// A token is part of something when all labels but the outside one have this share together, by what the likeliest would make it:
    /// a missed name costs more than a false alarm, a missed firm hardly more.
    /// </summary>
    private static float Enough(EntityKind kind) => kind switch
    {
        EntityKind.Street => 0.15f,
        EntityKind.Name => 0.2f,
        EntityKind.Place => 0.3f,
        EntityKind.Facility or EntityKind.Profession => 0.6f,
        _ => 0.4f,
    };

    public void Recognize(in TextScan scan, HitList hits)
    {
        TaggerModel weights = model();
        using TaggerScan tagger = TaggerScan.Rent();
        tagger.Prepare(scan, hits);
        Span<int> room = stackalloc int[FeatureRows.Most];
        for ((int first, int end) = tagger.Next(0); first < end; (first, end) = tagger.Next(end))
        {
            Lattice lattice = tagger.Lattice;
            lattice.Begin(end - first);
            for (int i = first; i < end; i++)
            {
                var rows = new FeatureRows(room, weights.Bits, dropped: 0);
                Features.Of(scan, tagger, i, ref rows);
                weights.Score(room[..rows.Count], lattice.Scores(i - first));
                lattice.SetStep(i - first, Transitions.StepTo(scan, i));
            }

            lattice.SetStep(end - first, Transitions.StepTo(scan, end));
            lattice.Sum(weights.Transitions);
            Spans(scan, tagger, weights, first, hits);
        }

        hits.DropDoubted(scan, tagger.Outside);
    }

    /// <summary>Joins tokens of one kind to hits.</summary>
    private static void Spans(in TextScan scan, TaggerScan tagger, TaggerModel model, int first, HitList hits)
    {
        Span<float> shares = stackalloc float[Tags.Lanes];
        var open = new Open();
        for (int t = 0; t <= tagger.Lattice.Length; t++)
        {
            EntityKind kind = EntityKind.None;
            if (t < tagger.Lattice.Length)
            {
                tagger.Lattice.Share(t).Store(shares, 0);
                tagger.Judge(first + t, shares[Tags.Outside]);
                EntityKind likeliest = Likeliest(shares);
                if (1 - shares[Tags.Outside] >= Enough(likeliest))
                    kind = likeliest;
            }

            // Nothing goes on behind an empty line.
            bool goesOn = kind != EntityKind.None && kind == open.Kind && shares[Tags.Inside(kind)] >= shares[Tags.Begin(kind)]
                && scan.Tokens[first + t].Line - scan.Tokens[first + t - 1].Line < 2;
            if (!goesOn && open.Kind != EntityKind.None)
            {
                Add(scan, tagger, model, open, first + t, hits);
                open = default;
            }

            if (kind == EntityKind.None)
                continue;
            if (!goesOn)
                open = new Open { Kind = kind, First = first + t };
            open.Sum += 1 - shares[Tags.Outside];
            open.Count++;
        }
    }

    private struct Open
    {
        public EntityKind Kind;
        public int First;
        public float Sum;
        public int Count;
    }

    private static EntityKind Likeliest(ReadOnlySpan<float> shares)
    {
        EntityKind best = EntityKind.Name;
        float most = -1;
        for (EntityKind kind = EntityKind.Name; kind <= EntityKind.Profession; kind++)
        {
            float share = shares[Tags.Begin(kind)] + shares[Tags.Inside(kind)];
            if (share > most)
                (best, most) = (kind, share);
        }

        return best;
    }

    /// <summary>Adds what no rule has found already: the rules know better what a thing is, and where it ends.</summary>
    private static void Add(in TextScan scan, TaggerScan tagger, TaggerModel model, in Open open, int end, HitList hits)
    {
        for (int i = open.First; i < end; i++)
        {
            int first = i;
            while (i < end && !IsFound(tagger.Covers[i], open.Kind))
                i++;
            AddRest(scan, tagger, model, open, first, i, hits);
        }
    }

    /// <summary>A rule's hit makes the tagger's needless, unless it is of a kind that policies keep: then the stricter of the two holds.</summary>
    private static bool IsFound(ushort cover, EntityKind kind) => cover != 0 && Covers.KindOf(cover) switch
    {
        PhiKind.State or PhiKind.Country => kind is EntityKind.Place or EntityKind.Region,
        PhiKind.Profession => kind == EntityKind.Profession,
        PhiKind.Age => false,
        _ => true,
    };

    private static void AddRest(in TextScan scan, TaggerScan tagger, TaggerModel model, in Open open, int first, int end, HitList hits)
    {
        while (first < end && scan.Tokens[first].Kind == TokenKind.Symbol)
            first++;
        while (end > first && scan.Tokens[end - 1].Kind == TokenKind.Symbol && !(scan.Tokens[end - 1].First == '.' && scan.Tokens[end - 1].IsGlued && end - 2 >= first && scan.Tokens[end - 2].Length <= 4))
            end--;

        // "9816 214 Pavlou Drandaki": the number before the number.
        if (open.Kind == EntityKind.Street && scan.IsNumber(first) && scan.IsNumber(first - 1) && scan.SameLine(first - 1, first) && !scan.IsGlued(first) && !scan.IsGlued(first - 1) && scan.Tokens[first - 1].Length <= 5 && tagger.Covers[first - 1] == 0)
            first--;
        bool tells = false;
        if (open.Kind == EntityKind.Name && end - first == 3 && scan.IsSymbol(first + 1, ','))
            end = NameReader.WithLoneInitial(scan, end);
        for (int i = first; i < end; i++)
            tells |= scan.Tokens[i].IsNumber || (scan.Tokens[i].IsWord && !scan.Is(i, Role.Particle) && !(scan.Is(i, Role.NameStop) && end - first < 2));
        if (!tells || Nameless.Is(scan, open.Kind, open.Sum / open.Count, first, end))
            return;
        (PhiKind kind, Rule rule) = Meaning(scan, open.Kind, first);
        var hit = new Hit(scan.Tokens[first].Start, scan.Tokens[end - 1].End, kind, rule, Math.Clamp(open.Sum / open.Count, 0.01f, 0.97f));
        hits.Add(WithGrounds(scan, tagger, model, open.Kind, first, hit));
        if (open.Kind == EntityKind.Place && IsPostalCode(scan, end))
            hits.Add(scan, end, end + 1, PhiKind.Zip, Rule.ZipCode, 0.6, new Ground(rule, hit.Start, hit.End, 0.3f));
    }

    /// <summary>The three groups of features that spoke most for the hit at its first token.</summary>
    private static Hit WithGrounds(in TextScan scan, TaggerScan tagger, TaggerModel model, EntityKind kind, int token, Hit hit)
    {
        Span<int> room = stackalloc int[FeatureRows.Most];
        var rows = new FeatureRows(room, model.Bits, dropped: 0);
        Features.Of(scan, tagger, token, ref rows);
        Span<Ground> grounds = stackalloc Ground[(int)FeatureGroup.Rules + 1];
        int start = 0;
        for (int group = 0; group < grounds.Length; group++)
        {
            int end = rows.Ends[group];
            float weight = model.Score(room[start..end], Tags.Begin(kind)) - model.Score(room[start..end], Tags.Outside);
            grounds[group] = new Ground(Rule.TaggerWord + (byte)group, hit.Start, hit.End, weight);
            start = end;
        }

        MemoryExtensions.Sort(grounds, static (one, other) => other.Contribution.CompareTo(one.Contribution));
        float spoken = 0;
        foreach (Ground ground in grounds[..3])
            spoken += Math.Max(0, ground.Contribution);
        hit.First = Share(grounds[0]);
        hit.Second = Share(grounds[1]);
        hit.Third = Share(grounds[2]);
        return hit;

        // What the weights are to each other, of the hit's confidence: grounds of all rules add up to it.
        Ground Share(Ground ground) => ground.Contribution > 0 ? ground with { Contribution = ground.Contribution / spoken * hit.Confidence } : default;
    }

    private static (PhiKind Kind, Rule Rule) Meaning(in TextScan scan, EntityKind kind, int first) => kind switch
    {
        EntityKind.Name => (PhiKind.Name, Rule.TaggerName),
        EntityKind.Place => (PhiKind.City, Rule.TaggerPlace),
        EntityKind.Region => (IsState(scan, first) ? PhiKind.State : PhiKind.Country, Rule.TaggerRegion),
        EntityKind.Street => (PhiKind.Street, Rule.TaggerStreet),
        EntityKind.Organization => (PhiKind.Employer, Rule.TaggerOrganization),
        EntityKind.Facility => (PhiKind.Facility, Rule.TaggerFacility),
        _ => (PhiKind.Profession, Rule.TaggerProfession),
    };

    private static bool IsState(in TextScan scan, int token) =>
        scan.Is(token, Role.StateCode) || LabelReader.PhraseAt(scan, token) is { Kind: PhraseKind.StateName };

    /// <summary>"Roskilde 4000": four or five digits right behind a town, and no year.</summary>
    private static bool IsPostalCode(in TextScan scan, int token) =>
        scan.IsNumber(token) && scan.SameLine(token, token - 1) && !scan.IsGlued(token) && !scan.IsGlued(token + 1)
        && scan.Tokens[token].Length is 4 or 5 && !DateParts.IsYear(scan, token);
}
