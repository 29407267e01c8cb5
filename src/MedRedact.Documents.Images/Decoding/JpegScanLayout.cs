namespace MedRedact.Documents.Images;

/// <summary>How many blocks each component of a JPEG frame has, and which of its coefficients are no longer zero (progressive frames need to know).</summary>
internal sealed class JpegScanLayout
{
    private readonly bool[] _hasDc;

    public JpegScanLayout(JpegFrame frame)
    {
        Frame = frame;
        int across = 8 * frame.MaxAcross, down = 8 * frame.MaxDown;
        UnitsAcross = (frame.Width + across - 1) / across;
        UnitsDown = (frame.Height + down - 1) / down;
        Planes = [.. frame.Components.Select(component => new JpegPlane(frame, component, UnitsAcross, UnitsDown))];
        _hasDc = new bool[Planes.Length];
    }

    public JpegFrame Frame { get; }

    /// <summary>Minimum coded units of a scan over several components.</summary>
    public int UnitsAcross { get; }

    public int UnitsDown { get; }

    public JpegPlane[] Planes { get; }

    /// <summary>Whether every component has had a scan with its DC coefficients: without one it would be a flat grey.</summary>
    public bool IsCovered => Array.TrueForAll(_hasDc, covered => covered);

    public void Cover(int plane) => _hasDc[plane] = true;
}

/// <summary>The blocks of one component.</summary>
internal sealed class JpegPlane(JpegFrame frame, JpegComponent component, int unitsAcross, int unitsDown)
{
    private ulong[]? _nonZero;

    public byte Id => component.Id;

    public int BlocksInUnit => component.Across * component.Down;

    /// <summary>Blocks of a scan over this component alone, without those that only pad units.</summary>
    public int BlocksAcross { get; } = Blocks(frame.Width, component.Across, frame.MaxAcross);

    public int BlocksDown { get; } = Blocks(frame.Height, component.Down, frame.MaxDown);

    /// <summary>One bit a coefficient, one word a block, in the order of a scan over this component alone.</summary>
    public ulong[] NonZero => _nonZero ??= new ulong[(long)unitsAcross * component.Across * unitsDown * component.Down];

    private static int Blocks(int size, int factor, int largest) => ((((size * factor) + largest - 1) / largest) + 7) / 8;
}
