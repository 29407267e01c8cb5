using MedRedact.Durability.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Audit.Tests;

public sealed class AuditLedgerTests : IDisposable
{
    private readonly Rig _rig = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Receipts_are_numbered_without_gaps_across_restarts()
    {
        for (int run = 0; run < 3; run++)
        {
            await using AuditLedger ledger = _rig.NewLedger();
            for (int i = 0; i < 20; i++)
                Assert.Equal((run * 20) + i, (await ledger.AppendAsync(Sample.Event(i), Token)).Sequence);
        }

        Assert.True(_rig.Verify().IsIntact);
        Assert.True(_rig.Segments().Count() > 2);
        Assert.Equal(60, (await _rig.ReadAsync()).Count);
    }

    [Fact]
    public async Task An_acknowledged_event_survives_a_power_cut_at_once()
    {
        await using AuditLedger ledger = _rig.NewLedger();
        for (int i = 0; i < 10; i++)
        {
            AuditReceipt receipt = await ledger.AppendAsync(Sample.Event(i), Token);

            using var after = new Rig(_rig.Disk.AfterPowerCut(Survival.Nothing), _rig.Keys);
            List<AuditRecord> found = await after.ReadAsync();
            Assert.Equal(receipt.LeafHash, found[^1].LeafHash);
            Assert.Equal(receipt.Sequence, found[^1].Sequence);
        }
    }

    [Fact]
    public async Task An_event_is_read_back_as_it_was_appended()
    {
        AuditEvent sample = Sample.Event(4);
        await _rig.WithEventsAsync(5);

        AuditRecord record = (await _rig.ReadAsync(from: 4)).Single();

        Assert.Equal((sample.Kind.Name, sample.At, sample.Actor), (record.Kind, record.At, record.Actor));
        Assert.Equal((sample.Tenant, sample.Document, sample.Purpose), (record.Tenant, record.Document, record.Purpose));
        Assert.Equal((sample.Decision, sample.PolicyHash), (record.Decision, record.PolicyHash));
        Assert.Equal(sample.Fields.AsEnumerable(), record.Fields);
    }

    [Fact]
    public async Task Each_event_of_a_document_names_the_one_before_it()
    {
        await _rig.WithEventsAsync(20);
        await _rig.WithEventsAsync(20, from: 20);

        foreach (IGrouping<DocumentId?, AuditRecord> chain in (await _rig.ReadAsync()).GroupBy(r => r.Document))
        {
            AuditReceipt? previous = null;
            foreach (AuditRecord record in chain)
            {
                Assert.Equal(chain.Key is null ? null : previous, record.Previous);
                previous = new(record.Sequence, record.LeafHash);
            }
        }
    }

    [Fact]
    public async Task A_checkpoint_opens_under_the_public_key_alone_and_covers_what_was_appended()
    {
        await using AuditLedger ledger = _rig.NewLedger();
        await ledger.AppendAsync(Sample.Event(0), Token);
        AuditCheckpoint published = await ledger.PublishCheckpointAsync(Token);

        AuditCheckpoint opened = Assert.IsType<AuditCheckpoint>(AuditCheckpoint.Open(_rig.Read(Rig.Folder + "/checkpoint"), _rig.Keys.PublicKey));

        Assert.Equal((Rig.Origin, 1, published.Root), (opened.Origin, opened.Size, opened.Root));
        using var stranger = new TestKeys();
        Assert.Null(AuditCheckpoint.Open(published.Note, stranger.PublicKey));
    }

    [Fact]
    public async Task A_checkpoint_is_published_at_intervals_while_events_come()
    {
        await using AuditLedger ledger = _rig.NewLedger();
        await ledger.AppendAsync(Sample.Event(0), Token);
        Assert.Contains(_rig.Verify().Findings, f => f.Kind == AuditFindingKind.EventsUnsigned);

        while (!_rig.Verify().IsIntact)
        {
            _rig.Time.Advance(_rig.Options.CheckpointInterval);
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Appending_is_refused_when_no_checkpoint_could_be_signed_for_too_long_and_goes_on_with_the_next()
    {
        await using AuditLedger ledger = _rig.NewLedger();
        await ledger.OpenAsync(Token);
        _rig.Keys.Failure = new InvalidOperationException("the key service is away");
        await ledger.AppendAsync(Sample.Event(0), Token);
        _rig.Time.Advance(_rig.Options.MaxCheckpointDelay + TimeSpan.FromTicks(1));

        MedRedactException refused = await Assert.ThrowsAsync<MedRedactException>(async () => await ledger.AppendAsync(Sample.Event(1), Token));
        Assert.Equal(Faults.CheckpointOverdue, refused.Code);

        _rig.Keys.Failure = null;
        await ledger.PublishCheckpointAsync(Token);
        Assert.Equal(1, (await ledger.AppendAsync(Sample.Event(1), Token)).Sequence);
    }

    [Fact]
    public async Task A_second_writer_is_refused_until_the_first_lets_go()
    {
        AuditLedger first = _rig.NewLedger();
        await first.OpenAsync(Token);
        await using AuditLedger second = _rig.NewLedger();

        MedRedactException refused = await Assert.ThrowsAsync<MedRedactException>(() => second.OpenAsync(Token));
        Assert.Equal(Faults.InUse, refused.Code);

        await first.DisposeAsync();
        Assert.Equal(0, (await second.AppendAsync(Sample.Event(0), Token)).Sequence);
    }

    [Fact]
    public async Task Many_producers_get_each_place_once_and_all_events_are_there()
    {
        const int Producers = 64, Each = 50;
        await using AuditLedger ledger = _rig.NewLedger();

        AuditReceipt[][] receipts = await Task.WhenAll(Enumerable.Range(0, Producers).Select(producer => Task.Run(
            async () =>
            {
                var own = new AuditReceipt[Each];
                for (int i = 0; i < Each; i++)
                    own[i] = await ledger.AppendAsync(Sample.Event(i, document: producer), Token);
                Assert.Equal(own.OrderBy(r => r.Sequence), own);
                return own;
            },
            Token)));

        await ledger.DisposeAsync();
        Assert.Equal(Enumerable.Range(0, Producers * Each).Select(i => (long)i), receipts.SelectMany(r => r).Select(r => r.Sequence).Order());
        Assert.True(_rig.Verify().IsIntact);
        Assert.Equal(
            receipts.SelectMany(r => r).OrderBy(r => r.Sequence).Select(r => r.LeafHash),
            (await _rig.ReadAsync()).Select(r => r.LeafHash));
    }

    [Fact]
    public async Task A_failed_disk_closes_the_ledger_to_appends_and_reopening_recovers()
    {
        AuditLedger ledger = _rig.NewLedger();
        await ledger.AppendAsync(Sample.Event(0), Token);
        _rig.Disk.FailAt(1, DiskFault.NoSpace);

        for (int i = 0; i < 2; i++)
        {
            MedRedactException fault = await Assert.ThrowsAsync<MedRedactException>(async () => await ledger.AppendAsync(Sample.Event(1), Token));
            Assert.Equal(Faults.Storage, fault.Code);
        }

        await ledger.DisposeAsync();
        await _rig.WithEventsAsync(1, from: 1);
        Assert.True(_rig.Verify().IsIntact);
        Assert.Equal(2, (await _rig.ReadAsync()).Count);
    }

    [Fact]
    public async Task After_a_key_rotation_the_ledger_opens_under_the_former_key_and_signs_anew()
    {
        await _rig.WithEventsAsync(3);
        using var rotated = new Rig(_rig.Disk);

        await using (AuditLedger refusing = rotated.NewLedger())
        {
            AuditLedgerException refused = await Assert.ThrowsAsync<AuditLedgerException>(() => refusing.OpenAsync(Token));
            Assert.Equal(AuditFindingKind.CheckpointSignatureInvalid, refused.Finding.Kind);
        }

        rotated.Options.FormerPublicKeys.Add(_rig.Keys.PublicKey);
        await rotated.WithEventsAsync(1, from: 3);
        Assert.True(rotated.Verify().IsIntact);
        Assert.False(_rig.Verify().IsIntact);
    }

    [Fact]
    public async Task A_key_that_its_provider_retired_is_accepted_without_being_named_and_the_ledger_signs_anew()
    {
        await _rig.WithEventsAsync(3);
        using var rotated = new Rig(_rig.Disk);
        rotated.Keys.Retired.Add(new VerificationKey(new KeyId("retired"), _rig.Keys.PublicKey));

        await rotated.WithEventsAsync(1, from: 3);

        Assert.True(rotated.Verify().IsIntact);
        Assert.False(_rig.Verify().IsIntact);
    }

    [Fact]
    public async Task A_ledger_without_a_name_makes_one_and_keeps_it()
    {
        _rig.Options.Origin = null;
        await _rig.WithEventsAsync(1);
        string origin = _rig.Verify().Checkpoint!.Origin;

        await _rig.WithEventsAsync(1, from: 1);

        Assert.StartsWith("medredact/", origin, StringComparison.Ordinal);
        Assert.Equal(origin, _rig.Verify().Checkpoint!.Origin);
    }

    [Fact]
    public async Task Closing_publishes_a_last_checkpoint_and_refuses_what_comes_after()
    {
        AuditLedger ledger = _rig.NewLedger();
        await ledger.AppendAsync(Sample.Event(0), Token);
        await ledger.DisposeAsync();

        Assert.True(_rig.Verify().IsIntact);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await ledger.AppendAsync(Sample.Event(1), Token));
        await ledger.DisposeAsync();
    }

    [Fact]
    public async Task The_registered_sink_is_the_ledger_and_wrong_options_fail()
    {
        var services = new ServiceCollection();
        new Builder(services).AddAuditLedger(options => options.Folder = "");
        await using ServiceProvider provider = services.AddSingleton<IKeyProvider>(_rig.Keys).BuildServiceProvider();
        Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(provider.GetRequiredService<IAuditSink>);

        var good = new ServiceCollection();
        new Builder(good).AddAuditLedger(options => options.Folder = "unused");
        await using ServiceProvider working = good.AddSingleton<IKeyProvider>(_rig.Keys).BuildServiceProvider();
        Assert.Same(working.GetRequiredService<AuditLedger>(), working.GetRequiredService<IAuditSink>());
    }

    public void Dispose() => _rig.Dispose();

    private sealed record Builder(IServiceCollection Services) : IMedRedactBuilder;
}
