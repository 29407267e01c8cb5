using System.Security.Cryptography;
using System.Text;
using CsCheck;
using MedRedact.Envelope;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Storage.Tests;

/// <summary>A value lies sealed beside the ledger, is what the event was committed to or nothing, and goes when it is to go.</summary>
public sealed class ErasableFieldTests
{
    private const string Canary = "Zebediah Quillfeather";
    private const string Page = "erasable-fields.md";

    private static readonly DocumentId One = Sample.Document(1), Two = Sample.Document(2);

    private static readonly Gen<string> Texts =
        Gen.String.Select(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text))).Where(text => text.Length > 0 && Encoding.UTF8.GetByteCount(text) <= FieldCommitment.MostBytes);

    private static readonly Gen<(string Name, byte[] Salt, string Value)> Openings = Gen.Select(Gen.String[Gen.Char['a', 'c'], 1, 3], Gen.Byte[0, 1].Select(each => Enumerable.Repeat(each, Digest256.Size).ToArray()), Gen.String[Gen.Char['a', 'c'], 1, 3]);

    private readonly FieldRig _rig = new();

    [Fact]
    public void The_commitment_and_the_entry_on_the_page_are_those_that_the_code_makes()
    {
        Assert.True(Digest256.TryParse(FormatPage.Value("salt", Page), out Digest256 salt));
        var opening = new FieldOpening(FormatPage.Value("name", Page), Phi.Of(salt), Phi.Of(FormatPage.Value("value", Page)));
        Assert.Equal(FormatPage.Value("commitment", Page), opening.Commitment().ToString());
        Assert.Equal(FormatPage.Value("commitment", Page), Convert.ToHexStringLower(SHA256.HashData(Convert.FromHexString(FormatPage.Value("hashed", Page)))));

        byte[] entry = FieldEntry.Format(opening);
        Assert.Equal(FormatPage.Value("plaintext", Page), Convert.ToHexStringLower(entry));
        Assert.Equal(opening, FieldEntry.Parse(entry, opening.Commitment()));
        for (int length = 0; length < entry.Length; length++)
            Assert.Null(FieldEntry.Parse(entry.AsSpan(..length), opening.Commitment()));
    }

    [Fact]
    public async Task Any_text_comes_back_as_it_was() => await Gen.Select(Texts, Gen.Bool).SampleAsync(
        async each => await _rig.RevealAsync(await _rig.CommitAsync(each.Item1, each.Item2 ? One : null), each.Item2 ? One : null) == each.Item1,
        iter: 50,
        threads: 1);

    [Fact]
    public void Nothing_opens_a_commitment_but_its_own_name_salt_and_value() => Gen.Select(Openings, Openings).Sample(
        pair =>
        {
            FieldOpening[] both = [.. new[] { pair.Item1, pair.Item2 }.Select(each => new FieldOpening(each.Name, Phi.Of(Digest256.From(each.Salt)), Phi.Of(each.Value)))];
            AuditField field = both[0].Commitment().ToField(both[0].Name);
            return both[0].Opens(field) && both[1].Opens(field) == (both[0] == both[1]) && both[1].Commitment() == both[0].Commitment() == (both[0] == both[1])
                && !both[0].Opens(field with { Name = "other" }) && !both[0].Opens(new(both[0].Name, AuditValue.Of(1)));
        },
        iter: 2_000);

    [Fact]
    public async Task After_any_history_exactly_what_was_not_erased_is_there() => await Gen.Select(Gen.Int[0, 4], Gen.Int[0, 2], Gen.Int[0, 20]).Array[1, 30].SampleAsync(
        async steps =>
        {
            var rig = new FieldRig();
            var kept = new List<(AuditField Field, DocumentId? Document, bool IsThere)>();
            foreach ((int kind, int place, int which) in steps)
            {
                DocumentId? document = place switch { 0 => One, 1 => Two, _ => null };
                if (kind <= 2)
                {
                    kept.Add((await rig.CommitAsync($"value {kept.Count}", document), document, true));
                }
                else if (kind == 3 && document is { } all)
                {
                    Assert.Equal(kept.Count(each => each.Document == all && each.IsThere), await rig.Fields.EraseAsync(Sample.Tenant, all, FieldRig.Officer));
                    kept = [.. kept.Select(each => each with { IsThere = each.IsThere && each.Document != all })];
                }
                else if (kept.Count > 0)
                {
                    // Under the wrong document nothing goes.
                    (AuditField field, DocumentId? of, bool isThere) = kept[which % kept.Count];
                    Assert.Equal(isThere && of == document ? 1 : 0, await rig.EraseAsync(document, field));
                    kept[which % kept.Count] = (field, of, isThere && of != document);
                }
            }

            for (int i = 0; i < kept.Count; i++)
                Assert.Equal(kept[i].IsThere ? $"value {i}" : null, await rig.RevealAsync(kept[i].Field, kept[i].Document));
            Assert.Equal(kept.Count(each => each.IsThere), rig.Files().Count());
        },
        iter: 40,
        threads: 1);

    [Fact]
    public async Task A_file_that_is_not_what_the_event_was_committed_to_is_refused_and_that_is_on_record()
    {
        AuditField field = await _rig.CommitAsync(Canary, One), other = await _rig.CommitAsync("another", One), elsewhere = await _rig.CommitAsync("elsewhere", Two);
        string path = PathOf(field);
        byte[] bytes = _rig.Disk.ReadAllBytes(path);
        List<byte[]> wrong = [.. Enumerable.Range(0, bytes.Length).Select(at => (byte[])[.. bytes[..at], (byte)(bytes[at] ^ 4), .. bytes[(at + 1)..]])];
        wrong.AddRange([[], bytes[..^1], [.. bytes, 0], new byte[200_000], _rig.Disk.ReadAllBytes(PathOf(other)), _rig.Disk.ReadAllBytes(PathOf(elsewhere))]);
        foreach (byte[] each in wrong)
        {
            _rig.Disk.Plant(path, each);
            Assert.Equal(Faults.BrokenField.Value, await _rig.RevealAsync(field, One));
        }

        Assert.Equal(wrong.Count, _rig.Ledger.Events.Count);
        Assert.All(_rig.Ledger.Events, told =>
        {
            Assert.Equal((AuditKind.FieldRevealed, AuditDecision.Denied), (told.Kind, told.Decision));
            Assert.Contains(told.Fields, each => each is { Name: "reason", Value.Text: "MR-STO-044" });
        });
        Assert.Equal("another", await _rig.RevealAsync(other, One));
        _rig.Disk.Plant(path, bytes);
        Assert.Equal(Canary, await _rig.RevealAsync(field, One));
    }

    [Fact]
    public async Task A_key_service_that_is_out_of_reach_is_no_damage()
    {
        AuditField field = await _rig.CommitAsync(Canary, One);
        var rig = new FieldRig(_rig.Disk) { Sealer = new EnvelopeSealer(new Unreachable()) };
        KeyServiceException busy = await Assert.ThrowsAsync<KeyServiceException>(async () => await rig.Fields.RevealAsync(FieldRig.CommitmentOf(field), rig.Grant(One)));
        Assert.Equal(KeyFailure.Unavailable, busy.Failure);
        Assert.Equal(Canary, await _rig.RevealAsync(field, One));
    }

    [Fact]
    public async Task What_is_on_disk_and_on_record_says_nothing_of_a_value()
    {
        AuditField field = await _rig.CommitAsync(Canary, One), without = await _rig.CommitAsync(Canary, null, "address");
        Assert.Equal(Canary, await _rig.RevealAsync(field, One));
        Assert.Equal($"/fields/t-clinic-a/{One.Value:N}/{field.Value.Text}.field", PathOf(field));
        Assert.Equal($"/fields/t-clinic-a/no-document/{without.Value.Text}.field", PathOf(without));

        string all = string.Join('\n', _rig.Files().Select(path => path + Encoding.Latin1.GetString(_rig.Disk.ReadAllBytes(path)))
            .Concat(_rig.Ledger.Events.Select(told => $"{told} {string.Join(' ', told.Fields)}")));
        Assert.All(["Zebediah", "Quillfeather", "address", "words"], word => Assert.DoesNotContain(word, all, StringComparison.Ordinal));
        Assert.All(_rig.Ledger.Events, each => Assert.All(each.Fields, told => Assert.Contains(told.Name, each.Kind.Fields)));
    }

    [Fact]
    public async Task Nothing_is_kept_or_erased_for_a_document_or_an_actor_without_a_name()
    {
        foreach (Func<Task> wrong in (Func<Task>[])
        [
            async () => await _rig.CommitAsync(Canary, default(DocumentId)),
            async () => await _rig.Fields.CommitAsync(new ErasableField(default, One, "words"), Phi.Of(Canary)),
            async () => await _rig.Fields.EraseAsync(Sample.Tenant, default(DocumentId), FieldRig.Officer),
            async () => await _rig.Fields.EraseAsync(Sample.Tenant, One, default(ActorId)),
            async () => await _rig.Fields.EraseAsync(Sample.Tenant, One, default, FieldRig.Officer),
        ])
            Assert.DoesNotContain("Zebediah", (await Assert.ThrowsAnyAsync<ArgumentException>(wrong)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => FieldRig.Field(One, "Two Words"));
        Assert.Empty(_rig.Files());
        Assert.Empty(_rig.Ledger.Events);
    }

    [Fact]
    public async Task Registered_with_a_host_values_lie_in_the_home_unless_a_folder_is_named()
    {
        using var folder = new Folder();
        foreach (string? named in (string?[])[null, folder["elsewhere"]])
        {
            var services = new ServiceCollection();
            services.AddSingleton<IAuditSink, LedgerFake>();
            new Builder(services).AddLocalKeyRing(options => options.Home = folder["keys"]).AddFileStorage(options => options.Home = folder["home"]).AddErasableFields(named);
            await using ServiceProvider provider = services.BuildServiceProvider(validateScopes: true);
            await provider.GetRequiredService<IErasableFields>().CommitAsync(FieldRig.Field(One), Phi.Of(Canary));
            Assert.Single(Directory.GetFiles(named ?? Path.Combine(folder["home"], "fields"), "*.field", SearchOption.AllDirectories));
        }
    }

    private string PathOf(AuditField field) => _rig.Files().Single(path => path.EndsWith($"/{field.Value.Text}.field", StringComparison.Ordinal));

    private sealed record Builder(IServiceCollection Services) : IMedRedactBuilder;

    private sealed class Unreachable : IKeyWrapper
    {
        public ValueTask<WrappedKey> WrapAsync(ReadOnlyMemory<byte> dataKey, KeyContext context, CancellationToken cancellationToken = default) => throw KeyServiceException.Of(KeyFailure.Unavailable);

        public ValueTask<System.Buffers.IMemoryOwner<byte>> UnwrapAsync(WrappedKey dataKey, KeyContext context, CancellationToken cancellationToken = default) =>
            throw KeyServiceException.Of(KeyFailure.Unavailable);
    }
}
