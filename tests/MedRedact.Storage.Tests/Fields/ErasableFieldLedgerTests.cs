using System.Text;
using System.Text.RegularExpressions;
using MedRedact.Audit;
using MedRedact.Envelope;
using MedRedact.KeyManagement;

namespace MedRedact.Storage.Tests;

/// <summary>With a ledger and a key register on disk: erasing and shredding take the value, and the ledger verifies as before.</summary>
public sealed partial class ErasableFieldLedgerTests : IDisposable
{
    private const string Canary = "Zebediah Quillfeather has no relative";

    private static readonly ActorId Nurse = new("nurse-7"), Officer = new("officer-1");
    private static readonly DocumentId One = Sample.Document(1), Two = Sample.Document(2);

    private readonly Folder _folder = new();
    private readonly LocalKeyRing _ring;
    private readonly KeyRegister _keys;

    public ErasableFieldLedgerTests()
    {
        _ring = new LocalKeyRing(new LocalKeyRingOptions { Home = _folder.Path }, TimeProvider.System);
        _keys = KeyRegister.Open(_folder["keys/register.db"], _ring, TimeProvider.System);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static AccessGrant Grant => Sample.Grant(TimeProvider.System.GetUtcNow().AddHours(1), AccessAction.RevealAuditField, document: One);

    public void Dispose()
    {
        _keys.Dispose();
        _ring.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_erased_value_leaves_a_ledger_that_verifies_and_still_holds_its_commitment()
    {
        AuditField field;
        await using (AuditLedger ledger = Ledger())
        {
            var clinic = new ClinicJustifications(Fields(ledger), ledger, TimeProvider.System);
            field = await clinic.GiveAsync(Sample.Tenant, One, Nurse, Phi.Of(Canary), Token);
        }

        AuditVerificationReport before = await VerifyAsync();
        AuditRecord given = (await RecordsAsync())[0];
        Phi<string>? shown = null;
        await using (AuditLedger ledger = Ledger())
        {
            var clinic = new ClinicJustifications(Fields(ledger), ledger, TimeProvider.System);
            Task Show(Phi<string> words)
            {
                shown = words;
                return Task.CompletedTask;
            }

            Assert.True(await clinic.ReviewAsync(Assert.Single(given.Fields), Grant, Show, Token));
            Assert.Equal(Phi.Of(Canary), shown);
            await clinic.CloseAsync(Sample.Tenant, One, field, Officer, Token);
            Assert.False(await clinic.ReviewAsync(field, Grant, Show, Token));
        }

        // The ledger that there is now extends the one that was signed before.
        AuditVerificationReport after = await VerifyAsync(before.Checkpoint);
        List<AuditRecord> records = await RecordsAsync();
        Assert.Equal(["clinic.justification-given", "field.revealed", "field.erasing", "field.erased", "field.revealed"], records.Select(record => record.Kind));
        Assert.Equal((given.LeafHash, field), (records[0].LeafHash, Assert.Single(records[0].Fields)));
        Assert.Equal(field.Value, records[2].Fields.Single(each => each.Name == "commitment").Value);
        Assert.Equal(5, after.Events);
        Assert.Empty(Directory.GetFiles(_folder["fields"], "*", SearchOption.AllDirectories));
        foreach (string path in Directory.GetFiles(_folder["ledger"]))
            Assert.DoesNotContain("Quillfeather", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(path, Token)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_document_is_shredded_its_values_are_gone_and_those_of_others_are_not()
    {
        var audit = new LedgerFake();
        ErasableFieldFiles fields = Fields(audit);
        AuditField field = await CommitAsync(fields, One), neighbour = await CommitAsync(fields, Two), without = await CommitAsync(fields, null);
        Dictionary<string, byte[]> copy = Directory.GetFiles(_folder["fields"], "*", SearchOption.AllDirectories).ToDictionary(path => path, File.ReadAllBytes);
        Assert.NotNull(await RevealAsync(fields, field, One));
        Assert.Equal(1, await _keys.ShredDocumentAsync(Sample.Tenant, One, null, Token));
        await GoneAsync(fields, field);
        Assert.Equal("MR-STO-044", audit.Events[^1].Fields.Single(each => each.Name == "reason").Value.Text);
        Assert.NotNull(await RevealAsync(fields, neighbour, Two));
        Assert.NotNull(await RevealAsync(fields, without, null));

        // Erasing what opens no more is no fault, and a copy that is put back opens nothing.
        Assert.Equal(1, await fields.EraseAsync(Sample.Tenant, One, Officer, Token));
        Assert.Null(await RevealAsync(fields, field, One));
        foreach ((string path, byte[] bytes) in copy)
            await File.WriteAllBytesAsync(path, bytes, Token);
        await GoneAsync(fields, field);
    }

    [Fact]
    public async Task After_a_person_is_shredded_the_values_of_their_documents_are_gone_and_nothing_more_is_kept_for_them()
    {
        ErasableFieldFiles fields = Fields(new LedgerFake());
        var ann = new SubjectId(new Digest256(1, 2));
        AuditField before = await CommitAsync(fields, One);
        await _keys.BindAsync(Sample.Tenant, One, ann, Token);
        AuditField after = await CommitAsync(fields, One), neighbour = await CommitAsync(fields, Two);
        Assert.NotNull(await RevealAsync(fields, before, One));
        Assert.NotNull(await RevealAsync(fields, after, One));
        Assert.True(await _keys.ShredSubjectAsync(Sample.Tenant, ann, Token));
        await GoneAsync(fields, before);
        await GoneAsync(fields, after);
        Assert.NotNull(await RevealAsync(fields, neighbour, Two));
        Assert.Equal(Faults.KeyGone, (await Assert.ThrowsAnyAsync<MedRedactException>(() => CommitAsync(fields, One))).Code);
    }

    [Fact]
    public async Task The_example_of_the_page_is_the_code_that_these_tests_run()
    {
        string page = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "erasable-fields.md"), Token);
        string code = Flat(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "ClinicJustifications.cs"), Token));
        Assert.Contains(Flat(Assert.Single(CSharp().Matches(page)).Groups[1].Value), code, StringComparison.Ordinal);
    }

    private static string Flat(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharp();

    private AuditLedger Ledger() => new(new AuditLedgerOptions { Folder = _folder["ledger"], Origin = "clinic.example/audit" }, _ring);

    private ErasableFieldFiles Fields(IAuditSink audit) => new(_folder["fields"], new EnvelopeSealer(_keys), audit, TimeProvider.System);

    private async Task<AuditVerificationReport> VerifyAsync(AuditCheckpoint? known = null)
    {
        ISigner signer = await _ring.GetSignerAsync(new KeyPurpose("ledger-signing"), Token);
        AuditVerificationReport report = await AuditLedgerVerifier.VerifyAsync(_folder["ledger"], signer.PublicKey, new AuditVerificationOptions { KnownCheckpoint = known }, Token);
        Assert.True(report.IsIntact, string.Join("; ", report.Findings));
        return report;
    }

    private async Task<List<AuditRecord>> RecordsAsync() => await AuditLedgerReader.ReadAsync(_folder["ledger"], cancellationToken: Token).ToListAsync(Token);

    private static async Task<AuditField> CommitAsync(ErasableFieldFiles fields, DocumentId? document) => await fields.CommitAsync(FieldRig.Field(document), Phi.Of(Canary), Token);

    private static async Task<FieldOpening?> RevealAsync(ErasableFieldFiles fields, AuditField field, DocumentId? document) => await fields.RevealAsync(
        FieldRig.CommitmentOf(field), Sample.Grant(TimeProvider.System.GetUtcNow().AddHours(1), AccessAction.RevealAuditField, document: document), Token);

    private static async Task GoneAsync(ErasableFieldFiles fields, AuditField field) =>
        Assert.Equal(Faults.BrokenField, (await Assert.ThrowsAsync<MedRedactException>(() => RevealAsync(fields, field, One))).Code);
}
