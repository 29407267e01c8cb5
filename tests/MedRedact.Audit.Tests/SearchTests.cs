using System.Buffers.Binary;
using CsCheck;
using MedRedact.Durability.Simulation;

namespace MedRedact.Audit.Tests;

/// <summary>A search finds what a reading of the whole ledger finds, whatever became of the index, and nothing that was not signed.</summary>
public sealed class SearchTests : IAsyncLifetime
{
    private const int Events = 700;
    private const string Index = "/index";

    private readonly Rig _rig = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string[] Kept(Rig rig) => [.. rig.Disk.List(Index).Select(entry => $"{Index}/{entry.Name}")];

    public async ValueTask InitializeAsync()
    {
        _rig.Options.SegmentSize = 64 << 10;
        await AppendAsync(0, Events);
    }

    [Fact]
    public async Task Whatever_is_asked_for_is_what_a_reading_of_everything_finds()
    {
        List<AuditRecord> all = await _rig.ReadAsync();
        Assert.True(_rig.Segments().Count() >= 4);
        DateTimeOffset start = all[0].At;
        Gen<AuditQuery> queries =
            from document in Gen.Int[0, 60]
            from actor in Gen.Int[0, 5]
            from kind in Gen.Int[0, 3]
            from decision in Gen.Int[0, 4]
            from times in Gen.Select(Gen.Int[0, Events], Gen.Int[0, Events])
            select new AuditQuery
            {
                Document = document < 40 ? Sample.Document(document) : null,
                Actor = actor < 3 ? new ActorId($"actor-{actor}") : null,
                Kind = kind == 0 ? AuditKind.PageReleased.Name : kind == 1 ? "no.such-kind" : null,
                Tenant = kind == 2 ? new TenantId("clinic-a") : null,
                Decision = decision < 3 ? (AuditDecision)decision : null,
                From = times.Item1 % 2 == 0 ? start.AddSeconds(times.Item1) : null,
                To = times.Item2 % 2 == 0 ? start.AddSeconds(times.Item2) : null,
            };
        AuditLedgerIndex fresh = Open(_rig), kept = Open(_rig), none = AuditLedgerIndex.Open(new(Rig.Folder, _rig.Disk), new(null, _rig.Disk), [_rig.Verifier], Token);
        Assert.Equal(_rig.Segments().Count() - 1, fresh.IndexesMade);
        Assert.Equal((0, fresh.IndexesMade), (kept.IndexesMade, none.IndexesMade));
        await queries.SampleAsync(
            async query =>
            {
                long[] expected = [.. all.Where(query.Matches).Select(record => record.Sequence)];
                foreach (AuditLedgerIndex index in new[] { fresh, kept, none })
                    Assert.Equal(expected, await FoundAsync(index, query));
            },
            seed: "0000KOIgBsI4",
            iter: 200,
            threads: 1);
        Assert.Equal(Events, (await FoundAsync(kept, new())).Length);
    }

    [Fact]
    public async Task A_found_event_is_the_line_that_the_ledger_holds()
    {
        List<byte[]> leaves = ForeignVerifier.Leaves(_rig.Segments().Select(_rig.Read));
        await foreach (AuditMatch match in Open(_rig).SearchAsync(new() { Document = Sample.Document(7) }, Token))
            Assert.Equal(leaves[(int)match.Record.Sequence], match.Leaf.ToArray());
    }

    [Fact]
    public async Task A_damaged_index_is_made_again_and_found_events_are_the_same()
    {
        long[] expected = await FoundAsync(Open(_rig), Query);
        string file = Kept(_rig)[1];
        byte[] good = _rig.Read(file);
        foreach (int at in Enumerable.Range(0, good.Length).Where(at => Optional.Soak || at < 120 || at % 97 == 0 || at > good.Length - 8))
        {
            byte[] bad = [.. good];
            bad[at] ^= (byte)(1 << (at % 8));
            _rig.Disk.Plant(file, bad);
            Assert.Equal(expected, await FoundAsync(Open(_rig), Query));
            Assert.Equal(good, _rig.Read(file));
        }

        foreach (byte[] bad in new byte[][] { [], good[..40], good[..^1], [.. good, 0], _rig.Read(Kept(_rig)[0]) })
        {
            _rig.Disk.Plant(file, bad);
            Assert.Equal(expected, await FoundAsync(Open(_rig), Query));
            Assert.Equal(good, _rig.Read(file));
        }

        _rig.Disk.Remove(file);
        Assert.Equal(1, Open(_rig).IndexesMade);
        Assert.Equal(good, _rig.Read(file));
    }

    [Fact]
    public async Task An_index_with_a_right_sum_can_lie_about_no_event_that_is_found()
    {
        long[] expected = await FoundAsync(Open(_rig), Query);
        string file = Kept(_rig)[1];
        byte[] good = _rig.Read(file);
        for (int at = SegmentIndex.HeaderSize; at < good.Length - 4; at += Optional.Soak ? 1 : 41)
        {
            byte[] bad = [.. good];
            bad[at] ^= (byte)(1 << (at % 8));
            BinaryPrimitives.WriteUInt32BigEndian(bad.AsSpan(bad.Length - 4), Crc32C.Compute(bad.AsSpan(0, bad.Length - 4)));
            _rig.Disk.Plant(file, bad);

            // It may leave events out, as its makers say; what is found is true, in order, and no event twice.
            long[] found = await FoundAsync(Open(_rig), Query);
            Assert.Subset(expected.ToHashSet(), found.ToHashSet());
            Assert.Equal(found.Order().Distinct(), found);
        }
    }

    [Fact]
    public async Task A_changed_event_is_not_found_but_reported_with_and_without_an_index()
    {
        Open(_rig);
        string segment = _rig.Segments().ElementAt(1);
        byte[] original = _rig.Read(segment);
        List<byte[]> frames = Frames.Split(original);
        string leaf = Frames.LeafOf(frames[20]);
        frames[20] = Frames.Of(leaf.Replace("\"permitted\"", "\"permittee\"", StringComparison.Ordinal).Replace("\"denied\"", "\"denies\"", StringComparison.Ordinal).Replace("actor-", "actos-", StringComparison.Ordinal));
        _rig.Disk.Plant(segment, Frames.Join(original, frames));

        AuditLedgerException seen = await Assert.ThrowsAsync<AuditLedgerException>(() => FoundAsync(Open(_rig), new()));
        Assert.Equal(SegmentHeader.SequenceIn(Path.GetFileName(segment)), seen.Finding.Segment);
        Assert.Throws<AuditLedgerException>(() => AuditLedgerIndex.Open(new(Rig.Folder, _rig.Disk), new(null, _rig.Disk), [_rig.Verifier], Token));
    }

    [Fact]
    public async Task Only_what_is_under_the_checkpoint_is_searched_wherever_it_ends()
    {
        List<byte[]> leaves = ForeignVerifier.Leaves(_rig.Segments().Select(_rig.Read));
        foreach (int size in new[] { 0, 1, 100, 255, 256, 257, 511, 512, 600, 699 })
        {
            Digest256 root = Digest256.From(ForeignVerifier.Root(leaves[..size]));
            _rig.Disk.Plant(Rig.Folder + "/checkpoint", _rig.Keys.Checkpoint(Rig.Origin, size, root));
            AuditLedgerIndex index = Open(_rig);
            Assert.Equal(size, index.Checkpoint.Size);
            Assert.Equal(Enumerable.Range(0, size).Select(i => (long)i), await FoundAsync(index, new()));
        }

        _rig.Disk.Plant(Rig.Folder + "/checkpoint", _rig.Keys.Checkpoint(Rig.Origin, 300, Sample.Digest(1)));
        Assert.Throws<AuditLedgerException>(() => Open(_rig));
        _rig.Disk.Plant(Rig.Folder + "/checkpoint", _rig.Keys.Checkpoint(Rig.Origin, Events + 1, Sample.Digest(1)));
        Assert.Throws<AuditLedgerException>(() => Open(_rig));
    }

    [Fact]
    public async Task A_grown_ledger_is_searched_with_the_indexes_that_there_were()
    {
        int made = Open(_rig).IndexesMade;
        await AppendAsync(Events, 300);

        AuditLedgerIndex grown = Open(_rig);

        Assert.InRange(grown.IndexesMade, 1, _rig.Segments().Count() - 1 - made);
        Assert.Equal(Events + 300, (await FoundAsync(grown, new())).Length);
    }

    [Theory]
    [ClassData(typeof(EveryDiskFault))]
    public async Task Whatever_fails_while_indexes_are_written_the_next_search_is_right(DiskFault fault)
    {
        long[] expected = await FoundAsync(Open(_rig), Query);
        for (int k = 1; ; k += 3)
        {
            using Rig copy = _rig.Copy();
            copy.Disk.FailAt(k, fault);
            try
            {
                Assert.Equal(expected, await FoundAsync(Open(copy), Query));
            }
            catch (Exception known) when (known is MedRedactException and not AuditLedgerException or PowerCutException)
            {
                // The ledger itself could not be read; nothing is claimed.
            }

            bool failed = copy.Disk.HasFailed;
            using var after = new Rig(copy.Disk.AfterPowerCut(Survival.Random(k)), copy.Keys);
            Assert.Equal(expected, await FoundAsync(Open(after), Query));
            if (!failed)
                break;
        }
    }

    public ValueTask DisposeAsync()
    {
        _rig.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>In batches small enough that segments fill and end.</summary>
    private async Task AppendAsync(int from, int count)
    {
        await using AuditLedger ledger = _rig.NewLedger();
        foreach (int[] batch in Enumerable.Range(from, count).Chunk(25))
            await ledger.TogetherAsync(batch.Select(Event));
    }

    private static AuditQuery Query => new() { Document = Sample.Document(5), Tenant = new TenantId("clinic-a") };

    private static AuditLedgerIndex Open(Rig rig) => AuditLedgerIndex.Open(new(Rig.Folder, rig.Disk), new(Index, rig.Disk), [rig.Verifier], Token);

    private static async Task<long[]> FoundAsync(AuditLedgerIndex index, AuditQuery query)
    {
        var found = new List<long>();
        await foreach (AuditMatch match in index.SearchAsync(query, Token))
            found.Add(match.Record.Sequence);
        return [.. found];
    }

    /// <summary>Forty documents, three actors, three decisions, a second apart.</summary>
    private static AuditEvent Event(int number) => Sample.Event(number, document: number % 40) with
    {
        At = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero).AddSeconds(number),
        Actor = new ActorId($"actor-{number * 7 % 3}"),
        Decision = (AuditDecision)(number / 3 % 3),
    };
}
