using MedRedact.Durability;
using MedRedact.Durability.Simulation;

namespace MedRedact.Storage.Tests;

public sealed class IngestionJournalTests : IDisposable
{
    private static readonly IdempotencyKey Key = new(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"));
    private static readonly Digest256 Body = new(1, 1), OtherBody = new(2, 2);
    private static readonly DocumentId Attempt = new(Guid.Parse("0192f000-0000-7000-8000-00000000abcd"));
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_same_key_with_the_same_bytes_gets_the_first_report_even_after_a_restart()
    {
        using (Machine machine = OnDisk())
        {
            Assert.Null(Assert.IsType<JournalEntry.Fresh>(await BeginAsync(machine, Body)).Interrupted);
            await machine.Journal.CompleteAsync(Sample.Tenant, Key, Sample.Report(Sample.Document()));
        }

        using Machine later = OnDisk();
        var completed = Assert.IsType<JournalEntry.Completed>(await BeginAsync(later, Body));
        Sample.Same(Sample.Report(Sample.Document()), completed.Report);
    }

    [Fact]
    public async Task The_same_key_with_other_bytes_is_a_conflict_and_of_another_tenant_another_key()
    {
        using Machine machine = OnDisk();
        await BeginAsync(machine, Body);
        Assert.IsType<JournalEntry.Conflict>(await BeginAsync(machine, OtherBody));
        await machine.Journal.CompleteAsync(Sample.Tenant, Key, Sample.Report(Sample.Document()));
        Assert.IsType<JournalEntry.Conflict>(await BeginAsync(machine, OtherBody));

        Assert.IsType<JournalEntry.Fresh>(await machine.Journal.BeginAsync(new TenantId("clinic-b"), Key, Body, Attempt));
    }

    [Fact]
    public async Task A_key_in_use_is_a_conflict_here_and_in_another_process_until_it_is_given_up()
    {
        using Machine machine = OnDisk();
        using Machine other = OnDisk();
        await BeginAsync(machine, Body);

        Assert.IsType<JournalEntry.Conflict>(await BeginAsync(machine, Body));
        Assert.IsType<JournalEntry.Conflict>(await BeginAsync(other, Body));

        await machine.Journal.AbandonAsync(Sample.Tenant, Key);
        Assert.IsType<JournalEntry.Fresh>(await BeginAsync(other, Body));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await machine.Journal.CompleteAsync(Sample.Tenant, Key, Sample.Report(Sample.Document())));
        await machine.Journal.AbandonAsync(Sample.Tenant, Key);
        Assert.IsType<JournalEntry.Conflict>(await BeginAsync(machine, Body));
    }

    [Fact]
    public async Task The_key_of_a_dead_process_is_taken_over()
    {
        Machine dead = OnDisk();
        await BeginAsync(dead, Body);
        dead.Dispose();

        using Machine next = OnDisk();
        Assert.IsType<JournalEntry.Conflict>(await BeginAsync(next, OtherBody));
        Assert.Equal(Attempt, Assert.IsType<JournalEntry.Fresh>(await BeginAsync(next, Body)).Interrupted);
        Assert.IsType<JournalEntry.Conflict>(await BeginAsync(next, Body));
    }

    [Fact]
    public async Task Of_a_hundred_requests_at_once_one_is_fresh()
    {
        using Machine machine = OnDisk();
        using Machine other = OnDisk();

        JournalEntry[] entries = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => BeginAsync(i % 2 == 0 ? machine : other, Body))));

        Assert.Single(entries, entry => entry is JournalEntry.Fresh);
        Assert.Equal(99, entries.Count(entry => entry is JournalEntry.Conflict));
    }

    [Fact]
    public async Task A_damaged_entry_is_refused_not_guessed()
    {
        using Machine machine = OnDisk();
        await BeginAsync(machine, Body);
        string file = _folder.Files.Single(path => path.EndsWith(".mrij", StringComparison.Ordinal));
        byte[] good = await File.ReadAllBytesAsync(file);

        for (int at = 0; at < good.Length; at++)
        {
            byte[] flipped = [.. good];
            flipped[at] ^= 1;
            await File.WriteAllBytesAsync(file, flipped);
            Assert.Equal(Faults.BrokenJournal, (await Assert.ThrowsAsync<MedRedactException>(() => BeginAsync(machine, Body))).Code);
        }
    }

    [Theory]
    [InlineData(DiskFault.Io)]
    [InlineData(DiskFault.ShortWrite)]
    [InlineData(DiskFault.PowerCut)]
    [InlineData(DiskFault.PowerCutAfter)]
    public async Task An_answer_that_was_acknowledged_is_given_again_whatever_fails(DiskFault fault)
    {
        for (int k = 1; ; k++)
        {
            var disk = new SimulatedDisk();
            var machine = new Machine(disk);
            disk.FailAt(k, fault);
            bool acknowledged = false;
            try
            {
                await BeginAsync(machine, Body);
                await machine.Journal.CompleteAsync(Sample.Tenant, Key, Sample.Report(Sample.Document()));
                acknowledged = true;
            }
            catch (Exception stopped) when (stopped is MedRedactException or PowerCutException)
            {
                // Without an acknowledgement the request may be fresh again, but never in conflict with itself.
            }

            foreach (Survival survival in FileZoneStoreTests.Survivals(k))
            {
                using var after = new Machine(disk.AfterPowerCut(survival));
                JournalEntry entry = await BeginAsync(after, Body);
                Assert.True(entry is JournalEntry.Completed || (entry is JournalEntry.Fresh && !acknowledged));
            }

            if (!disk.HasFailed)
                break;
        }
    }

    private Machine OnDisk() => new(PhysicalFileOperations.Instance, _folder.Path);

    private static async Task<JournalEntry> BeginAsync(Machine machine, Digest256 body) => await machine.Journal.BeginAsync(Sample.Tenant, Key, body, Attempt);
}
