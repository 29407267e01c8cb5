using System.Security.Cryptography;
using CsCheck;
using MedRedact.Durability;

namespace MedRedact.Audit.Tests;

/// <summary>Opening by the seals of finished segments comes to what reading all of them comes to, and takes nothing on trust that is not signed.</summary>
public sealed class SealTests : IDisposable
{
    private const int Events = 700;
    private const string Seals = Rig.Folder + "-seals";

    private readonly Rig _rig = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ledger_opened_by_its_seals_goes_on_as_one_that_was_read() => await Gen.Select(Gen.Int[1, 900], Gen.Int[1, 60], Gen.Int[4 << 10, 64 << 10], Gen.Int[1, 40]).SampleAsync(
        async (events, documents, segmentSize, later) =>
        {
            using var rig = new Rig();
            rig.Options.SegmentSize = segmentSize;
            await AppendAsync(rig, 0, events, documents);

            // Closed and opened in between, so that some of what is sealed was written before and some after.
            await AppendAsync(rig, events, later, documents);
            using Rig read = rig.Copy();
            read.Options.SegmentSize = segmentSize;
            Assert.Equal(rig.Segments().Count() - 1, SealFiles(rig).Count);

            await AppendAsync(rig, events + later, documents, documents);
            await AppendAsync(read, events + later, documents, documents);

            Assert.Equal(read.Segments().Select(file => Convert.ToHexString(SHA256.HashData(read.Read(file)))), rig.Segments().Select(file => Convert.ToHexString(SHA256.HashData(rig.Read(file)))));
            Assert.True(rig.Verify().IsIntact);
        },
        iter: 25, threads: 1);

    [Fact]
    public async Task Every_event_is_proven_from_a_ledger_that_did_not_read_it()
    {
        await _rig.WithEventsAsync(Events);
        List<AuditRecord> records = await _rig.ReadAsync();
        await using AuditLedger ledger = _rig.NewLedger();
        AuditCheckpoint checkpoint = await ledger.PublishCheckpointAsync(Token);
        foreach (AuditRecord record in records)
        {
            InclusionProof proof = await ledger.GetInclusionProofAsync(record.Sequence, Events, Token);
            Assert.Equal((record.Sequence, record.LeafHash), (proof.Sequence, proof.Leaf));
            Assert.True(proof.Verify(checkpoint.Root));
        }
    }

    [Fact]
    public async Task What_was_changed_within_a_sealed_segment_is_not_read_at_an_opening_unless_it_is_to_be()
    {
        await _rig.WithEventsAsync(Events);
        Change(_rig.Segments().First(), bytes => bytes[^1] ^= 1);

        await using (AuditLedger ledger = _rig.NewLedger())
            Assert.Equal(Events, await ledger.GetSizeAsync(Token));

        Assert.Contains(_rig.Verify().Findings, finding => finding is { Kind: AuditFindingKind.FrameDamaged, Segment: 0 });
        _rig.Options.ReadAllOnOpening = true;
        await RefusesToOpenAsync(AuditFindingKind.FrameDamaged);
    }

    [Fact]
    public async Task No_proof_is_made_of_an_event_that_was_changed_within_a_sealed_segment()
    {
        await _rig.WithEventsAsync(Events);
        string segment = _rig.Segments().First();
        List<byte[]> frames = Frames.Split(_rig.Read(segment));
        string leaf = Frames.LeafOf(frames[2]);
        frames[2] = Frames.Of(leaf.Replace("clinic-a", "clinic-b", StringComparison.Ordinal));
        _rig.Disk.Plant(segment, Frames.Join(_rig.Read(segment), frames));

        await using AuditLedger ledger = _rig.NewLedger();
        foreach (long sequence in new[] { 0, 2, TileTree.TileSize - 1 })
        {
            AuditLedgerException refused = await Assert.ThrowsAsync<AuditLedgerException>(async () => await ledger.GetInclusionProofAsync(sequence, Events, Token));
            Assert.Equal(AuditFindingKind.RootMismatch, refused.Finding.Kind);
        }

        Assert.Equal(TileTree.TileSize, (await ledger.GetInclusionProofAsync(TileTree.TileSize, Events, Token)).Sequence);
    }

    [Fact]
    public async Task What_was_changed_within_a_sealed_segment_is_found_while_the_ledger_is_open_which_then_does_not_open_again()
    {
        await _rig.WithEventsAsync(Events);
        Change(_rig.Segments().First(), bytes => bytes[^1] ^= 1);

        await using (AuditLedger ledger = _rig.NewLedger())
        {
            await ledger.OpenAsync(Token);
            while ((await ledger.GetStatusAsync(Token)).Damage is null)
            {
                _rig.Time.Advance(_rig.Options.VerificationCycle / OnlineVerifier.Shares);
                await Task.Yield();
            }

            Assert.Equal(AuditFindingKind.FrameDamaged, (await ledger.GetStatusAsync(Token)).Damage!.Kind);
        }

        await RefusesToOpenAsync(AuditFindingKind.FrameDamaged);
    }

    [Fact]
    public async Task A_sealed_segment_that_is_gone_shortened_lengthened_or_headed_otherwise_closes_the_ledger_in_spite_of_its_seal()
    {
        await _rig.WithEventsAsync(Events);
        string segment = _rig.Segments().Skip(1).First();
        byte[] good = _rig.Read(segment);
        Assert.True(SealFiles(_rig).Count > 3);

        Change(segment, bytes => bytes[20] ^= 1);
        await RefusesToOpenAsync(AuditFindingKind.SegmentHeaderDamaged);
        _rig.Disk.Plant(segment, good[..^1]);
        await RefusesToOpenAsync(AuditFindingKind.FrameDamaged);
        _rig.Disk.Plant(segment, [.. good, 0]);
        await RefusesToOpenAsync(AuditFindingKind.FrameDamaged);
        _rig.Disk.Plant(segment, _rig.Read(_rig.Segments().First()));
        await RefusesToOpenAsync(AuditFindingKind.SegmentHeaderDamaged);
        _rig.Disk.Remove(segment);
        await RefusesToOpenAsync(AuditFindingKind.EventsMissing);

        _rig.Disk.Plant(segment, good);
        await _rig.WithEventsAsync(1, Events);
        Assert.True(_rig.Verify().IsIntact);
    }

    [Fact]
    public async Task A_seal_with_any_bit_changed_is_passed_over_and_made_again()
    {
        await _rig.WithEventsAsync(60);
        string file = SealFiles(_rig)[0];
        byte[] seal = _rig.Read(file);
        for (int at = 0; at < seal.Length; at += Optional.Soak ? 1 : 7)
        {
            // Behind the changed seal the segment is damaged too: whoever took the seal would not notice.
            using Rig copy = CopyWithSeals();
            Change(copy, file, bytes => bytes[at] ^= (byte)(1 << (at % 8)));
            await using (AuditLedger ledger = copy.NewLedger())
                Assert.Equal(60, await ledger.GetSizeAsync(Token));
            Assert.Equal(seal[..BodyLength(seal)], copy.Read(file)[..BodyLength(seal)]);

            byte[] changed = [.. seal];
            changed[at] ^= (byte)(1 << (at % 8));
            copy.Disk.Plant(file, changed);
            Change(copy, copy.Segments().First(), bytes => bytes[^1] ^= 1);
            await RefusesToOpenAsync(AuditFindingKind.FrameDamaged, copy);
        }
    }

    [Fact]
    public async Task Seals_are_made_again_where_all_are_lost_and_where_their_folder_cannot_be_made_the_ledger_does_without()
    {
        await _rig.WithEventsAsync(Events);
        int sealedSegments = SealFiles(_rig).Count;
        foreach (string file in SealFiles(_rig))
            _rig.Disk.Remove(file);
        await _rig.WithEventsAsync(1, Events);
        Assert.Equal(sealedSegments, SealFiles(_rig).Count);

        using var without = new Rig();
        without.Disk.Plant(Seals, [0]);
        await without.WithEventsAsync(Events);
        await without.WithEventsAsync(Events, Events);
        Assert.True(without.Verify().IsIntact);
    }

    [Fact]
    public async Task Seals_of_another_segment_another_ledger_or_another_key_are_passed_over()
    {
        await _rig.WithEventsAsync(Events);
        List<string> files = SealFiles(_rig);
        using var stranger = new Rig();
        await stranger.WithEventsAsync(Events);
        using var elsewhere = new Rig(keys: _rig.Keys);
        elsewhere.Options.Origin = "other.example/audit";
        await elsewhere.WithEventsAsync(Events);

        foreach (byte[] foreign in new[] { _rig.Read(files[1]), stranger.Read(files[0]), elsewhere.Read(SealFiles(elsewhere)[0]) })
        {
            using Rig copy = CopyWithSeals();
            copy.Disk.Plant(files[0], foreign);
            Change(copy, copy.Segments().First(), bytes => bytes[^1] ^= 1);
            await RefusesToOpenAsync(AuditFindingKind.FrameDamaged, copy);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task An_event_is_chained_to_the_last_one_of_its_document_whichever_seal_was_missing_and_made_again(int missing)
    {
        await AppendAsync(_rig, 0, 40, documents: 40);
        await AppendAsync(_rig, 40, 40, documents: 40);
        await AppendAsync(_rig, 80, 40, documents: 80);
        _rig.Disk.Remove(SealFiles(_rig)[missing]);
        int seals = SealFiles(_rig).Count;

        await using (AuditLedger ledger = _rig.NewLedger())
        {
            await ledger.OpenAsync(Token);
            while (SealFiles(_rig).Count == seals)
            {
                _rig.Time.Advance(_rig.Options.CheckpointInterval);
                await Task.Yield();
            }

            for (int i = 0; i < 80; i++)
                await ledger.AppendAsync(Sample.Event(i, document: i), Token);
        }

        Assert.Empty(_rig.Verify().Findings);
        await AppendAsync(_rig, 0, 80, documents: 80);
        Assert.Empty(_rig.Verify().Findings);
    }

    [Fact]
    public async Task Seals_are_made_of_a_bounded_number_of_segments_at_an_opening_and_of_the_others_at_the_next()
    {
        for (int i = 0; i < 3; i++)
            await _rig.WithEventsAsync(400, 400 * i);
        int segments = _rig.Segments().Count();
        Assert.True(segments > SegmentSealer.MostWaiting + 2);
        foreach (string file in SealFiles(_rig))
            _rig.Disk.Remove(file);

        int rounds = 0;
        for (int before = 0; SealFiles(_rig).Count < _rig.Segments().Count() - 1; before = SealFiles(_rig).Count, rounds++)
        {
            await _rig.WithEventsAsync(1);
            Assert.InRange(SealFiles(_rig).Count - before, 1, SegmentSealer.MostWaiting + 1);
        }

        Assert.InRange(rounds, 2, 4);
        Assert.Empty(_rig.Verify().Findings);
    }

    [Fact]
    public async Task Seals_of_a_retired_key_are_taken_and_those_of_a_forgotten_key_are_not()
    {
        await _rig.WithEventsAsync(Events);
        using var keys = new TestKeys();
        using var turned = new Rig(_rig.Disk, keys);
        keys.Retired.Add(new(new KeyId("before"), _rig.Keys.PublicKey));
        await turned.WithEventsAsync(1, Events);
        byte[] first = _rig.Read(SealFiles(_rig)[0]);
        Change(_rig.Segments().First(), bytes => bytes[^1] ^= 1);
        await turned.WithEventsAsync(1, Events + 1);
        Assert.Equal(first, _rig.Read(SealFiles(_rig)[0]));

        keys.Retired.Clear();
        await RefusesToOpenAsync(AuditFindingKind.FrameDamaged, turned);
    }

    [Fact]
    public async Task A_fault_of_the_disk_under_the_seals_refuses_at_most_the_event_whose_document_it_is_asked_for()
    {
        long calls;
        int fails = 0;
        do
        {
            using var rig = new Rig();
            var faults = new SealFaults(rig.Disk) { Fails = fails++ };
            for (int round = 0; round < 3; round++)
            {
                await using var ledger = new AuditLedger(rig.Options, rig.Keys, rig.Time, faults);
                for (int i = 0; i < 30; i++)
                {
                    AuditEvent next = Sample.Event(i, document: (10 * round) + i);
                    if (await Record.ExceptionAsync(async () => await ledger.AppendAsync(next, Token)) is not { } fault)
                        continue;
                    Assert.Equal(Faults.Storage, Assert.IsType<MedRedactException>(fault).Code);
                    await ledger.AppendAsync(next, Token);
                }
            }

            Assert.True(rig.Verify().IsIntact);
            calls = faults.Calls;
        }
        while (fails <= calls);
        Assert.InRange(fails, 40, int.MaxValue);
    }

    [Fact]
    public void The_last_event_of_a_document_is_found_among_a_hundred_thousand_that_share_bits_of_their_hash()
    {
        var folder = new SealFolder(Seals, Rig.Origin, _rig.Disk);
        var documents = new SealedDocuments(folder);
        var last = new Dictionary<DocumentId, AuditReceipt>();
        var random = new Random(880);
        DocumentId[] all = [.. Enumerable.Range(0, 100_000).Select(_ => Random(random))];
        long first = 0;
        for (int segment = 0; segment < 5; segment++)
        {
            var tally = new DocumentTally();
            for (int i = 0; i < 50_000; i++)
            {
                DocumentId document = all[random.Next(all.Length)];
                last[document] = new(first + i, new(Sample.Digest(i)));
                tally.Add(document, last[document]);
            }

            SegmentSeal seal = Seal(first, first + 50_000, tally);
            folder.Keep(seal);
            Assert.True(documents.TryAdd(seal));
            first += 50_000;
        }

        // In the order of their last events: a look-up in another seal than the one before reads that seal.
        Assert.All(all.OrderBy(document => last.TryGetValue(document, out AuditReceipt known) ? known.Sequence : -1).Append(Random(random)), document => Assert.Equal(last.TryGetValue(document, out AuditReceipt known) ? known : null, documents.Last(document)));
    }

    [Fact]
    public void A_seal_that_changed_while_the_ledger_is_open_refuses_the_document_rather_than_forget_its_events()
    {
        var folder = new SealFolder(Seals, Rig.Origin, _rig.Disk);
        var documents = new SealedDocuments(folder);
        var tally = new DocumentTally();
        tally.Add(Sample.Document(1), new(3, new(Sample.Digest(3))));
        SegmentSeal seal = Seal(0, 10, tally);
        folder.Keep(seal);
        documents.TryAdd(seal);

        string file = SealFiles(_rig)[0];
        byte[] good = _rig.Read(file);
        documents = new SealedDocuments(folder);
        documents.TryAdd(seal);
        Change(file, bytes => bytes[seal.BodyLength - 1] ^= 1);
        Assert.Equal(Faults.Storage, Assert.Throws<MedRedactException>(() => documents.Last(Sample.Document(1))).Code);
        _rig.Disk.Plant(file, good[..(seal.BodyLength - 1)]);
        Assert.Equal(Faults.Storage, Assert.Throws<MedRedactException>(() => documents.Last(Sample.Document(1))).Code);
        _rig.Disk.Remove(file);
        Assert.Throws<DurabilityException>(() => documents.Last(Sample.Document(1)));
        _rig.Disk.Plant(file, good);
        Assert.Equal(3, documents.Last(Sample.Document(1))!.Value.Sequence);
    }

    public void Dispose() => _rig.Dispose();

    private static DocumentId Random(Random random)
    {
        byte[] bytes = new byte[16];
        random.NextBytes(bytes);
        return new(new Guid(bytes));
    }

    private static SegmentSeal Seal(long first, long end, DocumentTally tally)
    {
        var tree = new TileTree();
        var index = new LedgerIndex();
        for (long i = 0; i < end; i++)
        {
            index.Add(i, new(first, i));
            tree.Append(Sample.Digest((int)i));
        }

        return SealBody.Write(new(first, default, default), 1, tree, index, tally);
    }

    private static async Task AppendAsync(Rig rig, int from, int count, int documents)
    {
        await using AuditLedger ledger = rig.NewLedger();
        for (int i = from; i < from + count; i++)
            await ledger.AppendAsync(Sample.Event(i, document: i % documents), Token);
    }

    private static List<string> SealFiles(Rig rig) =>
        [.. from folder in rig.Disk.Exists(Seals) ? rig.Disk.List(Seals) : []
            where folder.IsDirectory
            from entry in rig.Disk.List($"{Seals}/{folder.Name}")
            select $"{Seals}/{folder.Name}/{entry.Name}"];

    private static int BodyLength(byte[] seal) => SegmentSeal.Read(seal)!.BodyLength;

    private static void Change(Rig rig, string file, Action<byte[]> change)
    {
        byte[] bytes = [.. rig.Read(file)];
        change(bytes);
        rig.Disk.Plant(file, bytes);
    }

    private void Change(string file, Action<byte[]> change) => Change(_rig, file, change);

    private Rig CopyWithSeals()
    {
        Rig copy = _rig.Copy();
        DurableDirectory.Create(Path.GetDirectoryName(SealFiles(_rig)[0])!, copy.Disk);
        foreach (string file in SealFiles(_rig))
            copy.Disk.Plant(file, _rig.Read(file));
        return copy;
    }

    private async Task RefusesToOpenAsync(AuditFindingKind kind, Rig? rig = null)
    {
        await using AuditLedger ledger = (rig ?? _rig).NewLedger();
        AuditLedgerException refused = await Assert.ThrowsAsync<AuditLedgerException>(() => ledger.OpenAsync(Token));
        Assert.Equal(kind, refused.Finding.Kind);
    }
}
