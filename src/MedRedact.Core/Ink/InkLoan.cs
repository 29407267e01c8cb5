namespace MedRedact.Ink;

/// <summary>The ink of a page for the length of one call: what was made of its pixels before, or a map of its own that goes with it.</summary>
internal readonly ref struct InkLoan
{
    private readonly InkMap? _own;

    public InkLoan(PagePixels pixels)
    {
        _own = pixels.Look is InkMap ? null : new InkMap(pixels);
        Map = _own ?? (InkMap)pixels.Look!;
    }

    public InkMap Map { get; }

    public void Dispose() => _own?.Dispose();
}
