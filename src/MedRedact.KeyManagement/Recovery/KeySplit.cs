using System.Collections.Immutable;
using MedRedact.Durability;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement.Recovery;

/// <summary>Writes down everything that opens a home's data, under a fresh recovery key that is split among custodians: any
/// <c>threshold</c> of them give it back, fewer learn nothing.</summary>
/// <remarks>Takes public keys alone, so it can run often and without anybody present; the newest bundle replaces the ones before. A bundle opens what could be opened
/// when it was made, also what is shredded later: destroy older bundles when you shred. It holds the keys themselves, so recovery needs no passphrase. The process must not
/// hold files of the keys' folder open meanwhile.</remarks>
/// <param name="options">Where the keys lie.</param>
/// <param name="audit">Records the split before anything is handed out.</param>
/// <param name="actor">Who does it.</param>
/// <param name="time">Dates the bundle.</param>
public sealed class KeySplit(LocalKeyRingOptions options, IAuditSink audit, ActorId actor, TimeProvider time)
{
    /// <summary>The bundle's name in its folder.</summary>
    public const string BundleFile = "recovery.mrkb";

    /// <summary>The name of a share in the bundle's folder.</summary>
    /// <param name="index">Which, from 1.</param>
    /// <returns>The name.</returns>
    public static string ShareFile(int index) => FormattableString.Invariant($"share-{index:00}.mrks");

    /// <summary>Writes a bundle and a share for each custodian.</summary>
    /// <param name="threshold">Custodians that it takes: 2 to as many as there are.</param>
    /// <param name="custodians">2 to 16, each with a key of his own.</param>
    /// <param name="folder">Where to; created when missing, empty when not.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <returns>The recovery key's name.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Threshold or number of custodians is out of its range.</exception>
    /// <exception cref="MedRedactException">One of <see cref="Faults"/>, or what the ledger throws; no bundle is in the folder then.</exception>
    public async Task<KeyId> WriteAsync(int threshold, IReadOnlyList<Custodian> custodians, string folder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(custodians);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!ShareHeader.IsPossible(threshold, custodians.Count))
            throw new ArgumentOutOfRangeException(nameof(threshold), "It takes 2 to as many custodians as there are, and there are at most 16.");
        if (custodians.DistinctBy(custodian => custodian.Fingerprint).Count() != custodians.Count)
            throw Faults.Refuse(Faults.UnusableCustodianKey);

        var header = new BundleHeader(RecoveryKeyId.Random(), threshold, Moment.Now(time), [.. custodians.Select(custodian => custodian.Fingerprint)]);
        var files = new List<AtomicFile>();
        try
        {
            DurableDirectory.Create(folder);
            if (PhysicalFileOperations.Instance.List(folder).Count > 0)
                throw Faults.Refuse(Faults.FolderInUse);

            using SecretBuffer key = SecretBuffer.Random(Cobblestone.KeySize);
            foreach ((byte[] share, int i) in Shares(key.Span, header, custodians).Select((share, i) => (share, i)))
            {
                files.Add(AtomicFile.Create(Path.Combine(folder, ShareFile(i + 1))));
                await files[i].Content.WriteAsync(share, cancellationToken);
            }

            files.Add(await BundleAsync(Path.Combine(folder, BundleFile), header, key.Memory, cancellationToken));
            await audit.AppendAsync(RecoveryEvents.OfSplit(header.Share(1), time.GetUtcNow(), actor), cancellationToken);
            foreach (AtomicFile file in files)
                await file.CommitAsync(replace: false, CancellationToken.None);
            return header.Key.Key;
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(Faults.StorageFailed, fault);
        }
        finally
        {
            foreach (AtomicFile file in files)
                file.Dispose();
        }
    }

    private static List<byte[]> Shares(ReadOnlySpan<byte> key, BundleHeader header, IReadOnlyList<Custodian> custodians)
    {
        ImmutableArray<SecretBuffer> words = Slip39.Split(key, new Slip39Plan { Groups = [new(header.Threshold, custodians.Count)] })[0];
        var shares = new List<byte[]>(words.Length);
        for (int i = 0; i < words.Length; i++)
        {
            using SecretBuffer share = words[i];
            shares.Add(SealedShare.Seal(header.Share(i + 1), custodians[i], share.Span));
        }

        return shares;
    }

    /// <summary>The ring stays locked meanwhile: no key is made that the bundle misses.</summary>
    private async Task<AtomicFile> BundleAsync(string path, BundleHeader header, ReadOnlyMemory<byte> key, CancellationToken cancellationToken)
    {
        string ring = Path.GetFullPath(options.ResolvedFile);
        KeyRingFile file = KeyRingFile.Of(options, time, PhysicalFileOperations.Instance);
        using FileLock held = await file.LockAsync(createFolder: false, cancellationToken);
        if (!file.Exists)
            throw Faults.Refuse(Faults.NoRing);

        KeyRing keys = await file.ReadAsync(cancellationToken);
        try
        {
            using SecretBuffer content = KeyRingContent.Write(keys);
            return await BundleWriter.WriteAsync(
                path, header, key, content.Memory, Path.GetDirectoryName(ring)!, Path.GetFileName(ring), PhysicalFileOperations.Instance, cancellationToken);
        }
        finally
        {
            keys.Clear();
        }
    }
}
