namespace MedRedact.Documents.Images;

/// <summary>The compressions that are read, by number.</summary>
internal enum TiffCompression
{
    None = 1, FaxModifiedHuffman = 2, FaxGroup3 = 3, FaxGroup4 = 4, Lzw = 5, Jpeg = 7, Deflate = 8, PackBits = 32773, OldDeflate = 32946,
}

/// <summary>The colour models that are read, by number.</summary>
internal enum TiffPhotometric
{
    WhiteIsZero = 0, BlackIsZero = 1, Rgb = 2, Palette = 3, Cmyk = 5, YCbCr = 6,
}

/// <summary>What the sample after the colours means.</summary>
internal enum TiffAlpha
{
    None = 0, Premultiplied, Plain,
}

/// <summary>Reads and checks the tags that say how samples are coded.</summary>
internal static class TiffCoding
{
    public static (TiffCompression Compression, TiffPhotometric Photometric) Read(SourceBytes source, TiffDirectory directory)
    {
        var compression = (TiffCompression)directory.Value(source, TiffTagId.Compression, 1);
        if (!Enum.IsDefined(compression))
            throw new RejectedException(ImageFaults.UnsupportedVariant);

        // The tag is required, but old fax writers leave it out and mean that ink is one.
        long absent = compression is TiffCompression.FaxModifiedHuffman or TiffCompression.FaxGroup3 or TiffCompression.FaxGroup4 ? 0 : -1;
        long photometric = directory.Value(source, TiffTagId.Photometric, absent);
        // Inks other than cyan, magenta, yellow and black have no known colours.
        if (photometric == (long)TiffPhotometric.Cmyk && directory.Value(source, TiffTagId.InkSet, 1) != 1)
            throw new RejectedException(ImageFaults.Cmyk);

        // 4 is a transparency mask of another page: pixels that viewers do not show.
        if (photometric == 4)
            throw new RejectedException(ImageFaults.HiddenImages);

        if (!Enum.IsDefined((TiffPhotometric)photometric))
            throw new RejectedException(photometric < 0 ? ImageFaults.Malformed : ImageFaults.UnsupportedVariant);

        return (compression, (TiffPhotometric)photometric);
    }

    public static int SamplesPerPixel(SourceBytes source, TiffDirectory directory)
    {
        long samples = directory.Value(source, TiffTagId.SamplesPerPixel, 1);
        return samples is >= 1 and <= 5 ? (int)samples : throw new RejectedException(samples < 1 ? ImageFaults.Malformed : ImageFaults.UnsupportedVariant);
    }

    public static int BitsPerSample(SourceBytes source, TiffDirectory directory, int samples)
    {
        long bits = directory.Value(source, TiffTagId.BitsPerSample, 1);

        // Some writers give one value for all samples.
        if (directory.Count(TiffTagId.BitsPerSample) > 1 && directory.Values(source, TiffTagId.BitsPerSample, samples).Any(other => other != bits))
            throw new RejectedException(ImageFaults.UnsupportedVariant);

        for (int i = 0; i < Math.Min(samples, directory.Count(TiffTagId.SampleFormat)); i++)
        {
            if (directory.Value(source, TiffTagId.SampleFormat, 1) is not (1 or 4))
                throw new RejectedException(ImageFaults.UnsupportedVariant);
        }

        return bits switch
        {
            1 or 2 or 4 or 8 or 16 => (int)bits,
            0 or > 64 => throw new RejectedException(ImageFaults.Malformed),
            _ => throw new RejectedException(ImageFaults.UnsupportedVariant),
        };
    }

    public static void CheckCombination(TiffCompression compression, TiffPhotometric photometric, int samples, int bits)
    {
        bool isFax = compression is TiffCompression.FaxModifiedHuffman or TiffCompression.FaxGroup3 or TiffCompression.FaxGroup4;
        bool isJpeg = compression == TiffCompression.Jpeg;
        int colours = Colours(photometric);
        if (samples < colours || (isFax && (bits != 1 || samples != 1)))
            throw new RejectedException(ImageFaults.Malformed);

        bool isRead = photometric switch
        {
            TiffPhotometric.YCbCr => isJpeg && samples == 3 && bits == 8,
            TiffPhotometric.Rgb => bits >= 8 && (!isJpeg || (samples == 3 && bits == 8)),
            TiffPhotometric.Cmyk => bits >= 8 && !isJpeg,
            TiffPhotometric.Palette => bits <= 8 && samples == 1 && !isJpeg,
            _ => samples == 1 ? !isJpeg || bits == 8 : bits >= 8 && !isJpeg,
        };
        if (!isRead)
            throw new RejectedException(ImageFaults.UnsupportedVariant);
    }

    public static TiffAlpha Alpha(SourceBytes source, TiffDirectory directory, TiffPhotometric photometric, int samples) =>
        samples == Colours(photometric) ? TiffAlpha.None : directory.Value(source, TiffTagId.ExtraSamples, 0) switch
        {
            1 => TiffAlpha.Premultiplied,
            2 => TiffAlpha.Plain,
            _ => TiffAlpha.None,
        };

    /// <summary>1: none; 2: each sample is the difference from the one to its left.</summary>
    public static int Predictor(SourceBytes source, TiffDirectory directory, TiffCompression compression, int bits)
    {
        if (compression is not (TiffCompression.Lzw or TiffCompression.Deflate or TiffCompression.OldDeflate))
            return 1;

        long predictor = directory.Value(source, TiffTagId.Predictor, 1);
        return predictor == 1 || (predictor == 2 && bits >= 8) ? (int)predictor : throw new RejectedException(ImageFaults.UnsupportedVariant);
    }

    private static int Colours(TiffPhotometric photometric) => photometric switch
    {
        TiffPhotometric.Cmyk => 4,
        TiffPhotometric.Rgb or TiffPhotometric.YCbCr => 3,
        _ => 1,
    };
}
