using System.Security.Cryptography;
using MedRedact.Durability;

namespace MedRedact.Audit.Forwarding;

/// <summary>What a round of archiving came to.</summary>
/// <param name="Segments">How many segments it stored.</param>
/// <param name="Events">How many events of the ledger, from the first on, are in the archive.</param>
public sealed record ArchiveReport(int Segments, long Events);

/// <summary>Copies full segments of a ledger and its signed checkpoints to a write-once store, only once they have been verified under the checkpoint.</summary>
/// <remarks>Each round stores the checkpoint of that moment and the segments that have become full; it goes on where the last one was, and repeating it does no harm. The archive with the newest
/// checkpoint that it has all events of is a ledger's folder again, which the ledger's verifier reads (docs/forwarding.md).</remarks>
public sealed class LedgerArchiver
{
    private readonly AuditForwarderOptions _options;
    private readonly IWormStore _store;
    private readonly LedgerKeys _keys;
    private readonly TimeSpan _retention;
    private readonly TimeProvider _time;
    private readonly ForwardingCursor _cursor;

    /// <summary>Prepares an archiver; nothing is read yet.</summary>
    /// <param name="options">The ledger's folder and that of the places, where this archiver keeps its own; copied.</param>
    /// <param name="name">Its name among the places, 1 to 64 characters of a-z, 0-9, '.' and '-'.</param>
    /// <param name="store">Where copies go.</param>
    /// <param name="keys">Says which keys sign the ledger.</param>
    /// <param name="retention">For how long from now copies are locked. Default: 2,192 days, the six years of 45 CFR 164.316(b)(2)(i).</param>
    /// <param name="time">Dates the retention.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or the name is none.</exception>
    public LedgerArchiver(AuditForwarderOptions options, string name, IWormStore store, LedgerKeys keys, TimeSpan? retention = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(keys);
        (_options, _store, _keys, _time) = (options.Copy(), store, keys, time ?? TimeProvider.System);
        _retention = retention ?? TimeSpan.FromDays(2_192);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_retention, TimeSpan.Zero, nameof(retention));
        _cursor = new(Path.Combine(Path.GetFullPath(_options.CursorFolder), AuditValue.Parse(AuditValueType.Id, name).Text + ".cursor"), PhysicalFileOperations.Instance);
    }

    /// <summary>Stores what there is to store. One round at a time.</summary>
    /// <param name="cancellationToken">Stops between segments.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="AuditLedgerException"><c>MR-AUD-005</c>: the ledger is not what was signed. Nothing more was stored.</exception>
    /// <exception cref="MedRedactException"><c>MR-FWD-006</c>, <c>MR-FWD-007</c>: the place; <c>MR-FWD-010</c>: the archive holds something else; or what the store says.</exception>
    public async Task<ArchiveReport> ArchiveAsync(CancellationToken cancellationToken = default)
    {
        IReadOnlyList<VerifierKey> keys = await _keys(cancellationToken);
        AuditLedgerPosition place = _cursor.Read();
        AuditCheckpoint checkpoint = AuditLedgerSnapshot.ReadCheckpoint(_options.LedgerFolder, keys);
        if (_cursor.Origin is { } origin && origin != checkpoint.Origin)
            throw Faults.Refuse(Faults.CursorDamaged);

        await PutAsync(NameOf(checkpoint), checkpoint.Note, cancellationToken);
        int count = 0;
        await foreach (AuditSegment segment in AuditLedgerSegments.ReadAsync(_options.LedgerFolder, keys, place, null, cancellationToken))
        {
            await PutAsync(new ObjectName(segment.Name), segment.Bytes, cancellationToken);
            place = segment.Position;
            _cursor.Write(segment.Checkpoint.Origin, place);
            count++;
        }

        return new(count, place.Next);
    }

    /// <summary>Two signatures of one size differ, so the name says which one it is.</summary>
    private static ObjectName NameOf(AuditCheckpoint checkpoint) =>
        new(FormattableString.Invariant($"{checkpoint.Size:D20}-{Convert.ToHexStringLower(SHA256.HashData(checkpoint.Note.Span))[..16]}.checkpoint"));

    private async ValueTask PutAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (await _store.PutAsync(name, content, _time.GetUtcNow() + _retention, cancellationToken) == WormOutcome.Differs)
            throw Faults.Refuse(Faults.WrittenOtherwise);
    }
}
