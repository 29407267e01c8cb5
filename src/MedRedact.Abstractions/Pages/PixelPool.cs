using System.Buffers;

namespace MedRedact;

/// <summary>The arrays behind pixels: one store for all threads, which holds as many as were in use at once and no more.</summary>
/// <remarks>The shared array pool would keep one page-sized array of each size for every thread that ever gave one back, and the pages of a long
/// document move over many threads. Arrays past 64 MiB are left to the collector.</remarks>
internal static class PixelPool
{
    private const int LongestKept = 64 << 20, MostOfOneSize = 64;

    /// <summary>The one store. What is returned was cleared.</summary>
    public static ArrayPool<byte> Shared { get; } = ArrayPool<byte>.Create(LongestKept, MostOfOneSize);
}
