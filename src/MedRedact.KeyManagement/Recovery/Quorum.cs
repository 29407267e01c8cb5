using MedRedact.Durability;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement.Recovery;

/// <summary>The custodians who opened their shares for one recovery: as many as it takes, all different, all within a window of time.</summary>
internal sealed class Quorum : IDisposable
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private readonly BundleHeader _bundle;
    private readonly List<OpenedShare> _shares = [];

    private Quorum(BundleHeader bundle) => _bundle = bundle;

    public IReadOnlyList<OpenedShare> Shares => _shares;

    /// <summary>Admits shares one by one; the first that does not belong here ends it.</summary>
    public static Quorum Of(BundleHeader bundle, IEnumerable<string> files, TimeSpan window, DateTimeOffset now)
    {
        var quorum = new Quorum(bundle);
        try
        {
            foreach (string file in files)
                quorum.Admit(file, window, now);
            return quorum._shares.Count >= bundle.Threshold ? quorum : throw Faults.Refuse(Faults.WrongNumberOfShares);
        }
        catch
        {
            quorum.Dispose();
            throw;
        }
    }

    /// <summary>The recovery key.</summary>
    public SecretBuffer Combine()
    {
        SecretBuffer key = Slip39.Combine([.. _shares.Take(_bundle.Threshold).Select(share => (ReadOnlyMemory<byte>)share.Words.Memory)]);
        if (key.Length == Cobblestone.KeySize)
            return key;

        key.Dispose();
        throw Faults.Refuse(Faults.SharesDoNotFit);
    }

    public void Dispose() => _shares.ForEach(share => share.Dispose());

    private void Admit(string path, TimeSpan window, DateTimeOffset now)
    {
        using SecretBuffer? file = SecretFile.Read(path, OpenedShare.MaxSize, SecretFile.Sharing.None, PhysicalFileOperations.Instance);
        OpenedShare share = (file is null ? null : OpenedShare.TryRead(file.Span)) ?? throw Faults.Refuse(Faults.UnreadableShare);
        FaultCode? refusal = Refusal(share, window, now);
        if (refusal is null)
        {
            _shares.Add(share);
            return;
        }

        share.Dispose();
        throw Faults.Refuse(refusal.Value);
    }

    private FaultCode? Refusal(OpenedShare share, TimeSpan window, DateTimeOffset now)
    {
        ShareHeader header = share.Header;
        if (header.Key != _bundle.Key || header.Index > _bundle.Custodians.Length || header != _bundle.Share(header.Index))
            return Faults.SharesOfDifferentSets;
        if (_shares.Any(other => other.Header.Index == header.Index || other.Header.Custodian == header.Custodian))
            return Faults.ShareTwice;
        if (share.OpenedAt < now - window || share.OpenedAt > now + ClockSkew)
            return Faults.OutsideWindow;

        // The words say their place too: a custodian who hands in somebody else's words is not another custodian.
        using Slip39Share? words = Slip39Text.TryRead(share.Words.Span);
        return words is not null && words.Point.X == header.Index - 1 && words.MemberThreshold == header.Threshold && words.Set is { GroupCount: 1, Exponent: 0 }
            ? null
            : Faults.UnreadableShare;
    }
}
