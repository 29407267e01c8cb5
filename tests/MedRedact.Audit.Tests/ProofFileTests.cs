using System.Text;

namespace MedRedact.Audit.Tests;

/// <summary>What leaves the ledger verifies with public keys alone, and nothing else does.</summary>
public sealed class ProofFileTests : IAsyncLifetime
{
    private const int Events = 15;

    private readonly Rig _rig = new();

    private static string Checkpoint => Rig.Folder + "/checkpoint";

    private VerifierKey[] Keys => [_rig.Verifier];

    public async ValueTask InitializeAsync() => await _rig.WithEventsAsync(Events);

    [Fact]
    public void Every_event_is_proved_and_no_bit_of_the_proof_can_change()
    {
        AuditLedgerSnapshot snapshot = _rig.Snapshot();
        for (int i = 0; i < Events; i++)
        {
            byte[] file = snapshot.Prove(i).ToBytes();
            Assert.Equal(EvidenceCheck.Verified, EventProof.Parse(file)!.Open(Keys, out AuditRecord? record));
            Assert.Equal(i, record!.Sequence);
            if (i % 7 == 3)
                RefusesEveryBit(file, bytes => EventProof.Parse(bytes)?.Open(Keys, out _));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => snapshot.Prove(Events));
        Assert.Throws<ArgumentOutOfRangeException>(() => snapshot.Prove(-1));
    }

    [Fact]
    public async Task Growth_since_a_kept_checkpoint_is_proved_and_no_bit_of_the_proof_can_change()
    {
        AuditCheckpoint kept = _rig.Snapshot().Checkpoint;
        Assert.Equal(EvidenceCheck.Verified, _rig.Snapshot().ProveGrowth(kept).Open(Keys, out _, out _));
        await _rig.WithEventsAsync(9, from: Events);

        byte[] file = _rig.Snapshot().ProveGrowth(kept).ToBytes();

        Assert.Equal(EvidenceCheck.Verified, GrowthProof.Parse(file)!.Open(Keys, out AuditCheckpoint? earlier, out AuditCheckpoint? later));
        Assert.Equal(((long)Events, Events + 9L), (earlier!.Size, later!.Size));
        RefusesEveryBit(file, bytes => GrowthProof.Parse(bytes)?.Open(Keys, out _, out _));
    }

    [Fact]
    public void Every_ledger_grew_from_its_first_checkpoint_over_nothing()
    {
        AuditCheckpoint empty = Signed(0, MerkleHash.EmptyRoot);
        Assert.Equal(EvidenceCheck.Verified, _rig.Snapshot().ProveGrowth(empty).Open(Keys, out _, out _));
        Assert.Equal(EvidenceCheck.Malformed, _rig.Snapshot().ProveGrowth(Signed(0, Sample.Digest(1))).Open(Keys, out _, out _));
    }

    [Fact]
    public async Task A_ledger_that_was_put_back_or_forked_is_found_by_the_checkpoint_that_was_kept()
    {
        using Rig back = _rig.Copy(), fork = _rig.Copy();
        await _rig.WithEventsAsync(5, from: Events);
        AuditCheckpoint kept = _rig.Snapshot().Checkpoint;

        Assert.Equal(EvidenceCheck.RolledBack, back.Snapshot().ProveGrowth(kept).Open(Keys, out _, out _));

        await fork.WithEventsAsync(5, from: 99);
        Assert.Equal(EvidenceCheck.Forked, fork.Snapshot().ProveGrowth(kept).Open(Keys, out _, out _));

        await fork.WithEventsAsync(4, from: 200);
        GrowthProof evidence = fork.Snapshot().ProveGrowth(kept);
        Assert.Equal(EvidenceCheck.NotConsistent, evidence.Open(Keys, out AuditCheckpoint? earlier, out AuditCheckpoint? later));
        Assert.Equal((Events + 5L, Events + 9L), (earlier!.Size, later!.Size));
        Assert.Equal(EvidenceCheck.NotConsistent, GrowthProof.Parse(evidence.ToBytes())!.Open(Keys, out _, out _));
    }

    [Fact]
    public void Hashes_too_many_or_too_few_and_checkpoints_of_two_ledgers_prove_no_growth()
    {
        GrowthProof proof = _rig.Snapshot().ProveGrowth(Signed(7, Naive(7)));
        Assert.Equal(EvidenceCheck.Verified, proof.Open(Keys, out _, out _));
        Assert.Equal(EvidenceCheck.Malformed, (proof with { Hashes = proof.Hashes[..^1] }).Open(Keys, out _, out _));
        Assert.Equal(EvidenceCheck.Malformed, (proof with { Hashes = proof.Hashes.Add(Sample.Digest(1)) }).Open(Keys, out _, out _));
        Assert.Equal(EvidenceCheck.Malformed, (proof with { Earlier = proof.Later }).Open(Keys, out _, out _));

        VerifierKey other = VerifierKey.Create("other.example/audit", _rig.Keys.PublicKey);
        GrowthProof mixed = proof with { Earlier = _rig.Keys.Checkpoint(other.Name, 7, Naive(7)) };
        Assert.Equal(EvidenceCheck.NotConsistent, mixed.Open([.. Keys, other], out _, out _));
        Assert.Equal(EvidenceCheck.UnknownSigner, mixed.Open(Keys, out _, out _));
    }

    [Fact]
    public void A_range_is_proved_by_its_events_alone_and_by_no_others()
    {
        AuditLedgerSnapshot snapshot = _rig.Snapshot();
        LeafHash[] leaves = [.. snapshot.Leaves(0).Select(leaf => new LeafHash(MerkleHash.Leaf(leaf)))];
        for (int first = 0; first < Events; first++)
        {
            for (int last = first; last < Events; last++)
            {
                LeafHash[] events = leaves[first..(last + 1)];
                RangeProof proof = RangeProof.Parse(snapshot.ProveRange(first, last).ToBytes())!;
                Assert.Equal(EvidenceCheck.Verified, proof.Open(Keys, events, out _));
                Assert.Equal(EvidenceCheck.NotIncluded, proof.Open(Keys, events[..^1], out _));
                Assert.Equal(EvidenceCheck.NotIncluded, proof.Open(Keys, [.. events, events[0]], out _));
                Assert.Equal(EvidenceCheck.NotIncluded, (proof with { Hashes = proof.Hashes.Add(Sample.Digest(1)) }).Open(Keys, events, out _));
                if (events.Length > 1)
                    Assert.Equal(EvidenceCheck.NotIncluded, proof.Open(Keys, events.Reverse(), out _));
            }
        }

        RefusesEveryBit(snapshot.ProveRange(3, 8).ToBytes(), bytes => RangeProof.Parse(bytes)?.Open(Keys, leaves[3..9], out _));
        Assert.Equal(EvidenceCheck.Malformed, (snapshot.ProveRange(3, 8) with { Last = long.MaxValue }).Open(Keys, leaves, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => snapshot.ProveRange(3, Events));
        Assert.Throws<ArgumentOutOfRangeException>(() => snapshot.ProveRange(4, 3));
    }

    [Fact]
    public void A_proof_has_one_form_and_a_bounded_size()
    {
        AuditLedgerSnapshot snapshot = _rig.Snapshot();
        byte[][] files = [snapshot.Prove(4).ToBytes(), snapshot.ProveGrowth(Signed(7, Naive(7))).ToBytes(), snapshot.ProveRange(2, 5).ToBytes()];
        foreach (byte[] file in files)
        {
            string text = Encoding.UTF8.GetString(file);
            string[] others =
            [
                "", "\n\n", " " + text, "\n" + text, text.Replace("\n", "\r\n", StringComparison.Ordinal), text + new string(' ', ProofText.MaxSize),
                text.Replace("@v1", "@v2", StringComparison.Ordinal), text.Replace(" 2 5\n", " 02 5\n", StringComparison.Ordinal) is var padded && padded != text ? padded : text[1..],
                text.Replace("index 4", "index +4", StringComparison.Ordinal) is var signed && signed != text ? signed : text[1..],
                text.Insert(text.IndexOf("\n\n", StringComparison.Ordinal), "=="),
                text.Insert(text.IndexOf("\n\n", StringComparison.Ordinal), string.Concat(Enumerable.Repeat("\n" + Convert.ToBase64String(new byte[32]), 129))),
            ];
            foreach (string other in others)
            {
                byte[] bytes = Encoding.UTF8.GetBytes(other);
                Assert.Null(EventProof.Parse(bytes));
                Assert.Null(GrowthProof.Parse(bytes));
                Assert.Null(RangeProof.Parse(bytes));
            }
        }

        // As the tests of transparency-dev/formats have them (Apache-2.0).
        string[] malformed =
        [
            "wrong-header\nindex 0\n\ncheckpoint\n", "c2sp.org/tlog-proof@v1\nextra !!notbase64!!\nindex 0\n\ncheckpoint\n", "c2sp.org/tlog-proof@v1\n\n\ncheckpoint\n",
            "c2sp.org/tlog-proof@v1\nextra YQ==\nindex notanumber\n\ncheckpoint\n", "c2sp.org/tlog-proof@v1\nextra YQ==\nindex -5\n\ncheckpoint\n",
            "c2sp.org/tlog-proof@v1\nextra YQ==\nindex 0\n!!notbase64!!\n\ncheckpoint\n", $"c2sp.org/tlog-proof@v1\nextra YQ==\nindex 0\n{Convert.ToBase64String(new byte[64])}\n\ncheckpoint\n",
            $"c2sp.org/tlog-proof@v1\nextra YQ==\nindex 0\n{new string('a', 65 * 1024)}\n",
        ];
        Assert.All(malformed, text => Assert.Null(EventProof.Parse(Encoding.UTF8.GetBytes(text))));

        Assert.Null(GrowthProof.Parse(files[0]));
        Assert.Null(EventProof.Parse(files[1]));
        Assert.Null(EventProof.Parse(files[2]));
    }

    [Fact]
    public async Task A_snapshot_is_of_what_was_signed_and_of_nothing_else()
    {
        using var stranger = new TestKeys();
        VerifierKey[] others = [VerifierKey.Create(Rig.Origin, stranger.PublicKey), VerifierKey.Create("medredact/manifest/1/x", _rig.Keys.PublicKey)];
        AuditLedgerException refused = Assert.Throws<AuditLedgerException>(() => AuditLedgerSnapshot.Open(new(Rig.Folder, _rig.Disk), others, TestContext.Current.CancellationToken));
        Assert.Equal(AuditFindingKind.CheckpointSignatureInvalid, refused.Finding.Kind);

        // Events that came after the checkpoint are no part of it; a changed one is the end of it.
        byte[] before = _rig.Read(Checkpoint);
        await _rig.WithEventsAsync(3, from: Events);
        _rig.Disk.Plant(Checkpoint, before);
        Assert.Equal(Events, _rig.Snapshot().Checkpoint.Size);
        Assert.Throws<ArgumentOutOfRangeException>(() => _rig.Snapshot().Prove(Events));

        string segment = _rig.Segments().First();
        byte[] changed = _rig.Read(segment);
        changed[^3] ^= 1;
        _rig.Disk.Plant(segment, changed);
        Assert.Throws<AuditLedgerException>(_rig.Snapshot);
    }

    public ValueTask DisposeAsync()
    {
        _rig.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Whatever bit is flipped, wherever the file is cut, and whatever byte is put in or left out: it does not verify.</summary>
    private static void RefusesEveryBit(byte[] file, Func<byte[], EvidenceCheck?> check)
    {
        Assert.Equal(EvidenceCheck.Verified, check(file));
        for (int at = 0; at < file.Length; at++)
        {
            for (int bit = Optional.Soak ? 0 : at % 4; bit < 8; bit += Optional.Soak ? 1 : 4)
                Refused([.. file[..at], (byte)(file[at] ^ (1 << bit)), .. file[(at + 1)..]]);
            if (at % 5 == 0 || Optional.Soak)
            {
                Refused(file[..at]);
                Refused([.. file[..at], .. file[(at + 1)..]]);
                Refused([.. file[..at], (byte)'A', .. file[at..]]);
            }
        }

        void Refused(byte[] bytes) => Assert.True(bytes.AsSpan().SequenceEqual(file) || check(bytes) != EvidenceCheck.Verified);
    }

    private AuditCheckpoint Signed(long size, Digest256 root) => new(Rig.Origin, size, root) { Note = _rig.Keys.Checkpoint(Rig.Origin, size, root) };

    private Digest256 Naive(int size) => MerkleHash.Root(_rig.Snapshot().Leaves(0).Take(size).Select(leaf => MerkleHash.Leaf(leaf)).ToArray());
}
