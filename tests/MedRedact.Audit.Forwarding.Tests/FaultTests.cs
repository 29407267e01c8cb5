using MedRedact.Durability.Simulation;

namespace MedRedact.Audit.Forwarding.Tests;

/// <summary>Fails the first, second, … k-th operation of the disk until none is left to fail, and takes the ledger and the places away or changes them. No event is left out.</summary>
public sealed class FaultTests
{
    private const int Events = 20;

    [Theory]
    [ClassData(typeof(EveryDiskFault))]
    public async Task Whatever_the_disk_does_the_collector_gets_every_event_in_order(DiskFault fault)
    {
        using var keys = new TestKeys();
        using var ready = await new Rig(keys: keys).WithEventsAsync(Events);
        for (int k = 1; ; k++)
        {
            using var rig = new Rig(ready.Disk.AfterPowerCut(Survival.Everything), keys);
            var target = new FakeTarget();
            rig.Disk.FailAt(k, fault);
            await RunAsync(rig, target);
            bool hasFailed = rig.Disk.HasFailed;

            // Whether the machine went down or not: another process on what the disk holds.
            foreach (Survival survival in new[] { Survival.Everything, Survival.Nothing })
            {
                using var again = new Rig(rig.Disk.AfterPowerCut(survival), keys);
                var later = new FakeTarget();
                await RunAsync(again, later);
                CheckComplete([.. target.Accepted, .. later.Accepted], k);
            }

            if (!hasFailed)
            {
                Assert.Equal(ForwarderTests.Numbers(Events), target.Accepted);
                break;
            }
        }
    }

    [Theory]
    [ClassData(typeof(EveryDiskFault))]
    public async Task Whatever_the_disk_does_a_file_holds_every_event_on_a_line_of_its_own(DiskFault fault)
    {
        using var keys = new TestKeys();
        using var ledger = await new Rig(keys: keys).WithEventsAsync(Events);
        for (int k = 1; ; k++)
        {
            var disk = new SimulatedDisk();
            disk.FailAt(k, fault);

            // The ledger's disk is healthy here; what may fail is the one that the file lies on.
            await using (AuditForwarder forwarder = ledger.Forwarder(new FileAuditTarget("/sink/events.jsonl", AuditEventFormat.Cef, null, disk)))
                await DriveThroughAsync(forwarder);

            bool hasFailed = disk.HasFailed;
            SimulatedDisk found = disk.AfterPowerCut(Survival.Nothing);
            await using (AuditForwarder again = ledger.Forwarder(new FileAuditTarget("/sink/events.jsonl", AuditEventFormat.Cef, null, found)))
                await DriveThroughAsync(again);

            string text = System.Text.Encoding.UTF8.GetString(found.ReadAllBytes("/sink/events.jsonl"));
            Assert.EndsWith("\n", text);
            CheckComplete([.. text.Split('\n')[..^1].Select(line => long.Parse(CefEvent.Parse(line).Extension["cn1"], System.Globalization.CultureInfo.InvariantCulture))], k);
            ledger.Disk.Remove(Rig.Folder + "/forwarding/siem.cursor");
            if (!hasFailed)
                break;
        }
    }

    [Fact]
    public async Task No_changed_byte_of_a_place_makes_a_target_leave_events_out()
    {
        using var rig = await new Rig().WithEventsAsync(20);
        await using (AuditForwarder first = rig.Forwarder(new FakeTarget()))
            await ForwarderTests.DriveAsync(first);
        await rig.WithEventsAsync(5, from: 20);
        string path = rig.Options.CursorFolder + "/siem.cursor";
        byte[] cursor = rig.Disk.ReadAllBytes(path);
        for (int i = 0; i <= cursor.Length; i++)
        {
            byte[] changed = i == cursor.Length ? [.. cursor, (byte)'\n'] : [.. cursor];
            if (i < cursor.Length)
                changed[i] ^= 1;
            rig.Disk.Plant(path, changed);
            var target = new FakeTarget();
            await using AuditForwarder forwarder = rig.Forwarder(target);
            Assert.Equal(rig.Options.MaxDelay, await ForwarderTests.DriveAsync(forwarder));
            Assert.Equal(Faults.CursorDamaged, forwarder.Status.Single().Fault);
            Assert.Empty(target.Accepted);
        }

        // What the fault says to do.
        rig.Disk.Remove(path);
        var all = new FakeTarget();
        await using AuditForwarder anew = rig.Forwarder(all);
        await ForwarderTests.DriveAsync(anew);
        Assert.Equal(ForwarderTests.Numbers(25), all.Accepted);
    }

    [Fact]
    public async Task Nothing_of_a_ledger_is_sent_that_is_not_what_was_signed()
    {
        using var keys = new TestKeys();
        using var rig = await new Rig(keys: keys).WithEventsAsync(30);
        string segment = $"{Rig.Folder}/{new string('0', 20)}.segment";

        // The header of 84 bytes is not what is passed on; its change is the verifier's to find.
        byte[] bytes = rig.Disk.ReadAllBytes(segment);
        for (int i = 84; i < bytes.Length; i += 37)
        {
            byte[] changed = [.. bytes];
            changed[i] ^= 4;
            rig.Disk.Plant(segment, changed);
            var target = new FakeTarget();
            await using AuditForwarder forwarder = rig.Forwarder(target);
            await ForwarderTests.DriveAsync(forwarder);
            Assert.Empty(target.Accepted);
            Assert.Equal(("MR-AUD-005", true), (forwarder.Status.Single().Fault?.Value, forwarder.Status.Single().IsStalled));
        }
    }

    [Fact]
    public async Task A_ledger_that_was_put_back_or_replaced_is_not_passed_on()
    {
        using var keys = new TestKeys();
        using var rig = await new Rig(keys: keys).WithEventsAsync(10);
        Dictionary<string, byte[]> early = rig.Disk.List(Rig.Folder).Where(entry => !entry.IsDirectory).ToDictionary(entry => $"{Rig.Folder}/{entry.Name}", entry => rig.Disk.ReadAllBytes($"{Rig.Folder}/{entry.Name}"));
        await rig.WithEventsAsync(10, from: 10);
        await using (AuditForwarder forwarder = rig.Forwarder(new FakeTarget()))
            await ForwarderTests.DriveAsync(forwarder);

        using var fork = await new Rig(keys: keys).WithEventsAsync(25, from: 500);
        fork.Disk.CreateDirectory(fork.Options.CursorFolder);
        fork.Disk.Plant(fork.Options.CursorFolder + "/siem.cursor", rig.Disk.ReadAllBytes(rig.Options.CursorFolder + "/siem.cursor"));
        foreach ((string file, byte[] bytes) in early)
            rig.Disk.Plant(file, bytes);
        foreach (Rig changed in new[] { rig, fork })
        {
            var target = new FakeTarget();
            await using AuditForwarder forwarder = changed.Forwarder(target);
            Assert.Equal(changed.Options.MaxDelay, await ForwarderTests.DriveAsync(forwarder));
            Assert.Empty(target.Accepted);
            Assert.Equal("MR-AUD-005", forwarder.Status.Single().Fault?.Value);
        }
    }

    [Fact]
    public async Task A_file_that_somebody_else_wrote_stays_as_it_is()
    {
        var disk = new SimulatedDisk();
        byte[] foreign = new byte[700_000];
        disk.CreateDirectory("/sink");
        disk.Plant("/sink/events", foreign);
        await using var target = new FileAuditTarget("/sink/events", AuditEventFormat.Cef, null, disk);
        Assert.Equal(new ForwardingOutcome(ForwardingVerdict.Refused, Faults.ForeignFile), await target.SendAsync(new(Rig.Origin, [FormatTests.Plain("page.released")])));
        Assert.Equal(foreign, disk.ReadAllBytes("/sink/events"));
    }

    private static async Task RunAsync(Rig rig, IAuditTarget target)
    {
        try
        {
            await using AuditForwarder forwarder = rig.Forwarder(target);
            await DriveThroughAsync(forwarder);
        }
        catch (PowerCutException)
        {
            // The machine is off.
        }
    }

    /// <summary>Steps until nothing is left to do and nothing fails.</summary>
    private static async Task DriveThroughAsync(AuditForwarder forwarder)
    {
        do
        {
            await ForwarderTests.DriveAsync(forwarder);
        }
        while (forwarder.Status.Single().Failures is > 0 and < 10);
    }

    /// <summary>All events, each after the one before it or sent again from an earlier place on.</summary>
    private static void CheckComplete(List<long> accepted, int k)
    {
        long next = 0;
        foreach (long sequence in accepted)
        {
            Assert.True(sequence <= next, $"event {next} was left out at fault {k}");
            next = Math.Max(next, sequence + 1);
        }

        Assert.Equal(Events, next);
    }
}
