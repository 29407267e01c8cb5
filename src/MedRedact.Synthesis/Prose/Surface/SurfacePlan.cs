namespace MedRedact.Synthesis;

/// <summary>How a composed text comes to be seen: its letters, lines and faults.</summary>
internal sealed record SurfacePlan(LetterCase Case, bool Accents, double Typos, int WrapAt, double OcrNoise)
{
    public static SurfacePlan Of(ProseOptions options, SeededRandom random)
    {
        // All is drawn, even what the options fix, so that fixing one thing leaves the others as they were.
        int letters = random.Between(0, 99);
        bool accents = !random.Chance(0.12);
        double typos = random.Chance(0.14) ? 0.04 * random.Unit() : 0;
        int wrap = random.Chance(0.12) ? random.Between(45, 100) : 0;
        double noise = random.Chance(0.08) ? 0.003 + 0.03 * random.Unit() : 0;
        return new SurfacePlan(
            options.Case ?? (letters < 84 ? LetterCase.AsWritten : letters < 92 ? LetterCase.Upper : LetterCase.Lower),
            options.Accents ?? accents,
            options.Typos ?? typos,
            options.WrapAt ?? wrap,
            options.OcrNoise ?? noise);
    }

    public SyntheticText Apply(SyntheticText text, SeededRandom random)
    {
        text = Typing.Apply(text, Typos, random);
        text = Accents ? text : Synthesis.Accents.Strip(text);
        text = Case.Apply(text);
        text = Wrapping.Apply(text, WrapAt);
        return OcrWear.Apply(text, OcrNoise, random);
    }
}
