namespace MedRedact.Synthesis;

internal enum HeadingStyle { BoldCaps = 0, Bold, CapsColon, Barred }

internal enum LetterheadStyle { Centred = 0, Left, Split, Bare }

/// <summary>How one hospital's paperwork looks. Lengths are in points.</summary>
internal sealed record DocumentStyle(TextStyle Body, HeadingStyle Heading, LetterheadStyle Letterhead, double Margin)
{
    public double PageWidth { get; init; } = 612;

    public double PageHeight { get; init; } = 792;

    public double TextWidth => PageWidth - 2 * Margin;

    public TextStyle Small => Body with { Size = 8.5 };

    public static DocumentStyle Choose(SeededRandom random)
    {
        Face face = random.Pick<Face>([Face.Sans, Face.Sans, Face.Serif, Face.Mono]);
        double size = face switch { Face.Mono => 9.5, Face.Serif => 11, _ => 10 } + random.Pick<double>([0, 0, 0.5]);
        return new(new TextStyle(face, size), (HeadingStyle)random.Between(0, 3), (LetterheadStyle)random.Between(0, 3), random.Pick<double>([50, 54, 60]));
    }
}
