using System.Globalization;
using System.Text;

namespace MedRedact.Storage.Tests;

/// <summary>Opens what a process under faults left, on a disk that works, and holds it against what was acknowledged.</summary>
internal static class FaultCheck
{
    public static async Task RunAsync(string folder, IReadOnlyCollection<string> said)
    {
        Assert.DoesNotContain(said, line => line.StartsWith("fault ", StringComparison.Ordinal));
        using (var store = new FaultStore(folder))
        {
            await store.Documents.SweepAsync();
            await ShreddedAsync(store, said);
            await StoredAsync(store, said);
            await WorksAsync(store);
            await SweptAsync(store, said);
        }

        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            Assert.False(Path.GetFileName(file).StartsWith(".tmp-", StringComparison.Ordinal), "a temporary file is left");
            byte[] bytes = await File.ReadAllBytesAsync(file);
            Assert.True(bytes.AsSpan().IndexOf("Plainword"u8) < 0 && bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes("Plainword")) < 0, "plaintext is left");
        }
    }

    /// <summary>Once asked for, a shredding is finished by asking again; a document of the subject that was acknowledged before it goes with it.</summary>
    private static async Task ShreddedAsync(FaultStore store, IReadOnlyCollection<string> said)
    {
        if (!said.Contains("shredding"))
            return;

        SubjectCertificate? certificate = await store.Shredding.ShredAsync(Sample.Tenant, FaultWork.Ann, RetentionRig.Actor);
        Assert.True(certificate is not null || !said.Contains("shredded") || !said.Contains("stored 0"));
        foreach (int number in new[] { 0, 2 }.Where(number => said.Contains($"stored {number}")))
            Assert.Empty(await store.ObjectsAsync(FaultWork.Document(number)));
        foreach (Token token in Tokens(said, "token ann "))
            Assert.Null(await store.Vault.FindAsync(token, Sample.Scope));
    }

    private static async Task StoredAsync(FaultStore store, IReadOnlyCollection<string> said)
    {
        foreach (int number in Enumerable.Range(0, 5).Where(number => said.Contains($"stored {number}")))
        {
            DocumentId document = FaultWork.Document(number);
            bool goes = (number % 2 == 0 && number < 4 && said.Contains("shredding")) || (number == 3 && said.Contains("erasing"));
            CommitRecord? record = await store.Documents.FindAsync(document, Sample.Tenant);
            Assert.False(number == 3 && said.Contains("erased") && record is not null, "what was erased is there");
            Assert.True(goes || record?.Objects.Length == 3, "a stored document is lost");
            foreach (CommittedObject each in record?.Objects ?? [])
            {
                await using Stream content = (await store.Documents.ReadArtifactAsync(document, Sample.Tenant, each.Zone, each.Name))!;
                using var reader = new StreamReader(content);
                string text = await reader.ReadToEndAsync();
                Assert.True(each.Zone == StorageZone.Proofs || text == FaultWork.TextOf(number));
            }

            if (!goes && !said.Contains("sweeping"))
                Assert.Equal(FaultWork.TextOf(number), await store.OpenAsync(new ZoneObject(StorageZone.Quarantine, Sample.Tenant, document, new ObjectName("original"))));
        }

        foreach (Token token in Tokens(said, "token bob "))
            Assert.Equal(FaultWork.TextOf(11), await store.RevealAsync(token));
    }

    private static async Task WorksAsync(FaultStore store)
    {
        DocumentId fresh = FaultWork.Document(9);
        await store.StoreAsync(fresh, FaultWork.Bob, FaultWork.TextOf(9));
        Token token = await store.TokenizeAsync(FaultWork.TextOf(12), FaultWork.Bob);
        await store.Register.TurnAsync();
        Assert.Equal(FaultWork.TextOf(12), await store.RevealAsync(token));
        Assert.Equal(3, (await store.ObjectsAsync(fresh)).Count);
        foreach (ZoneObject each in await store.ObjectsAsync(fresh))
            Assert.Equal(FaultWork.TextOf(9), await store.OpenAsync(each));
    }

    /// <summary>What was due is gone once retention has run again, with a certificate, and nothing else with it.</summary>
    private static async Task SweptAsync(FaultStore store, IReadOnlyCollection<string> said)
    {
        await store.Retention.RunAsync(Sample.Tenant);
        foreach (DocumentId document in new[] { 1, 4 }.Where(number => said.Contains($"stored {number}")).Select(FaultWork.Document))
        {
            Assert.Equal([StorageZone.Redacted, StorageZone.Structured], (await store.ObjectsAsync(document)).Select(each => each.Zone));
            Assert.NotEmpty(store.Retention.FindCertificates(Sample.Tenant, document));
        }
    }

    private static IEnumerable<Token> Tokens(IEnumerable<string> said, string prefix) =>
        said.Where(line => line.StartsWith(prefix, StringComparison.Ordinal)).Select(line => new Token(line[prefix.Length..].ToUpper(CultureInfo.InvariantCulture)));
}
