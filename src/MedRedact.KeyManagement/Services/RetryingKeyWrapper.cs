using System.Buffers;

namespace MedRedact.KeyManagement;

/// <summary>A key wrapper whose service is asked again where it failed for now. Wrapping twice does no harm: a wrapped key that nobody received opens nothing.</summary>
/// <param name="inner">The wrapper; stays with the caller.</param>
/// <param name="retry">The bounds.</param>
public sealed class RetryingKeyWrapper(IKeyWrapper inner, KeyRetry retry) : IKeyWrapper
{
    /// <inheritdoc/>
    public ValueTask<WrappedKey> WrapAsync(ReadOnlyMemory<byte> dataKey, KeyContext context, CancellationToken cancellationToken = default) =>
        retry.RunAsync(token => inner.WrapAsync(dataKey, context, token), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IMemoryOwner<byte>> UnwrapAsync(WrappedKey dataKey, KeyContext context, CancellationToken cancellationToken = default) =>
        retry.RunAsync(token => inner.UnwrapAsync(dataKey, context, token), cancellationToken);
}
