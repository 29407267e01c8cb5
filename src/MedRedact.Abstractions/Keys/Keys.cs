using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace MedRedact;

/// <summary>What a sealed object is: bound by wrapping and sealing, so that an object opens nowhere but in its place.</summary>
/// <param name="Purpose">What the key is for.</param>
/// <param name="Zone">The zone the object lies in.</param>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Document">The document it belongs to, if to one.</param>
public sealed record KeyContext(KeyPurpose Purpose, StorageZone Zone, TenantId Tenant, DocumentId? Document)
{
    /// <summary>Whose data it is, where the object belongs to one person and to no document, e.g. the value behind a token.</summary>
    public SubjectId? Subject { get; init; }

    /// <summary>The canonical bytes: purpose, zone, tenant, document and, where there is one, subject, each prefixed with its length as a 32-bit big-endian number.</summary>
    /// <returns>New bytes; equal for equal contexts and different for different ones.</returns>
    public byte[] ToBytes()
    {
        byte[][] parts =
        [
            Encoding.ASCII.GetBytes(Purpose.Value),
            [checked((byte)Zone)],
            Encoding.ASCII.GetBytes(Tenant.Value),
            Document?.Value.ToByteArray(bigEndian: true) ?? [],
            .. Subject is { } subject ? [subject.Value.ToArray()] : Array.Empty<byte[]>(),
        ];

        byte[] bytes = new byte[parts.Sum(part => 4 + part.Length)];
        Span<byte> rest = bytes;
        foreach (byte[] part in parts)
        {
            BinaryPrimitives.WriteInt32BigEndian(rest, part.Length);
            part.CopyTo(rest[4..]);
            rest = rest[(4 + part.Length)..];
        }

        return bytes;
    }
}

/// <summary>A data key that only its wrapper can open.</summary>
/// <param name="WrappedBy">The wrapping key.</param>
/// <param name="Blob">The wrapped bytes, at most 4 KiB.</param>
public sealed record WrappedKey(KeyId WrappedBy, ReadOnlyMemory<byte> Blob);

/// <summary>The seam for a KMS or an HSM. Thread-safe. A wrong context and a damaged blob get one and the same answer.</summary>
public interface IKeyWrapper
{
    /// <summary>Wraps a data key under the active wrapping key of the context's zone.</summary>
    /// <param name="dataKey">32 bytes; the caller clears them.</param>
    /// <param name="context">Bound to the wrapping.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The wrapped key.</returns>
    /// <exception cref="KeyServiceException">The service failed; see <see cref="KeyServiceException.Failure"/>.</exception>
    ValueTask<WrappedKey> WrapAsync(ReadOnlyMemory<byte> dataKey, KeyContext context, CancellationToken cancellationToken = default);

    /// <summary>Unwraps a data key.</summary>
    /// <param name="dataKey">What <see cref="WrapAsync"/> returned.</param>
    /// <param name="context">The same context.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>32 bytes, zeroed on disposal; the caller owns them.</returns>
    /// <exception cref="MedRedactException">Wrong context, damaged blob, an unknown, disabled or destroyed key: one undetailed answer, a
    /// <see cref="KeyServiceException"/> of <see cref="KeyFailure.Integrity"/> or a plain fault. A <see cref="KeyServiceException"/> of another failure is the
    /// service's: it says nothing about the blob.</exception>
    ValueTask<IMemoryOwner<byte>> UnwrapAsync(WrappedKey dataKey, KeyContext context, CancellationToken cancellationToken = default);
}

/// <summary>Envelopes as streams. Thread-safe. No byte is readable before its chunk is authenticated; a cut stream throws at its end.</summary>
public interface IObjectSealer
{
    /// <summary>Starts an envelope; disposing the returned stream completes it.</summary>
    /// <param name="envelope">Where the envelope goes; left open.</param>
    /// <param name="context">Bound to the envelope.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A write-only stream for the plaintext.</returns>
    ValueTask<Stream> OpenWriteAsync(Stream envelope, KeyContext context, CancellationToken cancellationToken = default);

    /// <summary>Opens an envelope.</summary>
    /// <param name="envelope">The envelope; disposed with the returned stream.</param>
    /// <param name="context">The same context.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A read-only stream of the plaintext; seekable where the envelope is.</returns>
    ValueTask<Stream> OpenReadAsync(Stream envelope, KeyContext context, CancellationToken cancellationToken = default);
}

/// <summary>Hands out keys that work and do not come out. Thread-safe.</summary>
public interface IKeyProvider
{
    /// <summary>The signing key of a purpose, ECDSA over P-256.</summary>
    /// <param name="purpose">What is signed.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The signer.</returns>
    ValueTask<ISigner> GetSignerAsync(KeyPurpose purpose, CancellationToken cancellationToken = default);

    /// <summary>The public keys by which signatures of a purpose are accepted: the one that signs now, and those before it that were retired and not disabled.</summary>
    /// <param name="purpose">What is signed.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The keys, the one that signs now first. A provider that never rotates has this one alone, which is the default.</returns>
    async ValueTask<ImmutableArray<VerificationKey>> GetVerificationKeysAsync(KeyPurpose purpose, CancellationToken cancellationToken = default)
    {
        ISigner signer = await GetSignerAsync(purpose, cancellationToken);
        return [new VerificationKey(signer.Key, signer.PublicKey)];
    }

    /// <summary>The public key that a signature names. Where keys are listed a moment late, this asks for the one: a signature by a key that another host made just now is none by a stranger.</summary>
    /// <param name="purpose">What is signed.</param>
    /// <param name="key">The key that is said to have signed; it may be anything that was read.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The key, or <see langword="null"/> where its signatures of this purpose are not accepted. The default looks among <see cref="GetVerificationKeysAsync"/>.</returns>
    async ValueTask<VerificationKey?> FindVerificationKeyAsync(KeyPurpose purpose, KeyId key, CancellationToken cancellationToken = default) =>
        (await GetVerificationKeysAsync(purpose, cancellationToken)).FirstOrDefault(each => each.Key == key);

    /// <summary>The MAC key of a purpose and tenant.</summary>
    /// <param name="purpose">What is authenticated or indexed.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The key.</returns>
    ValueTask<IMacKey> GetMacKeyAsync(KeyPurpose purpose, TenantId tenant, CancellationToken cancellationToken = default);
}

/// <summary>A public key by which signatures are accepted.</summary>
/// <param name="Key">The key.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo (RFC 5280), ECDSA over P-256.</param>
public sealed record VerificationKey(KeyId Key, ReadOnlyMemory<byte> PublicKey);

/// <summary>Signs with a key that does not come out. Thread-safe.</summary>
public interface ISigner
{
    /// <summary>The key.</summary>
    KeyId Key { get; }

    /// <summary>The public key as SubjectPublicKeyInfo (RFC 5280), so that anyone can verify.</summary>
    ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>Signs a message: ECDSA over P-256 with SHA-256, DER-encoded (RFC 3279).</summary>
    /// <param name="message">The message itself, not its digest.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The signature.</returns>
    ValueTask<ReadOnlyMemory<byte>> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default);
}

/// <summary>Computes HMAC-SHA-256 with a key that does not come out. Thread-safe.</summary>
public interface IMacKey
{
    /// <summary>The key.</summary>
    KeyId Key { get; }

    /// <summary>Authenticates a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The MAC.</returns>
    ValueTask<Digest256> ComputeAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default);
}
