using System.Collections.Immutable;
using MedRedact.Durability;

namespace MedRedact.KeyManagement.Pkcs11;

/// <summary>The keys as the token holds them: their labels are the catalogue.</summary>
internal sealed class TokenCatalogue(TokenSessions sessions, Pkcs11Options options) : IKeyCatalogue
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public ValueTask<ImmutableArray<KeyDescription>> ReadAsync(CancellationToken cancellationToken) =>
        sessions.UseAsync(session => TokenObjects.List(session).ToImmutableArray(), cancellationToken);

    public async ValueTask CreateAsync(KeyDescription key, CancellationToken cancellationToken) =>
        await DoAsync(session => TokenObjects.Create(session, key), cancellationToken);

    public async ValueTask UpdateAsync(KeyDescription key, CancellationToken cancellationToken) =>
        await DoAsync(session => TokenObjects.Update(session, key), cancellationToken);

    public ValueTask<bool> EndAsync(KeyDescription key, CancellationToken cancellationToken) =>
        DoAsync(session => TokenObjects.End(session, key), cancellationToken);

    /// <remarks>The lock's patience is the machine's time, since another process holds it.</remarks>
    public async ValueTask<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        try
        {
            DurableDirectory.Create(Path.GetDirectoryName(Path.GetFullPath(options.LockFile))!, PhysicalFileOperations.Instance);
            return await FileLock.AcquireAsync(options.LockFile, Patience, TimeProvider.System, PhysicalFileOperations.Instance, cancellationToken);
        }
        catch (DurabilityException fault)
        {
            throw KeyServiceException.Of(fault.Fault == DurabilityFault.Locked ? KeyFailure.Transient : KeyFailure.Unavailable, innerException: fault);
        }
    }

    private ValueTask<bool> DoAsync(Action<Net.Pkcs11Interop.HighLevelAPI.ISession> change, CancellationToken cancellationToken) => sessions.UseAsync(
        session =>
        {
            change(session);
            return true;
        },
        cancellationToken);
}
