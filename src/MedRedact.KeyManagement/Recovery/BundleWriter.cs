using System.Buffers.Binary;
using System.Text;
using MedRedact.Durability;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement.Recovery;

/// <summary>Seals the ring's keys and the files beside it under a recovery key; layout in <c>docs/formats/key-recovery.md</c>.</summary>
internal static class BundleWriter
{
    private const int Attempts = 5;

    /// <summary>Writes a bundle that is not committed yet. The files are read until two readings agree, so that it holds one state of them.</summary>
    public static async Task<AtomicFile> WriteAsync(
        string path, BundleHeader header, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> ring, string folder, string ringName, IFileOperations operations,
        CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            byte[] before = KeyFolder.Digest(folder, ringName, operations, cancellationToken);
            AtomicFile bundle = AtomicFile.Create(path, operations);
            try
            {
                await bundle.Content.WriteAsync(header.Write(), cancellationToken);
                await using (Stream message = await Cobblestone.OpenWriteAsync(bundle.Content, key, header.Context(), cancellationToken))
                    await WriteAsync(message, ring, folder, KeyFolder.Files(folder, ringName, operations), operations, cancellationToken);

                if (before.AsSpan().SequenceEqual(KeyFolder.Digest(folder, ringName, operations, cancellationToken)))
                    return bundle;
            }
            catch
            {
                bundle.Dispose();
                throw;
            }

            bundle.Dispose();
        }

        throw Faults.Refuse(Faults.Busy);
    }

    private static async Task WriteAsync(
        Stream message, ReadOnlyMemory<byte> ring, string folder, string[] names, IFileOperations operations, CancellationToken cancellationToken)
    {
        byte[] count = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(count, (ushort)(1 + names.Length));
        await message.WriteAsync(count, cancellationToken);
        await message.WriteAsync(EntryStart(BundleReader.RingEntry, ring.Length), cancellationToken);
        await message.WriteAsync(ring, cancellationToken);

        using var buffer = new SecretBuffer(64 * 1024);
        foreach (string name in names)
        {
            using IFileHandle file = operations.Open(Path.Combine(folder, name), FileOpening.Read);
            long length = file.Length;
            await message.WriteAsync(EntryStart(name, length), cancellationToken);
            for (long at = 0; at < length;)
            {
                // A file that shrinks meanwhile is filled up: the two readings differ then, and this one is dropped.
                int wanted = (int)Math.Min(buffer.Length, length - at), read = file.Read(buffer.Span[..wanted], at);
                read = read == 0 ? wanted : read;
                await message.WriteAsync(buffer.Memory[..read], cancellationToken);
                at += read;
            }
        }
    }

    private static byte[] EntryStart(string name, long length)
    {
        byte[] start = [(byte)name.Length, .. Encoding.ASCII.GetBytes(name), .. new byte[8]];
        BinaryPrimitives.WriteInt64BigEndian(start.AsSpan(^8..), length);
        return start;
    }
}
