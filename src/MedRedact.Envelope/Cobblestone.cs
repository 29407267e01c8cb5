namespace MedRedact.Envelope;

/// <summary>C2SP chunked encryption, instance Cobblestone-256: HKDF-Expand with SHA-512 and AES-256-GCM in chunks of 16 KiB.</summary>
/// <remarks>Standard: <c>c2sp.org/chunked-encryption</c>. The ciphertext is a 24-byte salt, a 32-byte commitment to key and context, and
/// the chunks; the last chunk is always shorter than 16 KiB, so that a cut is noticed. Key commitment means that no ciphertext opens under
/// two keys. Streams use pooled buffers, less than 256 KiB for a message of any length.</remarks>
public static class Cobblestone
{
    /// <summary>Bytes of an input key. It must be uniformly random: never a password.</summary>
    public const int KeySize = 32;

    /// <summary>Bytes of salt and commitment that precede the chunks.</summary>
    public const int HeaderSize = SaltSize + CommitmentSize;

    internal const int SaltSize = 24;
    internal const int CommitmentSize = 32;
    internal const int NonceSize = 12;
    internal const int TagSize = 16;
    internal const int ChunkSize = 16 * 1024;
    internal const int SealedChunkSize = ChunkSize + TagSize;

    /// <summary>The standard's bound on the number of chunks of a message (4 PiB).</summary>
    internal const long MaxChunks = 1L << 38;

    /// <summary>Chunks handled at a time: two buffers of 64 KiB.</summary>
    internal const int Batch = 3;

    /// <summary>Number of ciphertext bytes for a message.</summary>
    /// <param name="messageLength">Bytes of the message, 0 to 4 PiB.</param>
    /// <returns>Bytes of the ciphertext, header included.</returns>
    public static long CiphertextLength(long messageLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(messageLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(messageLength, MaxChunks * ChunkSize);
        return HeaderSize + messageLength + (messageLength / ChunkSize + 1) * TagSize;
    }

    /// <summary>Opens a stream that seals what is written to it.</summary>
    /// <param name="ciphertext">Receives the ciphertext from its current position on; stays open and belongs to the caller.</param>
    /// <param name="key">32 uniformly random bytes; copied as needed, not kept.</param>
    /// <param name="context">What the ciphertext is bound to; may be empty. Opening needs the same bytes.</param>
    /// <param name="cancellationToken">Cancels the write of the header.</param>
    /// <returns>A write-only stream. Disposing it seals the last chunk, unless a write failed before: then the ciphertext stays cut, and a
    /// reader will refuse it. A message that its writer gave up must be discarded by the caller, since disposing completes it.</returns>
    /// <exception cref="ArgumentException">The key does not have 32 bytes.</exception>
    public static async ValueTask<Stream> OpenWriteAsync(
        Stream ciphertext, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ciphertext);
        (CobblestoneKey derived, byte[] header) = CobblestoneKey.Fresh(key.Span, context.Span);
        try
        {
            await ciphertext.WriteAsync(header, cancellationToken);
            return new CobblestoneWriteStream(ciphertext, derived);
        }
        catch
        {
            derived.Dispose();
            throw;
        }
    }

    /// <summary>Opens a stream that reads the message. Key and context are checked before anything else; where the ciphertext is seekable,
    /// so is the message, and its length is authenticated here too.</summary>
    /// <param name="ciphertext">The ciphertext from its current position to its end.</param>
    /// <param name="key">The 32 bytes it was sealed with.</param>
    /// <param name="context">The bytes it was bound to.</param>
    /// <param name="leaveOpen">Whether disposing the reader leaves <paramref name="ciphertext"/> open.</param>
    /// <param name="cancellationToken">Cancels the reads made here.</param>
    /// <returns>A read-only stream. It gives out no byte before the byte's chunk is authenticated; a failure is final, and every later read
    /// repeats it.</returns>
    /// <exception cref="MedRedactException"><see cref="Faults.CannotOpen"/>: wrong key, wrong context, damaged or cut; which, is not said.</exception>
    public static async ValueTask<Stream> OpenReadAsync(
        Stream ciphertext, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, bool leaveOpen = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ciphertext);
        if (key.Length != KeySize)
            throw Faults.Refuse(Faults.CannotOpen);

        return await CobblestoneReadStream.OpenAsync(ciphertext, key, context, leaveOpen, cancellationToken);
    }
}
