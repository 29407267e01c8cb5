using CsCheck;

namespace MedRedact.Audit.Tests;

/// <summary>What the ledger writes and proves is what a verifier finds that shares no code with it.</summary>
public sealed class ForeignVerifierTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_signed_root_of_any_ledger_is_that_of_its_segments() => await Gen.Int[0, 300].SampleAsync(
        async events =>
        {
            using Rig rig = await GrownAsync(events);
            List<byte[]> leaves = ForeignVerifier.Leaves(rig.Segments().Select(rig.Read));
            (string Origin, long Size, byte[] Root)? checkpoint = ForeignVerifier.Checkpoint(rig.Read(Rig.Folder + "/checkpoint"), rig.Keys.PublicKey.ToArray());

            Assert.Equal((Rig.Origin, (long)events), (checkpoint!.Value.Origin, checkpoint.Value.Size));
            Assert.Equal(events, leaves.Count);
            Assert.Equal(Convert.ToHexString(ForeignVerifier.Root(leaves)), Convert.ToHexString(checkpoint.Value.Root));
        },
        seed: "0000KOIgBsI4",
        iter: 12,
        threads: 1);

    [Fact]
    public async Task Every_proof_file_of_a_ledger_leads_to_its_signed_root()
    {
        using Rig rig = await GrownAsync(300);
        byte[] key = rig.Keys.PublicKey.ToArray();
        AuditLedgerSnapshot snapshot = rig.Snapshot();
        List<byte[]> leaves = ForeignVerifier.Leaves(rig.Segments().Select(rig.Read));
        Gen.Select(Gen.Int[0, 299], Gen.Int[0, 299]).Sample(
            (a, b) =>
            {
                (int first, int last) = (Math.Min(a, b), Math.Max(a, b));
                (string[] lines, byte[] note) = ForeignVerifier.Proof(snapshot.Prove(first).ToBytes());
                byte[] root = ForeignVerifier.Checkpoint(note, key)!.Value.Root;
                byte[] leaf = Convert.FromBase64String(lines[1]["extra ".Length..]);
                Assert.Equal(leaves[first], leaf);
                Assert.Equal($"index {first}", lines[2]);
                Queue<byte[]> path = Hashes(lines, 3);
                Assert.Equal(root, ForeignVerifier.Included(ForeignVerifier.Leaf(leaf), first, 300, path));
                Assert.Empty(path);

                (lines, _) = ForeignVerifier.Proof(snapshot.ProveRange(first, last).ToBytes());
                Assert.Equal($"events {first} {last}", lines[1]);
                Queue<byte[]> around = Hashes(lines, 2), known = new(leaves[first..(last + 1)].Select(ForeignVerifier.Leaf));
                Assert.Equal(root, ForeignVerifier.Around(0, 300, first, known, last, around));
                Assert.Empty(around);
                Assert.Empty(known);

                byte[] before = ForeignVerifier.Root(leaves[..(first + 1)]);
                var kept = new AuditCheckpoint(Rig.Origin, first + 1, Digest256.From(before)) { Note = rig.Keys.Checkpoint(Rig.Origin, first + 1, Digest256.From(before)) };
                (lines, note) = ForeignVerifier.Proof(snapshot.ProveGrowth(kept).ToBytes());
                byte[] earlier = Convert.FromBase64String(lines[1]["earlier ".Length..]);
                Assert.Equal(first + 1, ForeignVerifier.Checkpoint(earlier, key)!.Value.Size);
                Queue<byte[]> growth = Hashes(lines, 2);
                (byte[] oldRoot, byte[] newRoot) = ForeignVerifier.Grown(first + 1, 300, before, growth);
                Assert.Equal((Convert.ToHexString(before), Convert.ToHexString(root)), (Convert.ToHexString(oldRoot), Convert.ToHexString(newRoot)));
                Assert.Empty(growth);
            },
            seed: "0000KOIgBsI4",
            iter: 40,
            threads: 1);
    }

    private static Queue<byte[]> Hashes(string[] lines, int from) => new(lines[from..].Select(Convert.FromBase64String));

    /// <summary>A ledger whose batches and segments fall as they come.</summary>
    private static async Task<Rig> GrownAsync(int events)
    {
        var rig = new Rig();
        await using AuditLedger ledger = rig.NewLedger();
        await ledger.OpenAsync(Token);
        await ledger.TogetherAsync(Enumerable.Range(0, events).Select(i => Sample.Event(i)));
        return rig;
    }
}
