namespace MedRedact.Evaluation;

/// <summary>Whose a pixel may be.</summary>
[Flags]
internal enum InkOwner : byte
{
    None = 0,

    /// <summary>Something that must go.</summary>
    Identifier = 1,

    /// <summary>Something that should stay.</summary>
    Other = 2,
}

/// <summary>For each pixel of a page, whether it lies in the rectangle of something that must go, of something that should stay, or of both.</summary>
internal sealed class InkOwners
{
    private readonly byte[] _owners;
    private readonly int _width;

    public InkOwners(PageSize size) => (_owners, _width) = (new byte[size.Width * size.Height], size.Width);

    public bool IsOneOf(int at, InkOwner owner) => (_owners[at] & (byte)owner) != 0;

    /// <summary>Adds a rectangle inside the page.</summary>
    public void Add(Box box, InkOwner owner)
    {
        for (int y = box.Top; y < box.Bottom; y++)
        {
            foreach (ref byte pixel in _owners.AsSpan((y * _width) + box.Left, box.Width))
                pixel |= (byte)owner;
        }
    }
}
