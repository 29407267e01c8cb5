using System.Text;
using System.Text.Json;
using MedRedact.Durability.Simulation;
using MedRedact.Envelope;
using Microsoft.Extensions.Time.Testing;

namespace MedRedact.Storage.Tests;

/// <summary>What left is kept sealed, accounted for to the patient under a grant, and never in part.</summary>
public sealed class DisclosureTests
{
    private static readonly SubjectId Ann = new(new Digest256(1, 2)), Bob = new(new Digest256(3, 4));
    private static readonly ActorId Clerk = new("clerk-7");
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Now);
    private readonly SimulatedDisk _disk = new();
    private readonly LedgerFake _ledger = new();
    private readonly EnvelopeSealer _sealer = new(Machine.KeyRing);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private AccessGrant Grant => Sample.Grant(_time.GetUtcNow().AddMinutes(5), AccessAction.AccountDisclosures);

    [Fact]
    public async Task What_left_of_a_patient_is_accounted_for_oldest_first_and_word_for_word()
    {
        DisclosureFiles files = Files();
        Disclosure second = Of(Ann, Now.AddDays(-1)) with { Address = Phi.Of("1 Sample Street"), Document = new DocumentId(Guid.CreateVersion7(Now)) }, first = Of(Ann, Now.AddYears(-5), "Registry");
        await files.RecordAsync(second, Clerk, Token);
        AuditReceipt receipt = await files.RecordAsync(first, Clerk, Token);
        await files.RecordAsync(Of(Bob, Now.AddDays(-2)), Clerk, Token);

        DisclosureAccount account = await Files().AccountAsync(Ann, Grant, cancellationToken: Token);
        Assert.Equal([first, second], account.Disclosures.Select(kept => kept.Disclosure));
        Assert.Equal((Clerk, receipt), (account.Disclosures[0].By, account.Disclosures[0].Receipt));
        Assert.Equal((Now.AddYears(-6), Now), (account.From, account.To));

        // What the audit ledger was told first is what the entry is about, and says nothing of it.
        AuditEvent told = _ledger.Events[1];
        Assert.Equal((AuditKind.DisclosureMade, Clerk, first.Tenant), (told.Kind, told.Actor, told.Tenant!.Value));
        Assert.Equal(account.Disclosures[0].Commitment.ToString(), told.Fields.Single(field => field.Name == "commitment").Value.Text);
        Assert.Equal((AuditKind.DisclosuresAccounted, "2"), (_ledger.Events[^1].Kind, _ledger.Events[^1].Fields.Single(field => field.Name == "count").Value.Text));
        Assert.All(_ledger.Events, each => Assert.All(each.Fields, field => Assert.Contains(field.Name, each.Kind.Fields)));
    }

    [Fact]
    public async Task An_account_leaves_out_what_the_rule_leaves_out_and_what_an_agency_withholds_for_now()
    {
        DisclosureFiles files = Files();
        foreach (DisclosureGround ground in Enum.GetValues<DisclosureGround>())
            await files.RecordAsync(Of(Ann, Now.AddDays(-1)) with { Ground = ground }, Clerk, Token);
        await files.RecordAsync(Of(Ann, Now.AddYears(-7)), Clerk, Token);
        await files.RecordAsync(Of(Ann, Now.AddDays(-3), "Bureau") with { Ground = DisclosureGround.HealthOversight, WithheldUntil = Now.AddDays(10) }, Clerk, Token);

        DisclosureAccount account = await files.AccountAsync(Ann, Grant, cancellationToken: Token);
        Assert.Equal(
            [DisclosureGround.Other, DisclosureGround.RequiredByLaw, DisclosureGround.PublicHealth, DisclosureGround.Abuse, DisclosureGround.HealthOversight, DisclosureGround.Proceedings,
                DisclosureGround.LawEnforcement, DisclosureGround.Decedents, DisclosureGround.OrganDonation, DisclosureGround.Research, DisclosureGround.Threat, DisclosureGround.WorkersCompensation],
            account.Disclosures.Select(kept => kept.Disclosure.Ground));
        _time.Advance(TimeSpan.FromDays(10));
        Assert.Contains((await files.AccountAsync(Ann, Grant, cancellationToken: Token)).Disclosures, kept => kept.Disclosure.Recipient == Phi.Of("Bureau"));
    }

    [Fact]
    public async Task Without_a_grant_that_holds_there_is_no_account_and_another_tenant_sees_nothing()
    {
        DisclosureFiles files = Files();
        await files.RecordAsync(Of(Ann, Now), Clerk, Token);
        foreach (AccessGrant grant in (AccessGrant[])[Sample.Grant(Now.AddMinutes(5)), Sample.Grant(Now, AccessAction.AccountDisclosures)])
            await RefusedAsync(Faults.NoAccountGranted, async () => await files.AccountAsync(Ann, grant, cancellationToken: Token));
        Assert.Single(_ledger.Events);
        Assert.Empty((await files.AccountAsync(Ann, Sample.Grant(Now.AddMinutes(5), AccessAction.AccountDisclosures, new TenantId("clinic-b")), cancellationToken: Token)).Disclosures);
    }

    [Fact]
    public async Task What_is_on_disk_says_nothing()
    {
        await Files().RecordAsync(Of(Ann, Now, "Ann Example's registry"), Clerk, Token);
        (string path, byte[] bytes) = Assert.Single(Entries());
        string text = Encoding.Latin1.GetString(bytes) + path;
        Assert.All(["Example", "registry", "clerk", "tests", Ann.ToString()], word => Assert.DoesNotContain(word, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_damaged_moved_or_renamed_entry_leaves_no_account_of_its_patient_and_one_of_others()
    {
        await Files().RecordAsync(Of(Ann, Now.AddDays(-1)), Clerk, Token);
        await Files().RecordAsync(Of(Bob, Now.AddDays(-1)), Clerk, Token);
        (string path, byte[] bytes) = Entries().First();
        (string other, byte[] others) = Entries().Last();
        for (int at = 0; at < bytes.Length; at++)
        {
            byte[] flipped = [.. bytes];
            flipped[at] ^= 4;
            _disk.Plant(path, flipped);
            Assert.Equal(1, await BrokenAsync());
        }

        _disk.Plant(path, others);
        Assert.Equal(1, await BrokenAsync());
        _disk.Plant(path, bytes[..^1]);
        Assert.Equal(1, await BrokenAsync());
        _disk.Plant(path, new byte[100_000]);
        Assert.Equal(1, await BrokenAsync());
        _disk.Plant(path, bytes);
        _disk.Plant(path.Replace("00000", "00001", StringComparison.Ordinal), bytes);
        Assert.Equal(1, await BrokenAsync());
        _disk.Remove(path.Replace("00000", "00001", StringComparison.Ordinal));
        Assert.Equal(0, await BrokenAsync());
    }

    [Fact]
    public async Task Without_the_audit_ledger_nothing_is_kept()
    {
        DisclosureFiles files = new("/disclosures", _sealer, new LedgerFake { Refuses = true }, _time, operations: _disk);
        await Assert.ThrowsAsync<MedRedactException>(async () => await files.RecordAsync(Of(Ann, Now), Clerk, Token));
        Assert.Empty(Entries());
        await Files().RecordAsync(Of(Ann, Now), Clerk, Token);
        await Assert.ThrowsAsync<MedRedactException>(async () => await files.AccountAsync(Ann, Grant, cancellationToken: Token));
    }

    [Theory]
    [ClassData(typeof(EveryDiskFault))]
    public async Task What_was_said_to_be_kept_is_kept_whatever_fails(DiskFault fault)
    {
        for (int k = 1; ; k++)
        {
            var disk = new SimulatedDisk();
            disk.FailAt(k, fault);
            var files = new DisclosureFiles("/disclosures", _sealer, new LedgerFake(), _time, operations: disk);
            Exception? failed = await Record.ExceptionAsync(async () => await files.RecordAsync(Of(Ann, Now), Clerk, Token));
            bool hasFailed = disk.HasFailed;
            var later = new DisclosureFiles("/disclosures", _sealer, new LedgerFake(), _time, operations: disk.AfterPowerCut(Survival.Nothing));
            DisclosureAccount account = await later.AccountAsync(Ann, Grant, cancellationToken: Token);
            Assert.True(failed is not null || account.Disclosures.Length == 1, $"{fault} at {k}");
            Assert.True(failed is null or PowerCutException || Assert.IsType<MedRedactException>(failed).Code == Faults.DisclosureNotKept);
            if (!hasFailed)
            {
                Assert.Null(failed);
                break;
            }
        }
    }

    [Fact]
    public async Task A_disclosure_that_says_too_little_or_too_much_is_refused_and_not_repeated()
    {
        Disclosure sound = Of(Ann, Now);
        foreach (Disclosure wrong in (Disclosure[])[sound with { Recipient = Phi.Of(" ") }, sound with { Description = Phi.Of(new string('x', 2_001)) }, sound with { Purpose = Phi.Of("") },
            sound with { At = default }, sound with { At = Now.AddDays(2) }, sound with { WithheldUntil = Now.AddDays(1) },
            sound with { Ground = DisclosureGround.LawEnforcement, WithheldUntil = DateTimeOffset.MaxValue }, sound with { Address = Phi.Of("") }, sound with { Ground = (DisclosureGround)50 }, sound with { Recipient = default }])
        {
            Exception? refused = await Record.ExceptionAsync(async () => await Files().RecordAsync(wrong, Clerk, Token));
            Assert.DoesNotContain("xxx", Assert.IsAssignableFrom<ArgumentException>(refused).Message, StringComparison.Ordinal);
        }

        Assert.Empty(_ledger.Events);
    }

    [Fact]
    public async Task An_entry_that_is_gone_is_missed_where_the_ledger_is_asked()
    {
        var files = new DisclosureFiles("/disclosures", _sealer, _ledger, _time, new Told(_ledger), _disk);
        await files.RecordAsync(Of(Ann, Now.AddDays(-2)), Clerk, Token);
        await files.RecordAsync(Of(Ann, Now.AddDays(-1)), Clerk, Token);
        Assert.Equal(0, (await files.AccountAsync(Ann, Grant, cancellationToken: Token)).Missing);
        _disk.Remove(Entries().First().Path);
        Assert.Equal(1, (await files.AccountAsync(Ann, Grant, cancellationToken: Token)).Missing);
        Assert.Equal(0, (await files.AccountAsync(Bob, Grant, cancellationToken: Token)).Missing);
        Assert.Null((await Files().AccountAsync(Ann, Grant, cancellationToken: Token)).Missing);
        Assert.Contains(_ledger.Events[^3].Fields, field => field is { Name: "missing", Value.Text: "1" });
    }

    [Fact]
    public async Task An_account_is_written_for_the_patient()
    {
        await Files().RecordAsync(Of(Ann, Now.AddDays(-1), "Registry \"A\""), Clerk, Token);
        using var output = new MemoryStream();
        DisclosureAccountJson.Write(await Files().AccountAsync(Ann, Grant, cancellationToken: Token), output);
        using JsonDocument json = JsonDocument.Parse(output.ToArray());
        JsonElement entry = Assert.Single(json.RootElement.GetProperty("disclosures").EnumerateArray());
        Assert.Equal(("2026-03-03", "Registry \"A\"", 0L), (entry.GetProperty("date").GetString(), entry.GetProperty("recipient").GetString(), entry.GetProperty("event").GetInt64()));
    }

    private DisclosureFiles Files() => new("/disclosures", _sealer, _ledger, _time, operations: _disk);

    private async Task<int> BrokenAsync()
    {
        int broken = 0;
        foreach (SubjectId subject in (SubjectId[])[Ann, Bob])
        {
            if (await Record.ExceptionAsync(async () => await Files().AccountAsync(subject, Grant, cancellationToken: Token)) is { } refused)
            {
                Assert.Equal(Faults.BrokenDisclosure, Assert.IsType<MedRedactException>(refused).Code);
                broken++;
            }
        }

        return broken;
    }

    private IEnumerable<(string Path, byte[] Bytes)> Entries() =>
        from folder in _disk.Exists("/disclosures") ? _disk.List("/disclosures") : []
        from entry in _disk.List("/disclosures/" + folder.Name)
        let path = $"/disclosures/{folder.Name}/{entry.Name}"
        orderby entry.Name
        select (path, _disk.ReadAllBytes(path));

    private static Disclosure Of(SubjectId subject, DateTimeOffset at, string recipient = "County registry") =>
        new(Sample.Tenant, subject, at, DisclosureGround.PublicHealth, Phi.Of(recipient), Phi.Of("Laboratory report"), Phi.Of("Notifiable disease"));

    private static async Task RefusedAsync(FaultCode code, Func<Task> call) => Assert.Equal(code, (await Assert.ThrowsAsync<MedRedactException>(call)).Code);

    /// <summary>What a ledger in memory was told.</summary>
    private sealed class Told(LedgerFake ledger) : IDisclosureEvidence
    {
        public ValueTask<System.Collections.Immutable.ImmutableHashSet<Digest256>> FindCommitmentsAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken = default) => new(
        [
            .. from each in ledger.Events
               where each.Kind == AuditKind.DisclosureMade && each.Tenant == tenant && each.Fields.Any(field => field.Name == "subject" && field.Value.Text == subject.ToString())
               select Digest256.TryParse(each.Fields.Single(field => field.Name == "commitment").Value.Text, out Digest256 digest) ? digest : default,
        ]);
    }
}
