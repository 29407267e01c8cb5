namespace MedRedact.Storage.Tests;

/// <summary>Copies of the data from before a shredding are worth nothing: put back, they open as little as what was erased.</summary>
public sealed class RestoredCopiesTests : IDisposable
{
    private static readonly string[] Data = ["zones", "vault"];

    private readonly Folder _folder = new();

    private string Home => _folder["home"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Data_put_back_from_before_a_shredding_opens_for_everybody_but_whom_was_shredded()
    {
        DocumentId[] anns = [Sample.Document(1), Sample.Document(2)];
        DocumentId bobs = Sample.Document(3), erased = Sample.Document(4);
        Token ann, bob, shared;
        using (var store = new FaultStore(Home))
        {
            foreach (DocumentId document in anns)
                await store.StoreAsync(document, FaultWork.Ann, "Ann's");
            await store.StoreAsync(bobs, FaultWork.Bob, "Bob's");
            await store.StoreAsync(erased, FaultWork.Bob, "Bob's, once");
            (ann, bob) = (await store.TokenizeAsync("Ann", FaultWork.Ann), await store.TokenizeAsync("Bob", FaultWork.Bob));
            shared = await store.TokenizeAsync("Springfield", FaultWork.Ann);
            Assert.Equal(shared, await store.TokenizeAsync("Springfield", FaultWork.Bob));
        }

        Copy(Home, _folder["copies"]);
        using (var store = new FaultStore(Home))
        {
            Assert.NotNull(await store.Shredding.ShredAsync(Sample.Tenant, FaultWork.Ann, RetentionRig.Actor));
            Assert.True(await store.Documents.EraseAsync(erased, Sample.Tenant));
        }

        PutBack();
        using var restored = new FaultStore(Home);
        Assert.Equal(6, await ObjectsAsync(restored, anns, opens: false));
        Assert.Equal(2, await ObjectsAsync(restored, [erased], opens: false, StorageZone.Redacted, StorageZone.Structured));
        Assert.Equal(3, await ObjectsAsync(restored, [bobs], opens: true));
        Assert.NotNull(await restored.Vault.FindAsync(ann, Sample.Scope));
        await Assert.ThrowsAnyAsync<MedRedactException>(() => restored.RevealAsync(ann));
        Assert.Equal(("Bob", "Springfield"), (await restored.RevealAsync(bob), await restored.RevealAsync(shared)));

        // Nor do they after the person has come back and the keys were turned again.
        await restored.StoreAsync(Sample.Document(5), FaultWork.Ann, "Ann's again");
        await restored.Register.TurnAsync();
        Assert.Equal(6, await ObjectsAsync(restored, anns, opens: false));
        await Assert.ThrowsAnyAsync<MedRedactException>(() => restored.RevealAsync(ann));
    }

    /// <summary>Opens every object of some documents, straight from its envelope.</summary>
    /// <returns>How many there were.</returns>
    private static async Task<int> ObjectsAsync(FaultStore store, DocumentId[] documents, bool opens, params StorageZone[] zones)
    {
        int count = 0;
        foreach (DocumentId document in documents)
        {
            foreach (ZoneObject each in (await store.ObjectsAsync(document)).Where(each => zones.Length == 0 || zones.Contains(each.Zone)))
            {
                count++;
                if (opens)
                    Assert.StartsWith("Bob's", await store.OpenAsync(each), StringComparison.Ordinal);
                else
                    await Assert.ThrowsAnyAsync<MedRedactException>(() => store.OpenAsync(each));
            }
        }

        return count;
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Data.SelectMany(part => Directory.EnumerateFiles(Path.Combine(from, part), "*", SearchOption.AllDirectories)))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private void PutBack()
    {
        foreach (string part in Data)
            Directory.Delete(Path.Combine(Home, part), recursive: true);
        Copy(_folder["copies"], Home);
    }
}
