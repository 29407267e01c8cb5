namespace MedRedact.Documents.Pdf;

/// <summary>The part of the graphics state (8.4) that says where an image lands and whether text shows.</summary>
internal sealed class GraphicsState
{
    private const int MaxSaved = 1000;
    private readonly Stack<(double A, double B, double C, double D, bool Invisible)> _saved = [];
    private (double A, double B, double C, double D) _matrix = (1, 0, 0, 1);

    /// <summary>Whether text is drawn without ink, as the hidden layer of a scan is.</summary>
    public bool IsTextInvisible { get; private set; }

    /// <summary>Whether the unit square stays a rectangle whose sides keep their direction.</summary>
    public bool IsUpright => Math.Abs(_matrix.B) + Math.Abs(_matrix.C) < 0.001 * (Math.Abs(_matrix.A) + Math.Abs(_matrix.D));

    /// <summary>Width of the unit square on the page.</summary>
    public double Across => Math.Abs(_matrix.A);

    /// <summary>Height of the unit square on the page.</summary>
    public double Down => Math.Abs(_matrix.D);

    /// <summary>Applies an operator; those that do not matter here change nothing.</summary>
    public void Apply(string name, List<PdfObject> operands)
    {
        switch (name)
        {
            case "q" when _saved.Count < MaxSaved:
                _saved.Push((_matrix.A, _matrix.B, _matrix.C, _matrix.D, IsTextInvisible));
                break;
            case "Q" when _saved.TryPop(out var saved):
                (_matrix, IsTextInvisible) = ((saved.A, saved.B, saved.C, saved.D), saved.Invisible);
                break;
            case "cm" when operands is [PdfNumber a, PdfNumber b, PdfNumber c, PdfNumber d, _, _]:
                _matrix = (
                    (a.Value * _matrix.A) + (b.Value * _matrix.C), (a.Value * _matrix.B) + (b.Value * _matrix.D),
                    (c.Value * _matrix.A) + (d.Value * _matrix.C), (c.Value * _matrix.B) + (d.Value * _matrix.D));
                break;
            case "Tr" when operands is [PdfNumber mode]:
                IsTextInvisible = mode.Value is 3 or 7;
                break;
        }
    }
}
