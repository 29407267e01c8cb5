namespace MedRedact;

/// <summary>Bounds, validated when the host starts and copied when a pipeline is built.</summary>
public sealed class PipelineLimits
{
    /// <summary>Pages that one run works on at once, 1 to 256. Default: the number of processors, at most 4.</summary>
    public int MaxPagesInFlight { get; set; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>Pages that all runs of the process work on at once, 1 to 1,024. Default: the number of processors.</summary>
    public int MaxPagesInFlightPerProcess { get; set; } = Math.Max(1, Environment.ProcessorCount);

    /// <summary>Bytes of pixels of all runs together. Default: 1 GiB. A page larger than this is withheld.</summary>
    public long MaxPixelBytes { get; set; } = 1L << 30;

    /// <summary>Pixels of one page. Default: 100 million.</summary>
    public long MaxPixelsPerPage { get; set; } = 100_000_000;

    /// <summary>Pages of one document. Default: 500.</summary>
    public int MaxPages { get; set; } = 500;

    /// <summary>Bytes of one document. Default: 200 MB.</summary>
    public long MaxFileBytes { get; set; } = 200_000_000;

    /// <summary>How long decoding, preparing and recognizing one page may take. Default: two minutes.</summary>
    public TimeSpan PageTimeout { get; set; } = TimeSpan.FromMinutes(2);
}
