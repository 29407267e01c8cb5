using System.Buffers;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement.Tests;

/// <summary>A wrapper that counts and answers as a test says: by default with 32 bytes that depend on the blob.</summary>
internal sealed class ScriptedWrapper : IKeyWrapper
{
    private int _asked;

    public int Asked => _asked;

    /// <summary>The answer to the n-th question.</summary>
    public Func<int, CancellationToken, ValueTask<IMemoryOwner<byte>>>? Unwraps { get; set; }

    public ValueTask<WrappedKey> WrapAsync(ReadOnlyMemory<byte> dataKey, KeyContext context, CancellationToken cancellationToken = default) =>
        new(new WrappedKey(new KeyId("scripted"), dataKey.ToArray()));

    public ValueTask<IMemoryOwner<byte>> UnwrapAsync(WrappedKey dataKey, KeyContext context, CancellationToken cancellationToken = default)
    {
        int asked = Interlocked.Increment(ref _asked);
        return Unwraps?.Invoke(asked, cancellationToken) ?? new(SecretBuffer.Copy(KeyOf(dataKey)));
    }

    public static byte[] KeyOf(WrappedKey wrapped) => System.Security.Cryptography.SHA256.HashData(wrapped.Blob.Span);
}
