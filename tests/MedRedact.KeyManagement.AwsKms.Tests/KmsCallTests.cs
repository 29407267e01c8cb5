using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using MedRedact.KeyManagement.Tests;
using Microsoft.Extensions.Time.Testing;

namespace MedRedact.KeyManagement.AwsKms.Tests;

/// <summary>What is asked of the service, and what is made of its answers.</summary>
public sealed class KmsCallTests : IDisposable
{
    private static readonly byte[] DataKey = [.. Enumerable.Range(101, 32).Select(i => (byte)i)];
    private static readonly KeyContext Place = new(new KeyPurpose("document"), StorageZone.Redacted, new TenantId("clinic-a"), new DocumentId(new Guid("0197a3b0-0000-7000-8000-000000000001")));
    private static readonly KeyPurpose Ledger = new("ledger");

    private readonly KmsServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task The_service_binds_the_whole_context_and_reads_no_document_and_no_person_in_it()
    {
        using AwsKmsKeys keys = _server.Open();
        KeyContext place = Place with { Subject = new SubjectId(new Digest256(11, 12)) };
        WrappedKey wrapped = await keys.WrapAsync(DataKey, place);
        (await keys.UnwrapAsync(wrapped, place)).Dispose();
        foreach (KeyContext other in (KeyContext[])[
            place with { Subject = null }, place with { Subject = new SubjectId(new Digest256(11, 13)) }, place with { Document = null }, place with { Purpose = Ledger },
            place with { Tenant = new TenantId("clinic-b") }])
            Assert.Equal(KeyFailure.Integrity, (await Assert.ThrowsAsync<KeyServiceException>(async () => await keys.UnwrapAsync(wrapped, other))).Failure);

        JsonObject context = RequestOf("Encrypt")["EncryptionContext"]!.AsObject();
        Assert.Equal(["medredact-bound", "medredact-purpose", "medredact-tenant", "medredact-zone"], context.Select(pair => pair.Key).Order(StringComparer.Ordinal));
        Assert.Equal(("document", "clinic-a", "redacted"), (Text("medredact-purpose"), Text("medredact-tenant"), Text("medredact-zone")));
        Assert.Equal(64, Text("medredact-bound").Length);
        string told = context.ToJsonString();
        Assert.DoesNotContain(place.Document.ToString()!, told, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(place.Subject.ToString()!, told, StringComparison.OrdinalIgnoreCase);

        string Text(string name) => context[name]!.GetValue<string>();
    }

    [Fact]
    public async Task A_wrapped_key_opens_under_no_other_key_of_its_zone()
    {
        using AwsKmsKeys keys = _server.Open();
        WrappedKey wrapped = await keys.WrapAsync(DataKey, Place);
        KeyDescription other = await keys.RotateAsync(KeyRole.Wrapping(StorageZone.Redacted));
        Assert.Equal(
            KeyFailure.Integrity, (await Assert.ThrowsAsync<KeyServiceException>(async () => await keys.UnwrapAsync(wrapped with { WrappedBy = other.Id }, Place))).Failure);
        (await keys.UnwrapAsync(wrapped, Place)).Dispose();
    }

    [Fact]
    public async Task Values_that_are_indexed_never_leave_and_two_hosts_index_alike()
    {
        using AwsKmsKeys one = _server.Open(), two = _server.Open();
        byte[] value = Encoding.UTF8.GetBytes("Nkechi Whitehorse 73190462");
        IMacKey mac = await one.GetMacKeyAsync(new KeyPurpose("index"), new TenantId("clinic-a"));
        Digest256 first = await mac.ComputeAsync(value);
        await mac.ComputeAsync(new byte[100_000]);
        await (await one.GetMacKeyAsync(new KeyPurpose("index"), new TenantId("clinic-a"))).ComputeAsync(value);

        Assert.Equal(1, _server.Count("GenerateMac"));
        Assert.Equal(first, await (await two.GetMacKeyAsync(new KeyPurpose("index"), new TenantId("clinic-a"))).ComputeAsync(value));
        Assert.DoesNotContain(
            _server.Calls.Where(call => call.Operation == "GenerateMac"),
            call => Encoding.UTF8.GetString(Convert.FromBase64String(call.Request["Message"]!.GetValue<string>())).Contains("Whitehorse", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_what_is_signed_only_the_digest_leaves()
    {
        using AwsKmsKeys keys = _server.Open();
        ISigner signer = await keys.GetSignerAsync(Ledger);
        await signer.SignAsync(new byte[50_000]);
        Assert.Equal(32, Convert.FromBase64String(RequestOf("Sign")["Message"]!.GetValue<string>()).Length);
        Assert.Equal("DIGEST", RequestOf("Sign")["MessageType"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(Trouble.Throttling, KeyFailure.Throttled)]
    [InlineData(Trouble.TooManyRequests, KeyFailure.Throttled)]
    [InlineData(Trouble.LimitExceeded, KeyFailure.Throttled)]
    [InlineData(Trouble.Internal, KeyFailure.Transient)]
    [InlineData(Trouble.DependencyTimeout, KeyFailure.Transient)]
    [InlineData(Trouble.BareFailure, KeyFailure.Transient)]
    [InlineData(Trouble.KeyUnavailable, KeyFailure.Transient)]
    [InlineData(Trouble.Dropped, KeyFailure.Transient)]
    [InlineData(Trouble.CutAnswer, KeyFailure.Transient)]
    [InlineData(Trouble.LateSuccess, KeyFailure.Transient)]
    [InlineData(Trouble.AccessDenied, KeyFailure.Denied)]
    public async Task What_goes_wrong_has_its_kind_is_asked_once_and_quotes_nobody(Trouble trouble, KeyFailure failure)
    {
        using AwsKmsKeys keys = _server.Open();
        WrappedKey wrapped = await keys.WrapAsync(DataKey, Place);
        ISigner signer = await keys.GetSignerAsync(Ledger);
        foreach ((string operation, Func<Task> call) in new (string, Func<Task>)[]
        {
            ("Encrypt", async () => await keys.WrapAsync(DataKey, Place)),
            ("Decrypt", async () => await keys.UnwrapAsync(wrapped, Place)),
            ("Sign", async () => await signer.SignAsync(DataKey)),
            ("GenerateMac", async () => await keys.GetMacKeyAsync(Ledger, new TenantId("clinic-a"))),
            ("ListAliases", async () => await keys.ListAsync()),
            ("DescribeKey", async () => await keys.ListAsync()),
        })
        {
            int before = _server.Count(operation);
            _server.Next(operation, trouble);
            KeyServiceException fault = await Assert.ThrowsAsync<KeyServiceException>(call);
            Assert.Equal(failure, fault.Failure);
            if (operation != "DescribeKey")
                Assert.Equal(before + 1, _server.Count(operation));
            string said = fault.ToString();
            foreach (string secret in (string[])["Ann", "arn:", _server.Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), Convert.ToBase64String(DataKey), Convert.ToHexString(DataKey)])
                Assert.DoesNotContain(secret, said, StringComparison.OrdinalIgnoreCase);
        }

        (await keys.UnwrapAsync(wrapped, Place)).Dispose();
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_given_up_in_time()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using AwsKmsKeys keys = _server.Open(time);
        WrappedKey wrapped = await keys.WrapAsync(DataKey, Place);
        _server.Next("Decrypt", Trouble.NoAnswer);
        Task arrived = _server.ArrivalOf("Decrypt");
        Task<IMemoryOwner<byte>> opening = keys.UnwrapAsync(wrapped, Place).AsTask();
        await arrived;
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(KeyFailure.Transient, (await Assert.ThrowsAsync<KeyServiceException>(() => opening)).Failure);
    }

    [Fact]
    public async Task Nobody_there_is_no_damage()
    {
        Uri nobody;
        using (var gone = new KmsServer())
            nobody = gone.Address;

        using AwsKmsKeys keys = _server.Open(configure: options => options.Endpoint = nobody);
        Assert.Equal(KeyFailure.Transient, (await Assert.ThrowsAsync<KeyServiceException>(async () => await keys.WrapAsync(DataKey, Place))).Failure);
    }

    [Fact]
    public async Task Cancellation_passes_through()
    {
        using AwsKmsKeys keys = _server.Open();
        WrappedKey wrapped = await keys.WrapAsync(DataKey, Place);
        using var cancel = new CancellationTokenSource();
        _server.Next("Decrypt", Trouble.NoAnswer);
        Task arrived = _server.ArrivalOf("Decrypt");
        Task<IMemoryOwner<byte>> opening = keys.UnwrapAsync(wrapped, Place, cancel.Token).AsTask();
        await arrived;
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
    }

    [Fact]
    public async Task A_key_that_somebody_switched_off_at_the_service_closes_at_once_and_opens_when_it_is_back()
    {
        var time = new MovableTime();
        using AwsKmsKeys keys = _server.Open(time, options => options.HeedWithin = TimeSpan.FromMinutes(10));
        WrappedKey wrapped = await keys.WrapAsync(DataKey, Place);
        ISigner signer = await keys.GetSignerAsync(Ledger);
        foreach (KeyId key in (KeyId[])[wrapped.WrappedBy, signer.Key])
            _server.Account.KeyOf(key).State = "Disabled";

        Assert.Equal(KeyFailure.Integrity, (await Assert.ThrowsAsync<KeyServiceException>(async () => await keys.UnwrapAsync(wrapped, Place))).Failure);
        Assert.Equal(Faults.NoActiveKey, (await Assert.ThrowsAsync<KeyServiceException>(async () => await keys.WrapAsync(DataKey, Place))).Code);
        Assert.Equal(Faults.NoActiveKey, (await Assert.ThrowsAsync<KeyServiceException>(async () => await signer.SignAsync(DataKey))).Code);

        _server.Account.KeyOf(wrapped.WrappedBy).State = "Enabled";
        time.Advance(TimeSpan.FromMinutes(11));
        (await keys.UnwrapAsync(wrapped, Place)).Dispose();
    }

    [Fact]
    public async Task A_key_that_the_service_cannot_reach_for_now_is_not_taken_for_damage()
    {
        using AwsKmsKeys keys = _server.Open();
        WrappedKey wrapped = await keys.WrapAsync(DataKey, Place);
        _server.Account.KeyOf(wrapped.WrappedBy).State = "Unavailable";
        Assert.Equal(KeyFailure.Transient, (await Assert.ThrowsAsync<KeyServiceException>(async () => await keys.UnwrapAsync(wrapped, Place))).Failure);
        Assert.Equal(KeyFailure.Transient, (await Assert.ThrowsAsync<KeyServiceException>(async () => await keys.WrapAsync(DataKey, Place))).Failure);
    }

    [Theory]
    [InlineData("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "EXTERNAL")]
    [InlineData("ECC_NIST_P256", "SIGN_VERIFY", "AWS_KMS")]
    [InlineData("HMAC_256", "GENERATE_VERIFY_MAC", "AWS_KMS")]
    public async Task A_key_that_somebody_slipped_in_under_a_name_of_ours_is_never_used(string spec, string usage, string origin)
    {
        using AwsKmsKeys keys = _server.Open();
        WrappedKey wrapped = await keys.WrapAsync(DataKey, Place);
        KeyDescription old = (await keys.ListAsync()).Single(key => key.Id == wrapped.WrappedBy);
        KeyDescription forged = old with { Id = new KeyId("redacted-0123456789abcdef"), CreatedAt = old.CreatedAt.AddDays(1) };
        _server.Account.Add(new ServedKey(spec, usage, KeyLabel.Format(forged), forged.CreatedAt, origin), "alias/medredact/main/key/redacted-0123456789abcdef");

        using AwsKmsKeys later = _server.Open();
        int encrypted = _server.Count("Encrypt");
        Assert.Equal(Faults.StrangeKey, (await Assert.ThrowsAsync<KeyServiceException>(async () => await later.WrapAsync(DataKey, Place))).Code);
        Assert.Equal(Faults.StrangeKey, (await Assert.ThrowsAsync<KeyServiceException>(async () => await later.UnwrapAsync(wrapped, Place))).Code);
        Assert.Equal(encrypted, _server.Count("Encrypt"));
    }

    private JsonObject RequestOf(string operation) => _server.Calls.Last(call => call.Operation == operation).Request;
}
