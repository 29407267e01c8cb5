using System.Security.Cryptography;
using MedRedact.Durability;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement.Recovery;

/// <summary>Puts keys in place again from a bundle and the shares of as many custodians as it takes.</summary>
/// <param name="options">Where the keys go, and the passphrase that protects them there. There must be none yet.</param>
/// <param name="actor">Who does it.</param>
/// <param name="time">Judges the window.</param>
public sealed class KeyRecovery(LocalKeyRingOptions options, ActorId actor, TimeProvider time)
{
    private const string StagingPrefix = ".recovering-";

    /// <summary>How long ago shares may have been opened. Default: 24 hours; more than zero.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Recovers the keys. They come into place at once, after the ledger has recorded who opened shares and that keys are recovered.</summary>
    /// <param name="bundle">The bundle's file.</param>
    /// <param name="openedShares">Files of opened shares; readable by their owner alone.</param>
    /// <param name="ledger">Opens the ledger. It is given the recovered keys, since a ledger signs with one of them; it is disposed before the keys are in place.</param>
    /// <param name="cancellationToken">Stops the call until the keys are put in place.</param>
    /// <returns>The recovery key's name.</returns>
    /// <exception cref="MedRedactException">One of <see cref="Faults"/>, or what the ledger throws; no keys are in place then.</exception>
    public async Task<KeyId> RecoverAsync(
        string bundle, IReadOnlyCollection<string> openedShares, Func<IKeyProvider, IAuditSink> ledger, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(openedShares);
        ArgumentNullException.ThrowIfNull(ledger);
        string target = Path.GetFullPath(options.ResolvedFile), folder = Path.GetDirectoryName(target)!, home = Path.GetDirectoryName(folder)!;
        try
        {
            if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
                throw Faults.Refuse(Faults.KeysPresent);

            await using var file = new FileStream(bundle, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            BundleHeader header = await BundleHeader.ReadAsync(file, cancellationToken) ?? throw Faults.Refuse(Faults.UnreadableBundle);
            using Quorum quorum = Quorum.Of(header, openedShares, Window, time.GetUtcNow());
            using SecretBuffer key = quorum.Combine();

            DurableDirectory.Create(home);
            foreach (string leftover in Directory.EnumerateDirectories(home, StagingPrefix + "*"))
                Directory.Delete(leftover, recursive: true);

            string staging = Path.Combine(home, StagingPrefix + RandomNumberGenerator.GetHexString(16, lowercase: true));
            DurableDirectory.Create(staging);
            try
            {
                await RestoreAsync(file, header, key.Memory, Path.Combine(staging, Path.GetFileName(target)), cancellationToken);
                await RecordAsync(quorum, header, Path.Combine(staging, Path.GetFileName(target)), ledger, cancellationToken);
                if (Directory.Exists(folder))
                    Directory.Delete(folder);
                DurableDirectory.Publish(staging, folder);
                return header.Key.Key;
            }
            finally
            {
                if (Directory.Exists(staging))
                    Directory.Delete(staging, recursive: true);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The system's exception is not attached: its message holds the path.
            throw Faults.Refuse(Faults.StorageFailed, fault as DurabilityException);
        }
    }

    private async Task RestoreAsync(Stream bundle, BundleHeader header, ReadOnlyMemory<byte> key, string ring, CancellationToken cancellationToken)
    {
        KeyRing keys = await BundleReader.ReadAsync(bundle, header, key, Path.GetDirectoryName(ring)!, PhysicalFileOperations.Instance, cancellationToken);
        try
        {
            await KeyRingFile.Of(Staged(ring), time, PhysicalFileOperations.Instance).WriteAsync(keys, replace: false, cancellationToken);
        }
        finally
        {
            keys.Clear();
        }
    }

    private async Task RecordAsync(Quorum quorum, BundleHeader header, string ring, Func<IKeyProvider, IAuditSink> ledger, CancellationToken cancellationToken)
    {
        using var keys = new LocalKeyRing(Staged(ring), time);
        IAuditSink sink = ledger(keys);
        try
        {
            foreach (OpenedShare share in quorum.Shares)
                await sink.AppendAsync(RecoveryEvents.OfOpening(share.Header, share.OpenedAt, time.GetUtcNow(), actor), cancellationToken);
            await sink.AppendAsync(RecoveryEvents.OfRecovery(header.Share(1), quorum.Shares.Count, time.GetUtcNow(), actor), cancellationToken);
        }
        finally
        {
            if (sink is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync();
            else
                (sink as IDisposable)?.Dispose();
        }
    }

    private LocalKeyRingOptions Staged(string ring) => new()
    {
        File = ring, PassphraseFile = options.PassphraseFile, PassphraseMemoryMiB = options.PassphraseMemoryMiB, CreateIfMissing = false,
    };
}
