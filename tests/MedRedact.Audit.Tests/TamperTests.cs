using System.Text;

namespace MedRedact.Audit.Tests;

/// <summary>Whatever is changed in a closed ledger is reported, with kind and place, and the ledger does not open.</summary>
public sealed class TamperTests : IAsyncLifetime
{
    private const int Events = 15;

    private readonly Rig _rig = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Checkpoint => Rig.Folder + "/checkpoint";

    public async ValueTask InitializeAsync() => await _rig.WithEventsAsync(Events);

    [Fact]
    public async Task Every_flipped_bit_is_found_where_it_is()
    {
        Assert.True(_rig.Segments().Count() >= 2);
        _rig.Options.ReadAllOnOpening = true;
        foreach (string file in _rig.Files().ToArray())
        {
            byte[] original = _rig.Read(file);
            long? segment = SegmentHeader.SequenceIn(Path.GetFileName(file));
            List<long> offsets = segment is null ? [] : Frames.Offsets(original);
            for (int at = 0; at < original.Length; at++)
            {
                for (int bit = Optional.Soak ? 0 : at % 8; bit < (Optional.Soak ? 8 : (at % 8) + 1); bit++)
                {
                    byte[] changed = [.. original];
                    changed[at] ^= (byte)(1 << bit);
                    _rig.Disk.Plant(file, changed);

                    AuditVerificationReport report = _rig.Verify();

                    if (segment is null)
                        Assert.Contains(report.Findings, f => f.Kind is AuditFindingKind.CheckpointMalformed or AuditFindingKind.CheckpointSignatureInvalid);
                    else if (at < SegmentHeader.Size)
                        Assert.Contains(report.Findings, f => f.Kind is AuditFindingKind.SegmentHeaderDamaged && f.Segment == segment);
                    else
                        Assert.Contains(report.Findings, f => f.Kind is AuditFindingKind.FrameDamaged && f.Segment == segment && f.Offset == offsets.Last(o => o <= at));
                }
            }

            _rig.Disk.Plant(file, [.. original[..^1], (byte)(original[^1] ^ 1)]);
            await RefusesToOpenAsync();
            _rig.Disk.Plant(file, original);
        }

        Assert.True(_rig.Verify().IsIntact);
    }

    [Fact]
    public async Task Every_cut_is_found()
    {
        string last = _rig.Segments().Last();
        byte[] original = _rig.Read(last);
        for (int length = 0; length < original.Length; length += Optional.Soak ? 1 : 3)
        {
            _rig.Disk.Plant(last, original[..length]);
            AuditVerificationReport report = _rig.Verify();
            Assert.Contains(report.Findings, f => f.Kind is AuditFindingKind.EventsMissing or AuditFindingKind.SegmentHeaderDamaged);
        }

        await RefusesToOpenAsync();
    }

    [Fact]
    public async Task A_missing_segment_is_found_first_middle_or_last()
    {
        string[] segments = [.. _rig.Segments()];
        foreach (string segment in segments)
        {
            byte[] original = _rig.Read(segment);
            _rig.Disk.Remove(segment);
            long first = SegmentHeader.SequenceIn(Path.GetFileName(segment))!.Value;

            Assert.Contains(_rig.Verify().Findings, f => f.Kind == AuditFindingKind.EventsMissing && f.Sequence == first);
            await RefusesToOpenAsync();
            _rig.Disk.Plant(segment, original);
        }
    }

    [Fact]
    public async Task Deleted_swapped_doubled_and_inserted_records_are_found_though_their_sums_are_right()
    {
        string segment = _rig.Segments().First();
        byte[] original = _rig.Read(segment);
        List<byte[]> frames = Frames.Split(original);
        for (int i = 0; i < frames.Count - 1; i++)
        {
            long sequence = i;
            List<byte[]> deleted = [.. frames[..i], .. frames[(i + 1)..]];
            Expect(deleted, f => f.Kind == AuditFindingKind.EventsMissing && f.Sequence == sequence);

            List<byte[]> swapped = [.. frames];
            (swapped[i], swapped[i + 1]) = (swapped[i + 1], swapped[i]);
            Expect(swapped, f => f.Kind == AuditFindingKind.EventOutOfOrder && f.Sequence == sequence);

            List<byte[]> doubled = [.. frames[..(i + 1)], frames[i], .. frames[(i + 1)..]];
            Expect(doubled, f => f.Kind == AuditFindingKind.EventOutOfOrder && f.Sequence == sequence);

            byte[] forged = Frames.Of(Frames.LeafOf(frames[i]).Replace("permitted", "denied", StringComparison.Ordinal));
            List<byte[]> inserted = [.. frames[..i], forged, .. frames[i..]];
            Expect(inserted, f => f.Kind == AuditFindingKind.EventOutOfOrder && f.Sequence == sequence);
        }

        await RefusesToOpenAsync();

        void Expect(List<byte[]> tampered, Predicate<AuditFinding> finding)
        {
            _rig.Disk.Plant(segment, Frames.Join(original, tampered));
            Assert.Contains(_rig.Verify().Findings, finding);
        }
    }

    [Fact]
    public async Task A_changed_record_with_right_sum_and_number_is_found_by_the_chain_and_by_the_root()
    {
        string segment = _rig.Segments().First();
        byte[] original = _rig.Read(segment);
        List<byte[]> frames = Frames.Split(original);
        frames[3] = Frames.Of(Frames.LeafOf(frames[3]).Replace("permitted", "denied", StringComparison.Ordinal));
        _rig.Disk.Plant(segment, Frames.Join(original, frames));

        AuditVerificationReport report = _rig.Verify();

        // Event 3 is of document 0, whose next event is number 6; the segment after this one begins with another root.
        Assert.Contains(report.Findings, f => f.Kind == AuditFindingKind.ChainBroken && f.Sequence == 6);
        Assert.Contains(report.Findings, f => f.Kind == AuditFindingKind.RootMismatch && f.Segment == SegmentHeader.SequenceIn(Path.GetFileName(_rig.Segments().ElementAt(1))));
        Assert.Contains(report.Findings, f => f.Kind == AuditFindingKind.RootMismatch && f.Sequence == Events);
        await RefusesToOpenAsync();
    }

    [Fact]
    public void A_record_appended_after_the_last_checkpoint_is_shown_as_unsigned()
    {
        string segment = _rig.Segments().Last();
        byte[] original = _rig.Read(segment);
        string leaf = Frames.LeafOf(Frames.Split(original)[^1]).Replace("\"seq\":14", "\"seq\":15", StringComparison.Ordinal);
        _rig.Disk.Plant(segment, [.. original, .. Frames.Of(leaf)]);

        Assert.Contains(_rig.Verify().Findings, f => f.Kind == AuditFindingKind.EventsUnsigned && f.Sequence == Events && f.Offset == original.Length);
    }

    [Fact]
    public async Task A_checkpoint_of_another_size_root_origin_or_key_is_found_though_its_signature_is_valid()
    {
        AuditCheckpoint real = _rig.Verify().Checkpoint!;
        using var stranger = new TestKeys();
        (byte[] Note, AuditFindingKind Kind)[] forgeries =
        [
            (_rig.Keys.Checkpoint(real.Origin, real.Size, Sample.Digest(1)), AuditFindingKind.RootMismatch),
            (_rig.Keys.Checkpoint(real.Origin, real.Size + 1, real.Root), AuditFindingKind.EventsMissing),
            (_rig.Keys.Checkpoint(real.Origin, real.Size - 1, real.Root), AuditFindingKind.RootMismatch),
            (_rig.Keys.Checkpoint("other.example/audit", real.Size, real.Root), AuditFindingKind.OriginMismatch),
            (stranger.Checkpoint(real.Origin, real.Size, real.Root), AuditFindingKind.CheckpointSignatureInvalid),
            (Encoding.UTF8.GetBytes(real.Text), AuditFindingKind.CheckpointMalformed),
        ];
        foreach ((byte[] note, AuditFindingKind kind) in forgeries)
        {
            _rig.Disk.Plant(Checkpoint, note);
            Assert.Contains(_rig.Verify(new() { Origin = Rig.Origin }).Findings, f => f.Kind == kind);
            await RefusesToOpenAsync();
        }

        // Without an expected origin, the segments still belong to another ledger.
        _rig.Disk.Plant(Checkpoint, _rig.Keys.Checkpoint("other.example/audit", real.Size, real.Root));
        Assert.Contains(_rig.Verify().Findings, f => f.Kind == AuditFindingKind.OriginMismatch && f.Segment == 0);

        _rig.Disk.Remove(Checkpoint);
        Assert.Contains(_rig.Verify().Findings, f => f.Kind == AuditFindingKind.CheckpointMissing);
        await RefusesToOpenAsync();
    }

    [Fact]
    public async Task A_rolled_back_folder_is_found_with_a_checkpoint_that_was_kept()
    {
        using Rig earlier = _rig.Copy();
        await _rig.WithEventsAsync(5, from: Events);
        AuditCheckpoint kept = _rig.Verify().Checkpoint!;

        Assert.True(earlier.Verify().IsIntact);
        Assert.Contains(earlier.Verify(new() { KnownCheckpoint = kept }).Findings, f => f.Kind == AuditFindingKind.HistoryRewritten && f.Sequence == Events);
        Assert.True(_rig.Verify(new() { KnownCheckpoint = kept }).IsIntact);

        await _rig.WithEventsAsync(5, from: Events + 5);
        Assert.True(_rig.Verify(new() { KnownCheckpoint = kept }).IsIntact);
    }

    [Fact]
    public async Task A_fork_is_found_with_a_checkpoint_that_was_kept_though_both_branches_are_signed()
    {
        using Rig fork = _rig.Copy();
        await _rig.WithEventsAsync(5, from: Events);
        await fork.WithEventsAsync(5, from: 99);

        Assert.True(fork.Verify().IsIntact);
        Assert.Contains(
            fork.Verify(new() { KnownCheckpoint = _rig.Verify().Checkpoint }).Findings,
            f => f.Kind == AuditFindingKind.HistoryRewritten);
    }

    [Fact]
    public void A_segment_under_another_name_or_of_another_ledger_is_found()
    {
        string[] segments = [.. _rig.Segments()];
        byte[] second = _rig.Read(segments[1]);

        _rig.Disk.Plant(segments[0], second);
        Assert.Contains(_rig.Verify().Findings, f => f.Kind == AuditFindingKind.SegmentHeaderDamaged && f.Segment == 0);
    }

    [Fact]
    public async Task A_segment_too_long_to_be_one_is_found_and_not_taken_for_an_empty_one()
    {
        string folder = Directory.CreateTempSubdirectory("medredact-").FullName;
        try
        {
            await using (var ledger = new AuditLedger(new() { Folder = folder }, _rig.Keys))
                await ledger.OpenAsync(Token);
            string segment = Directory.GetFiles(folder, "*.segment").Single();
            await using (FileStream stretched = File.OpenWrite(segment))
                stretched.SetLength(300 << 20);

            AuditVerificationReport report = await AuditLedgerVerifier.VerifyAsync(folder, _rig.Keys.PublicKey, cancellationToken: Token);

            Assert.Contains(report.Findings, f => f.Kind == AuditFindingKind.FrameDamaged && f.Segment == 0);
            await using var refusing = new AuditLedger(new() { Folder = folder }, _rig.Keys);
            await Assert.ThrowsAsync<AuditLedgerException>(() => refusing.OpenAsync(Token));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_walk_ends_after_a_thousand_findings()
    {
        string segment = _rig.Segments().Last();
        byte[] last = Frames.Split(_rig.Read(segment))[^1];
        _rig.Disk.Plant(segment, Frames.Join(_rig.Read(segment), Enumerable.Repeat(last, 1_500)));

        AuditVerificationReport report = _rig.Verify();

        Assert.Equal((1_000, true), (report.Findings.Length, report.HasMore));
    }

    [Fact]
    public async Task A_reader_does_not_take_damage_for_the_end()
    {
        string last = _rig.Segments().Last();
        byte[] damaged = _rig.Read(last);
        damaged[^1] ^= 1;
        _rig.Disk.Plant(last, damaged);

        AuditLedgerException fault = await Assert.ThrowsAsync<AuditLedgerException>(() => _rig.ReadAsync());

        Assert.Equal((AuditFindingKind.EventsMissing, Events - 1L), (fault.Finding.Kind, fault.Finding.Sequence));
    }

    public ValueTask DisposeAsync()
    {
        _rig.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task RefusesToOpenAsync()
    {
        await using AuditLedger ledger = _rig.NewLedger();
        AuditLedgerException refused = await Assert.ThrowsAsync<AuditLedgerException>(() => ledger.OpenAsync(Token));
        Assert.Equal(Faults.Tampered, refused.Code);
        Assert.Contains(refused.Finding.ToString(), refused.Message, StringComparison.Ordinal);
    }
}
