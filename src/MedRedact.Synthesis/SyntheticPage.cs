namespace MedRedact.Synthesis;

/// <summary>One drawn page in eight-bit grey, with the truth about its words and marks.</summary>
public sealed class SyntheticPage
{
    private readonly byte[] _pixels;

    internal SyntheticPage(byte[] pixels, int width, int height, int dpi, IReadOnlyList<TruthWord> words, IReadOnlyList<TruthMark> marks) =>
        (_pixels, Width, Height, Dpi, Words, Marks) = (pixels, width, height, dpi, words, marks);

    /// <summary>Rows of <see cref="Width"/> bytes without padding; 0 is black.</summary>
    public ReadOnlyMemory<byte> Pixels => _pixels;

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Pixels an inch.</summary>
    public int Dpi { get; }

    /// <summary>The words in reading order.</summary>
    public IReadOnlyList<TruthWord> Words { get; }

    /// <summary>Barcodes, signatures, portraits and check boxes.</summary>
    public IReadOnlyList<TruthMark> Marks { get; }

    /// <summary>The page as a PNG file, made anew at each call.</summary>
    public ReadOnlyMemory<byte> PngBytes => PageFiles.Png(this);

    /// <summary>Wears the page as paper and machines do. Word and mark boxes follow.</summary>
    /// <param name="degradation">What happens to it.</param>
    /// <param name="seed">Chooses the noise.</param>
    /// <returns>A new page.</returns>
    public SyntheticPage Degrade(Degradation degradation, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(degradation);
        return PageWear.Apply(this, degradation, seed);
    }
}
