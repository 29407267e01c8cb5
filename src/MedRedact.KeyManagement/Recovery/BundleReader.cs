using System.Buffers.Binary;
using System.Text;
using MedRedact.Durability;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement.Recovery;

/// <summary>Opens a bundle: the keys of the ring into cleared memory, the other files into a folder.</summary>
internal static class BundleReader
{
    /// <summary>The keys in the layout of the version that rings are written in now.</summary>
    public const string RingEntry = "ring-2";

    private const string FirstRingEntry = "ring";
    private const int MaxRing = 1024 * 1024;

    /// <summary>Reads what is sealed; anything out of place is refused as a whole, and the caller removes what lies in the folder then.</summary>
    /// <param name="bundle">Stands behind the header.</param>
    /// <param name="header">The header.</param>
    /// <param name="key">The recovery key.</param>
    /// <param name="folder">Receives the files; exists and is empty.</param>
    /// <param name="operations">The file system.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The keys; the caller clears them.</returns>
    public static async Task<KeyRing> ReadAsync(
        Stream bundle, BundleHeader header, ReadOnlyMemory<byte> key, string folder, IFileOperations operations, CancellationToken cancellationToken)
    {
        try
        {
            await using Stream message = await Cobblestone.OpenReadAsync(bundle, key, header.Context(), leaveOpen: true, cancellationToken);
            int count = BinaryPrimitives.ReadUInt16BigEndian(await TakeAsync(message, 2, cancellationToken));
            if (count is 0 or > KeyFolder.MaxFiles || await StartAsync(message, cancellationToken) is not (var first, <= MaxRing and var length) || VersionOf(first) is not { } version)
                throw Faults.Refuse(Faults.UnreadableBundle);

            using var ring = new SecretBuffer((int)length);
            await message.ReadExactlyAsync(ring.Memory, cancellationToken);
            for (int i = 1; i < count; i++)
                await CopyAsync(message, folder, operations, cancellationToken);

            // The end is read too: only there is it certain that nothing was cut.
            return await message.ReadAsync(new byte[1], cancellationToken) == 0 && KeyRingContent.TryRead(ring.Span, version) is { } keys
                ? keys
                : throw Faults.Refuse(Faults.UnreadableBundle);
        }
        catch (Exception fault) when (fault is EndOfStreamException || fault is MedRedactException { Code.Value: var code } && code.StartsWith("MR-ENV", StringComparison.Ordinal))
        {
            throw Faults.Refuse(Faults.UnreadableBundle);
        }
    }

    private static int? VersionOf(string name) => name switch
    {
        RingEntry => KeyRingFile.Version,
        FirstRingEntry => 1,
        _ => null,
    };

    private static async Task CopyAsync(Stream message, string folder, IFileOperations operations, CancellationToken cancellationToken)
    {
        (string name, long length) = await StartAsync(message, cancellationToken);
        using AtomicFile file = AtomicFile.Create(Path.Combine(folder, name), operations);
        using var buffer = new SecretBuffer(64 * 1024);
        while (length > 0)
        {
            Memory<byte> part = buffer.Memory[..(int)Math.Min(buffer.Length, length)];
            await message.ReadExactlyAsync(part, cancellationToken);
            await file.Content.WriteAsync(part, cancellationToken);
            length -= part.Length;
        }

        // A name that comes twice is one that is there already.
        await file.CommitAsync(replace: false, cancellationToken);
    }

    private static async Task<(string Name, long Length)> StartAsync(Stream message, CancellationToken cancellationToken)
    {
        int nameLength = (await TakeAsync(message, 1, cancellationToken))[0];
        byte[] rest = await TakeAsync(message, nameLength + 8, cancellationToken);
        string name = Encoding.Latin1.GetString(rest.AsSpan(0, nameLength));
        long length = BinaryPrimitives.ReadInt64BigEndian(rest.AsSpan(nameLength));
        return KeyFolder.IsName(name) && length >= 0 ? (name, length) : throw Faults.Refuse(Faults.UnreadableBundle);
    }

    private static async Task<byte[]> TakeAsync(Stream message, int length, CancellationToken cancellationToken)
    {
        byte[] taken = new byte[length];
        await message.ReadExactlyAsync(taken, cancellationToken);
        return taken;
    }
}
