using MedRedact.Durability;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement.Recovery;

/// <summary>What a custodian opened.</summary>
/// <param name="Key">The recovery key's name.</param>
/// <param name="Index">Which share, from 1.</param>
/// <param name="Threshold">Shares that it takes.</param>
/// <param name="Count">Shares there are.</param>
public sealed record ShareDescription(KeyId Key, int Index, int Threshold, int Count);

/// <summary>Opens a share with its custodian's private key, for a recovery that is under way. Opened shares are secrets: as many as the threshold are the keys.</summary>
/// <param name="time">Dates the opening.</param>
public sealed class ShareOpening(TimeProvider time)
{
    /// <summary>Opens a share and writes what was in it, under the custodian's signature, to a file of mode 0600.</summary>
    /// <param name="share">The share's file.</param>
    /// <param name="privateKey">The custodian's private key: PEM, readable by its owner alone.</param>
    /// <param name="passphrase">The file of that key's passphrase, or <see langword="null"/> where it has none.</param>
    /// <param name="target">The file to write; must not exist.</param>
    /// <param name="audit">Records the opening first; <see langword="null"/> where the custodian has no ledger at hand: then the recovery records it.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>What was opened.</returns>
    /// <exception cref="MedRedactException">One of <see cref="Faults"/>, or what the ledger throws; nothing was written then.</exception>
    public async Task<ShareDescription> OpenAsync(
        string share, string privateKey, string? passphrase, string target, IAuditSink? audit, ActorId actor, CancellationToken cancellationToken = default)
    {
        byte[] content = Read(share);
        ShareHeader header = SealedShare.Header(content) ?? throw Faults.Refuse(Faults.UnreadableShare);
        using CustodianPrivateKey key = CustodianPrivateKey.Read(privateKey, passphrase, PhysicalFileOperations.Instance);
        using SecretBuffer words = SealedShare.TryOpen(content, key) ?? throw Faults.Refuse(Faults.CannotOpenShare);
        DateTimeOffset openedAt = Moment.Now(time);
        using SecretBuffer opened = OpenedShare.Write(header, openedAt, words.Span, key);
        try
        {
            using AtomicFile file = AtomicFile.Create(target);
            await file.Content.WriteAsync(opened.Memory, cancellationToken);
            if (audit is not null)
                await audit.AppendAsync(RecoveryEvents.OfOpening(header, openedAt, time.GetUtcNow(), actor), cancellationToken);

            await file.CommitAsync(replace: false, CancellationToken.None);
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(Faults.StorageFailed, fault);
        }

        return new(header.Key.Key, header.Index, header.Threshold, header.Count);
    }

    private static byte[] Read(string path)
    {
        try
        {
            using IFileHandle file = PhysicalFileOperations.Instance.Open(path, FileOpening.Read);
            byte[] content = new byte[Math.Min(file.Length, SealedShare.MaxSize + 1)];
            return file.ReadFully(content, 0) == content.Length && content.Length <= SealedShare.MaxSize ? content : throw Faults.Refuse(Faults.UnreadableShare);
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(Faults.StorageFailed, fault);
        }
    }
}
