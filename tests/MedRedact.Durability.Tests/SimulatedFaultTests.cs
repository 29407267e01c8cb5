using MedRedact.Durability.Simulation;

namespace MedRedact.Durability.Tests;

/// <summary>Fails the first, second, … k-th operation until none is left to fail, and asks each time what a restart finds.</summary>
public sealed class SimulatedFaultTests
{
    private const string Folder = "/data";

    [Theory]
    [ClassData(typeof(EveryDiskFault))]
    public void An_atomic_file_is_old_or_new_whatever_fails(DiskFault fault)
    {
        for (int k = 1; ; k++)
        {
            SimulatedDisk disk = NewDisk();
            AtomicFile.Write(Folder + "/state", "old"u8, disk);
            disk.FailAt(k, fault);

            bool acknowledged = Acknowledged(() => AtomicFile.Write(Folder + "/state", "new!"u8, disk));

            foreach (SimulatedDisk after in Restarts(disk))
            {
                string found = System.Text.Encoding.UTF8.GetString(after.ReadAllBytes(Folder + "/state"));
                Assert.True(found == "new!" || (found == "old" && !acknowledged));
                AtomicFile.SweepTemporaries(Folder, after);
                Assert.Single(after.List(Folder));
            }

            if (!disk.HasFailed)
                break;
        }
    }

    [Theory]
    [ClassData(typeof(EveryDiskFault))]
    public void What_an_append_file_acknowledged_is_there_whatever_fails(DiskFault fault)
    {
        for (int k = 1; ; k++)
        {
            SimulatedDisk disk = NewDisk();
            disk.FailAt(k, fault);
            int acknowledged = 0;
            bool created = false;

            Acknowledged(() =>
            {
                using DurableAppendFile file = DurableAppendFile.Create(Folder + "/log", "h"u8, disk);
                created = true;
                for (byte i = 0; i < 5; i++)
                {
                    // A caller that goes on after a failure must not get a success out of the handle.
                    if (Acknowledged(() =>
                    {
                        file.Append([i]);
                        file.Sync();
                    }))
                    {
                        Assert.Equal(i, acknowledged);
                        acknowledged++;
                    }
                }
            });

            foreach (SimulatedDisk after in Restarts(disk))
            {
                if (!created)
                    continue;
                byte[] found = after.ReadAllBytes(Folder + "/log");
                byte[] expected = [(byte)'h', .. Enumerable.Range(0, acknowledged).Select(i => (byte)i)];
                Assert.Equal(expected, found[..expected.Length]);
            }

            if (!disk.HasFailed)
            {
                Assert.Equal(5, acknowledged);
                break;
            }
        }
    }

    [Fact]
    public void Bytes_that_a_failed_sync_left_in_memory_only_are_on_disk_after_reopening()
    {
        SimulatedDisk disk = NewDisk();
        using (DurableAppendFile file = DurableAppendFile.Create(Folder + "/log", "h"u8, disk))
        {
            file.Append("lost?"u8);
            disk.FailAt(1, DiskFault.Io);
            Assert.Throws<DurabilityException>(file.Sync);
        }

        Assert.Equal("hlost?"u8, disk.ReadAllBytes(Folder + "/log"));
        Assert.Equal("h"u8, disk.AfterPowerCut(Survival.Everything).ReadAllBytes(Folder + "/log"));

        DurableAppendFile.Open(Folder + "/log", 6, settled: 1, disk).Dispose();

        Assert.Equal("hlost?"u8, disk.AfterPowerCut(Survival.Nothing).ReadAllBytes(Folder + "/log"));
    }

    [Theory]
    [ClassData(typeof(EveryDiskFault))]
    public void A_created_folder_is_there_after_a_second_attempt_whatever_failed_in_the_first(DiskFault fault)
    {
        for (int k = 1; ; k++)
        {
            SimulatedDisk disk = NewDisk();
            disk.FailAt(k, fault);
            bool created = Acknowledged(() => DurableDirectory.Create(Folder + "/a/b", disk))
                || Acknowledged(() => DurableDirectory.Create(Folder + "/a/b", disk));

            Assert.True(created || fault is DiskFault.PowerCut or DiskFault.PowerCutAfter);
            if (created)
                Assert.All(Restarts(disk), after => Assert.True(after.Exists(Folder + "/a/b")));
            if (!disk.HasFailed)
                break;
        }
    }

    [Theory]
    [ClassData(typeof(EveryDiskFault))]
    public void A_published_folder_is_absent_or_whole_whatever_fails(DiskFault fault)
    {
        for (int k = 1; ; k++)
        {
            SimulatedDisk disk = NewDisk();
            DurableDirectory.Create(Folder + "/staging/one/pages", disk);
            DurableDirectory.Create(Folder + "/documents", disk);
            Unsynced(disk, Folder + "/staging/one/manifest");
            Unsynced(disk, Folder + "/staging/one/pages/1");
            disk.FailAt(k, fault);

            bool acknowledged = Acknowledged(() => DurableDirectory.Publish(Folder + "/staging/one", Folder + "/documents/one", disk));

            foreach (SimulatedDisk after in Restarts(disk))
            {
                bool there = after.Exists(Folder + "/documents/one");
                Assert.True(there || !acknowledged);
                if (!there)
                    continue;
                Assert.Equal([1, 2, 3], after.ReadAllBytes(Folder + "/documents/one/manifest"));
                Assert.Equal([1, 2, 3], after.ReadAllBytes(Folder + "/documents/one/pages/1"));
            }

            if (!disk.HasFailed)
                break;
        }
    }

    [Fact]
    public void The_simulated_disk_forgets_what_was_not_synced()
    {
        SimulatedDisk disk = NewDisk();
        Unsynced(disk, Folder + "/a");

        Assert.False(disk.AfterPowerCut(Survival.Nothing).Exists(Folder + "/a"));
        Assert.Equal([1, 2, 3], disk.AfterPowerCut(Survival.Everything).ReadAllBytes(Folder + "/a"));

        disk.SyncDirectory(Folder);
        Assert.Empty(disk.AfterPowerCut(Survival.Nothing).ReadAllBytes(Folder + "/a"));
    }

    private static void Unsynced(SimulatedDisk disk, string path)
    {
        using IFileHandle file = disk.Open(path, FileOpening.CreateNew);
        file.Write([1, 2, 3], 0);
    }

    private static SimulatedDisk NewDisk()
    {
        var disk = new SimulatedDisk();
        DurableDirectory.Create(Folder, disk);
        return disk;
    }

    private static bool Acknowledged(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception fault) when (fault is DurabilityException or PowerCutException)
        {
            return false;
        }
    }

    private static IEnumerable<SimulatedDisk> Restarts(SimulatedDisk disk)
    {
        yield return disk.AfterPowerCut(Survival.Nothing);
        yield return disk.AfterPowerCut(Survival.Everything);
        for (int seed = 0; seed < 20; seed++)
            yield return disk.AfterPowerCut(Survival.Random(seed));
    }
}
