using MedRedact.Durability.Simulation;

namespace MedRedact.Storage.Tests;

public sealed class StorageHomeTests
{
    [Theory]
    [InlineData(DiskFault.Io)]
    [InlineData(DiskFault.NoSpace)]
    public async Task Whatever_fails_while_a_home_is_opened_the_same_process_opens_it_then_and_finds_what_was_in_flight(DiskFault fault)
    {
        for (int k = 1; ; k++)
        {
            var before = new SimulatedDisk();
            var machine = new Machine(before);
            await machine.Documents.BeginAsync(Sample.Document(), Sample.Tenant);

            SimulatedDisk disk = before.AfterPowerCut(Survival.Everything);
            disk.FailAt(k, fault);
            try
            {
                StorageHome.Open("/data", disk).Dispose();
            }
            catch (MedRedactException)
            {
                // What it held of others' is free again.
            }

            bool struck = disk.HasFailed;
            disk.FailAt(0, fault);
            using StorageHome after = StorageHome.Open("/data", disk);
            Assert.Equal(Sample.Document(), Assert.Single(after.Abandoned()).Document.Document);
            if (!struck)
                break;
        }
    }
}
