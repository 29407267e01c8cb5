namespace MedRedact.Documents.Images;

/// <summary>What a walk enforces.</summary>
internal sealed record StructureLimits(long MaxFileBytes, int MaxPages, long MaxPixelsPerPage, int MaxSide, int MaxDirectories)
{
    /// <summary>Checks a declared size before anything is allocated for it.</summary>
    public void CheckSize(long width, long height)
    {
        if (width is < 1 || height is < 1)
            throw new RejectedException(ImageFaults.BadDimensions);

        // Pixels first: a bomb is called one even where its sides are too long as well. The division cannot overflow.
        if (width > MaxPixelsPerPage / height)
            throw new RejectedException(ImageFaults.TooManyPixels);

        if (width > MaxSide || height > MaxSide)
            throw new RejectedException(ImageFaults.BadDimensions);
    }

    /// <summary>Refuses a declared amount that the bytes cannot hold even at the codec's best.</summary>
    /// <param name="declared">Units (bytes, rows, blocks) that the header promises.</param>
    /// <param name="codedBytes">Bytes that are there.</param>
    /// <param name="unitsPerByte">What one coded byte can stand for at most.</param>
    public static void CheckRatio(long declared, long codedBytes, int unitsPerByte)
    {
        if (declared / unitsPerByte > codedBytes + 1)
            throw new RejectedException(ImageFaults.ImpossibleRatio);
    }
}
