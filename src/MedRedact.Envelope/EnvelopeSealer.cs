using System.Buffers;
using System.Collections.Immutable;

namespace MedRedact.Envelope;

/// <summary>Seals objects under a fresh data key each, wrapped by a key wrapper and bound to purpose, zone, tenant and document.</summary>
/// <remarks>Thread-safe where the wrapper is. Disposing the write stream completes the envelope even after its writer failed half-way, so an
/// envelope counts only once its caller publishes it, as the stores of MedRedact do by renaming.</remarks>
/// <param name="wrapper">Wraps and unwraps data keys; stays with the caller.</param>
public sealed class EnvelopeSealer(IKeyWrapper wrapper) : IObjectSealer
{
    /// <summary>Further wrappers that must be able to open every envelope sealed here, such as a recovery key; at most 15. Default: none.</summary>
    public ImmutableArray<IKeyWrapper> AlsoFor { get; init; } = [];

    /// <inheritdoc/>
    public async ValueTask<Stream> OpenWriteAsync(Stream envelope, KeyContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        ArgumentNullException.ThrowIfNull(context);
        using SecretBuffer dataKey = SecretBuffer.Random(Cobblestone.KeySize);

        var keys = ImmutableArray.CreateBuilder<WrappedKey>(1 + AlsoFor.Length);
        foreach (IKeyWrapper each in AlsoFor.Insert(0, wrapper))
            keys.Add(await each.WrapAsync(dataKey.Memory, context, cancellationToken));

        EnvelopeHeader header = EnvelopeHeader.Of(keys.MoveToImmutable());
        await envelope.WriteAsync(header.Bytes, cancellationToken);
        return await Cobblestone.OpenWriteAsync(envelope, dataKey.Memory, header.BodyContext(context), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><see cref="Faults.CannotOpen"/>: the one answer to a wrong key, a wrong context and damage.
    /// <paramref name="envelope"/> is disposed then.</exception>
    /// <exception cref="KeyServiceException">No wrapped key opened, and a key service was busy or out of reach: that is no damage, and the same
    /// envelope may open later. <paramref name="envelope"/> is disposed then.</exception>
    public async ValueTask<Stream> OpenReadAsync(Stream envelope, KeyContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            EnvelopeHeader header = await EnvelopeHeader.ReadAsync(envelope, cancellationToken);
            using IMemoryOwner<byte> dataKey = await UnwrapAsync(header, context, cancellationToken);
            return await Cobblestone.OpenReadAsync(envelope, dataKey.Memory, header.BodyContext(context), leaveOpen: false, cancellationToken);
        }
        catch
        {
            await envelope.DisposeAsync();
            throw;
        }
    }

    private async ValueTask<IMemoryOwner<byte>> UnwrapAsync(EnvelopeHeader header, KeyContext context, CancellationToken cancellationToken)
    {
        KeyServiceException? unjudged = null;
        foreach (WrappedKey key in header.Keys)
        {
            try
            {
                return await wrapper.UnwrapAsync(key, context, cancellationToken);
            }
            catch (KeyServiceException failure) when (failure.IsUnjudged)
            {
                // The service did not get to judge this one. Another may open: a recovery key is there for such times.
                unjudged ??= failure;
            }
            catch (MedRedactException)
            {
                // Wrapped for somebody else, for another place, damaged, or not for us: the wrapper does not say which, and neither do we.
            }
        }

        if (unjudged is not null)
            throw unjudged;

        throw new DamagedException(EnvelopeDamage.KeyRefused);
    }
}
