using System.Collections.Concurrent;
using MedRedact.Audit.Tests.Support;

namespace MedRedact.Audit.Tests;

/// <summary>A ledger of 256 KiB in several segments, of which any one bit is changed: header, frame, leaf or checkpoint.</summary>
public sealed class EveryBitTests : IAsyncLifetime
{
    private const int LeastBytes = 256 << 10;

    private static readonly AuditKind Wide = AuditKind.Register("test.wide", [.. Enumerable.Range(0, 60).Select(i => $"field-{i}")]);

    private readonly Rig _rig = new();
    private Target[] _targets = [];
    private AuditCheckpoint? _checkpoint;
    private byte[] _publicKey = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _rig.Options.SegmentSize = 48 << 10;
        await using (AuditLedger ledger = _rig.NewLedger())
        {
            await ledger.OpenAsync(Token);
            for (int i = 0; _rig.Segments().Sum(segment => _rig.Read(segment).Length) < LeastBytes; i++)
                await ledger.AppendAsync(i % 4 == 3 ? WideEvent(i) : Sample.Event(i), Token);
        }

        foreach (string segment in _rig.Segments().ToArray())
            _rig.Disk.Plant(segment, InBatches(_rig.Read(segment)));
        _targets = [.. _rig.Files().Select(file => Target.Of(file, _rig.Read(file)))];
        _publicKey = _rig.Keys.PublicKey.ToArray();
        AuditVerificationReport report = _rig.Verify();
        Assert.True(_targets.Length > 5 && report.IsIntact);
        _checkpoint = report.Checkpoint;
    }

    /// <summary>Exactly where: a damaged frame by its segment, offset and number, a damaged header by its segment, and always as the first finding. Judged by the walk with which a ledger
    /// opens, the checkpoint by its reader; in the long form, every bit there is.</summary>
    [Fact]
    public void Any_flipped_bit_of_256_KiB_is_found_in_the_frame_the_header_or_the_checkpoint_that_holds_it()
    {
        long bits = _targets.Sum(target => 8L * target.Bytes.Length);
        Assert.True(bits >= 8L * LeastBytes);
        long[] sample = [.. Sampled()];
        Assert.True(sample.Length > 3_000);
        if (Optional.Soak)
            JudgeAll(bits, i => i, Opened);
        else
            JudgeAll(sample.Length, i => sample[i], Opened);
    }

    /// <summary>The verifier is the same walk and reads each event to its end, which takes several times as long: it judges a part.</summary>
    [Fact]
    public void The_verifier_finds_a_flipped_bit_of_256_KiB_in_the_same_place()
    {
        long[] sample = [.. Sampled().Where((_, i) => Optional.Soak || i % 8 == 0)];
        JudgeAll(sample.Length, i => sample[i], Verified);
    }

    public ValueTask DisposeAsync()
    {
        _rig.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Of every frame its kind, a bit of its head and one of its leaf; of every byte of headers and checkpoint a bit; and bits from anywhere.</summary>
    private IEnumerable<long> Sampled()
    {
        var random = new Random(20_260_305);
        long at = 0;
        foreach (Target target in _targets)
        {
            int whole = target.Segment is null ? target.Bytes.Length : SegmentHeader.Size;
            for (int i = 0; i < whole; i++)
                yield return Bit(at + i);
            for (int i = 0; i + 1 < target.Frames.Count; i++)
            {
                long begin = at + target.Frames[i], end = at + target.Frames[i + 1];
                yield return Bit(begin);
                yield return Bit(begin + random.Next(1, Frame.HeaderSize));
                yield return Bit(random.NextInt64(begin + Frame.HeaderSize, end));
            }

            for (int i = 0; i < 260; i++)
                yield return Bit(at + random.Next(target.Bytes.Length));
            at += target.Bytes.Length;
        }

        long Bit(long position) => (8 * position) + random.Next(8);
    }

    private IReadOnlyList<AuditFinding> Opened(MemoryFolder files, Target changed)
    {
        if (changed.Segment is null)
            return Verified(files, changed);

        var scan = new LedgerScan(new(Rig.Folder, files), _checkpoint, known: null, wholeEvents: false);
        scan.Run(Token);
        return scan.Findings;
    }

    private IReadOnlyList<AuditFinding> Verified(MemoryFolder files, Target changed)
    {
        AuditVerificationReport report = AuditLedgerVerifier.Verify(new(Rig.Folder, files), _publicKey, new(), Token);
        Assert.False(report.IsIntact);
        Assert.Equal(changed.Segment is null, report.Checkpoint is null);
        return report.Findings;
    }

    /// <summary>On all cores, each with a copy of the files.</summary>
    private void JudgeAll(long count, Func<long, long> bit, Func<MemoryFolder, Target, IReadOnlyList<AuditFinding>> judge)
    {
        long judged = 0;
        KeyValuePair<string, byte[]>[] files = [.. _targets.Select(target => KeyValuePair.Create(target.Path, target.Bytes))];
        Parallel.ForEach(
            Partitioner.Create(0L, count, Math.Clamp(count / 64, 1, 4_096)),
            new ParallelOptions { CancellationToken = Token, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => new MemoryFolder(files),
            (range, _, folder) =>
            {
                for (long i = range.Item1; i < range.Item2; i++)
                    Judge(folder, bit(i), judge);
                Interlocked.Add(ref judged, range.Item2 - range.Item1);
                return folder;
            },
            _ => { });
        Assert.Equal(count, judged);
    }

    private void Judge(MemoryFolder folder, long bit, Func<MemoryFolder, Target, IReadOnlyList<AuditFinding>> judge)
    {
        long at = bit / 8;
        int index = 0;
        while (at >= _targets[index].Bytes.Length)
            at -= _targets[index++].Bytes.Length;
        Target target = _targets[index];

        byte[] bytes = folder[target.Path];
        bytes[at] ^= (byte)(1 << (int)(bit % 8));
        IReadOnlyList<AuditFinding> findings = judge(folder, target);
        bytes[at] ^= (byte)(1 << (int)(bit % 8));

        AuditFinding? first = findings.Count == 0 ? null : findings[0];
        bool found = target.Expected(at) is { } expected
            ? first == expected
            : findings.Count == 1 && first?.Kind is AuditFindingKind.CheckpointMalformed or AuditFindingKind.CheckpointSignatureInvalid;
        if (!found)
            Assert.Fail($"{Path.GetFileName(target.Path)}, byte {at}, bit {bit % 8}: {first}");
    }

    /// <summary>Batches of one to seven events: as appended one by one each frame begins a batch, and which do is under the checksum alone.</summary>
    private static byte[] InBatches(byte[] segment) =>
        Frames.Join(segment, Frames.Split(segment).Select((frame, i) => Frames.Of(Frames.LeafOf(frame), beginsBatch: i % 7 == 0 || i % 5 == 0)));

    private static AuditEvent WideEvent(int number) => Sample.Event(number) with
    {
        Kind = Wide,
        Fields = [.. Wide.Fields.Take(number % 61).Select((name, i) => new AuditField(name, i % 2 == 0 ? AuditValue.Of(Sample.Digest(number)) : AuditValue.Of(i)))],
    };

    private sealed record Target(string Path, byte[] Bytes, long? Segment, List<long> Frames)
    {
        public static Target Of(string path, byte[] bytes)
        {
            long? segment = SegmentHeader.SequenceIn(System.IO.Path.GetFileName(path));
            return new(path, bytes, segment, segment is null ? [] : Tests.Frames.Offsets(bytes));
        }

        /// <summary>What must be found first where this byte is changed; nothing in particular for the checkpoint.</summary>
        public AuditFinding? Expected(long at)
        {
            if (Segment is not { } first)
                return null;
            if (at < SegmentHeader.Size)
                return new(AuditFindingKind.SegmentHeaderDamaged, first, 0, first);

            int search = Frames.BinarySearch(at);
            int frame = search >= 0 ? search : ~search - 1;
            return new(AuditFindingKind.FrameDamaged, first, Frames[frame], first + frame);
        }
    }
}
