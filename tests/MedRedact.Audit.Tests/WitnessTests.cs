using System.Collections.Immutable;
using MedRedact.Audit.Tests.Support;
using MedRedact.Durability.Simulation;

namespace MedRedact.Audit.Tests;

/// <summary>Witnesses, and what becomes of a ledger that has too few of them.</summary>
public sealed class WitnessTests : IDisposable
{
    private readonly Rig _rig = new();
    private readonly TestKeys _secondKey = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_checkpoint_bears_the_cosignatures_of_the_witnesses_and_of_nobody_else()
    {
        FileWitness first = _rig.NewWitness(), second = _rig.NewWitness("/second", "second.example/w", _secondKey);
        _rig.Witnesses = [first, second];
        await _rig.WithEventsAsync(300);
        AuditCheckpoint checkpoint = _rig.Verify().Checkpoint!;
        WitnessKey[] keys = [first.Key, second.Key];
        Assert.Equal(["witness.example/w1", "second.example/w"], new WitnessPolicy(2, keys).WitnessesOf(checkpoint));
        Assert.True(new WitnessPolicy(2, keys).IsMetBy(checkpoint));
        Assert.True(_rig.Verify(new() { Witnesses = new WitnessPolicy(2, keys) }).IsIntact);

        using var stranger = new TestKeys();
        WitnessKey[] others = [WitnessKey.OfEcdsa("witness.example/w1", stranger.PublicKey), WitnessKey.OfEcdsa("third.example/w", _secondKey.PublicKey)];
        Assert.Empty(new WitnessPolicy(1, others).WitnessesOf(checkpoint));
        Assert.Equal([new AuditFinding(AuditFindingKind.CheckpointUnwitnessed)], _rig.Verify(new() { Witnesses = new WitnessPolicy(1, others) }).Findings);

        // The ledger's own signature is none of a witness.
        Assert.Empty(new WitnessPolicy(1, [WitnessKey.OfEcdsa(Rig.Origin, _rig.Keys.PublicKey)]).WitnessesOf(checkpoint));

        // The proofs of the ledger carry them too.
        await using AuditLedger ledger = _rig.NewLedger();
        EventProof proof = await ledger.ProveAsync(await ledger.AppendAsync(Sample.Event(1), Token), Token);
        Assert.True(new WitnessPolicy(2, keys).IsMetBy(AuditCheckpoint.Open(proof.Checkpoint, _rig.Keys.PublicKey)!));
    }

    [Fact]
    public async Task One_of_two_is_enough_where_one_is_required_and_the_other_catches_up_when_it_is_back()
    {
        var away = new Flaky(_rig.NewWitness("/second", "second.example/w", _secondKey)) { IsAway = true };
        _rig.Witnesses = [_rig.NewWitness(), away];
        _rig.Options.RequiredWitnesses = 1;
        await using AuditLedger ledger = _rig.NewLedger();
        for (int i = 0; i < 300; i++)
            await ledger.AppendAsync(Sample.Event(i), Token);
        await ledger.PublishCheckpointAsync(Token);
        AuditLedgerStatus status = await ledger.GetStatusAsync(Token);
        Assert.Equal((300L, 300L, 300L), (status.Size, status.SignedSize, status.WitnessedSize!.Value));
        Assert.Equal([new("witness.example/w1", WitnessOutcome.Cosigned), new("second.example/w", WitnessOutcome.Unavailable)], status.Witnesses);

        away.IsAway = false;
        await ledger.AppendAsync(Sample.Event(300), Token);
        Assert.Equal(2, new WitnessPolicy(2, _rig.Witnesses.Select(witness => witness.Key)).WitnessesOf(await ledger.PublishCheckpointAsync(Token)).Length);
    }

    [Fact]
    public async Task With_too_few_witnesses_a_ledger_goes_on_says_so_and_closes_when_the_delay_is_over()
    {
        var away = new Flaky(_rig.NewWitness()) { IsAway = true };
        _rig.Witnesses = [away];
        await using AuditLedger ledger = _rig.NewLedger();
        await ledger.AppendAsync(Sample.Event(0), Token);
        await ledger.PublishCheckpointAsync(Token);
        Assert.Equal((1L, 0L), ((await ledger.GetStatusAsync(Token)).SignedSize, (await ledger.GetStatusAsync(Token)).WitnessedSize!.Value));
        await ledger.AppendAsync(Sample.Event(1), Token);

        // The ledger's own signature is on time, and helps nothing.
        _rig.Time.Advance(_rig.Options.MaxUnwitnessedDelay + TimeSpan.FromTicks(1));
        await ledger.PublishCheckpointAsync(Token);
        Assert.Equal(Faults.WitnessOverdue, (await Assert.ThrowsAsync<MedRedactException>(async () => await ledger.AppendAsync(Sample.Event(2), Token))).Code);

        away.IsAway = false;
        await ledger.PublishCheckpointAsync(Token);
        Assert.Equal(2, (await ledger.AppendAsync(Sample.Event(2), Token)).Sequence);
    }

    [Fact]
    public async Task History_rewritten_with_the_stolen_key_shows_only_to_witnesses()
    {
        _rig.Witnesses = [_rig.NewWitness()];
        await _rig.WithEventsAsync(9);

        // The thief has the signing key and the folder, and no witness asks whether the store agrees.
        using var thief = new Rig(keys: _rig.Keys);
        await thief.WithEventsAsync(12, from: 40);
        Assert.True(thief.Verify().IsIntact);
        var policy = new WitnessPolicy(1, [_rig.Witnesses[0].Key]);
        Assert.False(thief.Verify(new() { Witnesses = policy }).IsIntact);

        _rig.PutBack(thief.Save());
        await using AuditLedger ledger = _rig.NewLedger();
        await ledger.AppendAsync(Sample.Event(1), Token);
        await ledger.PublishCheckpointAsync(Token);
        Assert.Equal(WitnessOutcome.Inconsistent, (await ledger.GetStatusAsync(Token)).Witnesses.Single().Outcome);
        Assert.False(_rig.Verify(new() { Witnesses = policy }).IsIntact);

        _rig.Time.Advance(_rig.Options.MaxUnwitnessedDelay + TimeSpan.FromTicks(1));
        await ledger.PublishCheckpointAsync(Token);
        Assert.Equal(Faults.WitnessOverdue, (await Assert.ThrowsAsync<MedRedactException>(async () => await ledger.AppendAsync(Sample.Event(2), Token))).Code);
    }

    [Fact]
    public async Task A_witness_signs_nothing_but_what_extends_what_it_signed()
    {
        await _rig.WithEventsAsync(7);
        AuditLedgerSnapshot seven = _rig.Snapshot();
        await _rig.WithEventsAsync(5, from: 7);
        AuditLedgerSnapshot twelve = _rig.Snapshot();
        ImmutableArray<Digest256> growth = twelve.ProveGrowth(seven.Checkpoint).Hashes;
        FileWitness witness = _rig.NewWitness();

        async Task AnswersAsync(WitnessOutcome outcome, long old, ImmutableArray<Digest256> proof, ReadOnlyMemory<byte> note, long? size = null)
        {
            WitnessAnswer answer = await witness.AddCheckpointAsync(old, proof, note, Token);
            Assert.Equal((outcome, size), (answer.Outcome, answer.Size));
            Assert.Equal(outcome == WitnessOutcome.Cosigned, !answer.Cosignatures.IsEmpty);
        }

        using var stranger = new TestKeys();
        await AnswersAsync(WitnessOutcome.Malformed, 0, [], "nonsense"u8.ToArray());
        await AnswersAsync(WitnessOutcome.Malformed, 8, [], seven.Checkpoint.Note);
        await AnswersAsync(WitnessOutcome.UnknownLedger, 0, [], _rig.Keys.Checkpoint("another.example/audit", 7, seven.Checkpoint.Root));
        await AnswersAsync(WitnessOutcome.SignatureInvalid, 0, [], stranger.Checkpoint(Rig.Origin, 7, seven.Checkpoint.Root));
        await AnswersAsync(WitnessOutcome.Inconsistent, 0, growth, seven.Checkpoint.Note);
        await AnswersAsync(WitnessOutcome.Conflict, 3, [], seven.Checkpoint.Note, size: 0);
        await AnswersAsync(WitnessOutcome.Cosigned, 0, [], seven.Checkpoint.Note);
        await AnswersAsync(WitnessOutcome.Cosigned, 7, [], seven.Checkpoint.Note);
        await AnswersAsync(WitnessOutcome.Conflict, 0, [], twelve.Checkpoint.Note, size: 7);
        await AnswersAsync(WitnessOutcome.Conflict, 7, [], _rig.Keys.Checkpoint(Rig.Origin, 7, Sample.Digest(1)), size: 7);
        await AnswersAsync(WitnessOutcome.Inconsistent, 7, [], twelve.Checkpoint.Note);
        await AnswersAsync(WitnessOutcome.Inconsistent, 7, growth, _rig.Keys.Checkpoint(Rig.Origin, 12, Sample.Digest(1)));
        await AnswersAsync(WitnessOutcome.Inconsistent, 7, [.. growth.Reverse()], twelve.Checkpoint.Note);
        await AnswersAsync(WitnessOutcome.Cosigned, 7, growth, twelve.Checkpoint.Note);
        await AnswersAsync(WitnessOutcome.Conflict, 7, [], seven.Checkpoint.Note, size: 12);
        Assert.Throws<ArgumentException>(() => _rig.NewWitness(keys: _rig.Keys));
    }

    /// <summary>A witness that signed and forgot would sign another history after its crash.</summary>
    [Theory]
    [ClassData(typeof(EveryDiskFault))]
    public async Task A_witness_that_cosigned_remembers_it_whatever_its_disk_does(DiskFault fault)
    {
        await _rig.WithEventsAsync(7);
        AuditLedgerSnapshot seven = _rig.Snapshot();
        await _rig.WithEventsAsync(5, from: 7);
        AuditLedgerSnapshot twelve = _rig.Snapshot();
        ImmutableArray<Digest256> growth = twelve.ProveGrowth(seven.Checkpoint).Hashes;
        for (int k = 1; ; k++)
        {
            var disk = new SimulatedDisk();
            FileWitness On(SimulatedDisk its) => new(Rig.Witness, Rig.WitnessName, Rig.WitnessKeys, [_rig.Verifier], _rig.Time, its);
            disk.FailAt(k, fault);
            long cosigned = 0;
            foreach ((AuditLedgerSnapshot snapshot, ImmutableArray<Digest256> proof) in new[] { (seven, []), (twelve, growth) })
            {
                try
                {
                    if ((await On(disk).AddCheckpointAsync(cosigned, cosigned == 0 ? [] : proof, snapshot.Checkpoint.Note, Token)).Outcome == WitnessOutcome.Cosigned)
                        cosigned = snapshot.Checkpoint.Size;
                }
                catch (Exception known) when (known is MedRedactException or PowerCutException)
                {
                    Assert.False(known is AuditLedgerException, known.Message);
                }
            }

            foreach (Survival survival in new[] { Survival.Nothing, Survival.Everything, Survival.Random(k) })
            {
                // Asked for another history of the same size as it signed, or a larger one out of nothing.
                FileWitness after = On(disk.AfterPowerCut(survival));
                WitnessAnswer same = await after.AddCheckpointAsync(cosigned, [], _rig.Keys.Checkpoint(Rig.Origin, cosigned, Sample.Digest(9)), Token);
                WitnessAnswer larger = await after.AddCheckpointAsync(0, [], _rig.Keys.Checkpoint(Rig.Origin, 50, Sample.Digest(9)), Token);
                if (cosigned != 0)
                {
                    Assert.NotEqual(WitnessOutcome.Cosigned, same.Outcome);
                    Assert.NotEqual(WitnessOutcome.Cosigned, larger.Outcome);
                    Assert.True(larger.Size >= cosigned);
                }
            }

            if (!disk.HasFailed)
            {
                Assert.Equal(12, cosigned);
                break;
            }
        }
    }

    [Fact]
    public void A_policy_counts_a_name_and_a_key_once()
    {
        WitnessKey key = WitnessKey.OfEcdsa("a", _secondKey.PublicKey), again = WitnessKey.OfEcdsa("b", _secondKey.PublicKey);
        Assert.Throws<ArgumentException>(() => new WitnessPolicy(2, [key, again]));
        Assert.Throws<ArgumentException>(() => new WitnessPolicy(0, [key]));
        Assert.Throws<ArgumentException>(() => new WitnessPolicy(1, []));
        _rig.Witnesses = [_rig.NewWitness()];
        _rig.Options.RequiredWitnesses = 2;
        Assert.Throws<ArgumentException>(() => _rig.NewLedger());
    }

    [Fact]
    public async Task A_witness_that_lies_or_throws_or_answers_for_another_is_one_too_few()
    {
        using var other = new TestKeys();
        FileWitness honest = _rig.NewWitness(), impostor = _rig.NewWitness("/second", Rig.WitnessName, other);
        foreach ((IWitness witness, WitnessOutcome expected) in new (IWitness, WitnessOutcome)[]
        {
            (new Answering(honest.Key, impostor.AddCheckpointAsync), WitnessOutcome.Malformed),
            (new Answering(honest.Key, (_, _, _, _) => ValueTask.FromResult(new WitnessAnswer(WitnessOutcome.Cosigned, "— x AAAA\nnonsense"u8.ToArray()))), WitnessOutcome.Malformed),
            (new Answering(honest.Key, (_, _, _, _) => ValueTask.FromResult(new WitnessAnswer(WitnessOutcome.Conflict, Size: long.MaxValue))), WitnessOutcome.Conflict),
            (new Answering(honest.Key, (_, _, _, _) => ValueTask.FromResult(new WitnessAnswer(WitnessOutcome.Conflict))), WitnessOutcome.Conflict),
            (new Answering(honest.Key, (_, _, _, _) => throw new InvalidOperationException("foreign")), WitnessOutcome.Unavailable),
        })
        {
            using var rig = new Rig(keys: _rig.Keys) { Witnesses = [witness] };
            await using AuditLedger ledger = rig.NewLedger();
            await ledger.AppendAsync(Sample.Event(0), Token);
            AuditCheckpoint checkpoint = await ledger.PublishCheckpointAsync(Token);
            AuditLedgerStatus status = await ledger.GetStatusAsync(Token);
            Assert.Equal((expected, 0L), (status.Witnesses.Single().Outcome, status.WitnessedSize!.Value));
            Assert.Single(SignedNote.Parse(checkpoint.Note.Span)!.Signatures);
        }
    }

    public void Dispose()
    {
        _secondKey.Dispose();
        _rig.Dispose();
    }

    private sealed class Flaky(IWitness inner) : IWitness
    {
        public bool IsAway { get; set; }

        public WitnessKey Key => inner.Key;

        public ValueTask<WitnessAnswer> AddCheckpointAsync(long oldSize, ImmutableArray<Digest256> proof, ReadOnlyMemory<byte> checkpoint, CancellationToken cancellationToken = default) =>
            IsAway ? throw new MedRedactException(Faults.WitnessUnavailable) : inner.AddCheckpointAsync(oldSize, proof, checkpoint, cancellationToken);
    }
}
