using Amazon.Runtime;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedRedact.KeyManagement.AwsKms.Tests;

/// <summary>How it is set up: options, registration, names.</summary>
public sealed class KmsSetupTests : IDisposable
{
    private static readonly KeyContext Place = new(new KeyPurpose("document"), StorageZone.Redacted, new TenantId("clinic-a"), null);
    private static readonly Gen<string> Purpose = Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789.-"].Array[1, 64].Select(chars => new string(chars));

    private readonly KmsServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Registered_with_a_host_it_seals_opens_and_asks_the_service_once_for_what_it_opens_again()
    {
        await using ServiceProvider provider = Provider(_server.Set);
        provider.GetRequiredService<IStartupValidator>().Validate();
        await provider.GetRequiredService<IKeyLifecycle>().ListAsync();
        IObjectSealer sealer = provider.GetRequiredService<IObjectSealer>();
        using var envelope = new MemoryStream();
        await using (Stream writer = await sealer.OpenWriteAsync(envelope, Place))
            await writer.WriteAsync("text"u8.ToArray());

        for (int i = 0; i < 3; i++)
        {
            await using Stream message = await sealer.OpenReadAsync(new MemoryStream(envelope.ToArray()), Place);
            Assert.Equal("text", await new StreamReader(message).ReadToEndAsync());
        }

        Assert.Equal(1, _server.Count("Decrypt"));
    }

    [Fact]
    public async Task Registered_with_a_host_a_busy_service_is_asked_again_and_a_closed_key_leaves_the_cache()
    {
        await using ServiceProvider provider = Provider(options =>
        {
            _server.Set(options);
            (options.Retry.FirstDelay, options.Retry.AttemptTimeout) = (TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(30));
        });
        foreach (string operation in (string[])["Encrypt", "Decrypt", "CreateKey", "CreateAlias", "ListAliases", "DisableKey"])
            _server.Next(operation, Trouble.Throttling);
        IKeyWrapper wrapper = provider.GetRequiredService<IKeyWrapper>();
        IKeyLifecycle life = provider.GetRequiredService<IKeyLifecycle>();
        WrappedKey wrapped = await wrapper.WrapAsync(new byte[32], Place);
        (await wrapper.UnwrapAsync(wrapped, Place)).Dispose();
        (await wrapper.UnwrapAsync(wrapped, Place)).Dispose();
        Assert.Equal(2, _server.Count("Decrypt"));

        await life.SetStateAsync(wrapped.WrappedBy, KeyState.Disabled);
        Assert.Equal("Disabled", _server.Account.KeyOf(wrapped.WrappedBy).State);
        Assert.Equal(KeyFailure.Integrity, (await Assert.ThrowsAsync<KeyServiceException>(async () => await wrapper.UnwrapAsync(wrapped, Place))).Failure);
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused_by_a_code_when_the_host_starts()
    {
        foreach (Action<AwsKmsOptions> wrong in new Action<AwsKmsOptions>[]
        {
            options => options.Ring = "",
            options => options.Ring = "a/b",
            options => options.Ring = new string('a', 33),
            options => options.Region = null,
            options => options.Region = "us east",
            options => options.Endpoint = new Uri("http://kms.example.org/"),
            options => options.Endpoint = new Uri("/kms", UriKind.Relative),
            options => (options.Endpoint, options.UseFips) = (new Uri("https://kms.example.org/"), true),
            options => options.Timeout = TimeSpan.FromMilliseconds(99),
            options => options.HeedWithin = TimeSpan.Zero,
            options => options.KeyPolicy = "no policy",
            options => options.KeyPolicy = "[]",
            options => options.Rotation.MaxAge = TimeSpan.FromSeconds(1),
            options => options.Retry.MaxAttempts = 0,
            options => options.Retry = null!,
            options => options.Cache!.MaxUses = 0,
        })
        {
            using ServiceProvider provider = Provider(options =>
            {
                options.Region = "us-east-1";
                wrong(options);
            });
            OptionsValidationException refused = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
            Assert.StartsWith($"{Faults.BadOptions}: AwsKmsOptions.", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_missing_key_is_not_made_up_where_that_is_forbidden()
    {
        using AwsKmsKeys keys = _server.Open(configure: options => options.CreateIfMissing = false);
        Assert.Equal(Faults.NoActiveKey, (await Assert.ThrowsAsync<KeyServiceException>(async () => await keys.WrapAsync(new byte[32], Place))).Code);
        Assert.Empty(await keys.ListAsync());
        Assert.Empty(_server.Account.Keys);
    }

    [Fact]
    public async Task Rings_of_one_account_know_nothing_of_each_other()
    {
        using AwsKmsKeys one = _server.Open(configure: options => options.Ring = "one"), two = _server.Open(configure: options => options.Ring = "two");
        WrappedKey wrapped = await one.WrapAsync(new byte[32], Place);
        await two.WrapAsync(new byte[32], Place);
        Assert.Equal(2, _server.Account.Keys.Count);
        Assert.Equal("one", _server.Account.KeyOf(wrapped.WrappedBy, "one").Tags["medredact-ring"]);
        Assert.Equal(KeyFailure.Integrity, (await Assert.ThrowsAsync<KeyServiceException>(async () => await two.UnwrapAsync(wrapped, Place))).Failure);
    }

    [Fact]
    public async Task Calls_that_are_not_signed_are_refused_and_a_host_without_credentials_is_told_so()
    {
        using AwsKmsKeys unsigned = _server.Open(configure: options => options.Credentials = new AnonymousAWSCredentials());
        Assert.Equal(KeyFailure.Denied, (await Assert.ThrowsAsync<KeyServiceException>(async () => await unsigned.WrapAsync(new byte[32], Place))).Failure);

        using AwsKmsKeys without = _server.Open(configure: options => options.Credentials = new NoCredentials());
        KeyServiceException refused = await Assert.ThrowsAsync<KeyServiceException>(async () => await without.WrapAsync(new byte[32], Place));
        Assert.Equal((Faults.NoCredentials, KeyFailure.Unavailable), (refused.Code, refused.Failure));
    }

    [Fact]
    public void A_note_fits_into_an_alias_and_reads_back_what_it_says() =>
        Gen.Select(Purpose, Gen.Int[0, 6], Gen.Enum<KeyState>(), Gen.Long[1, 4_000_000_000_000]).Sample((purpose, role, state, at) =>
        {
            var names = new KmsNames(new string('r', 32));
            KeyRole what = role switch { 0 => KeyRole.MacRoot, 1 => KeyRole.Signing(new KeyPurpose(purpose)), _ => KeyRole.Wrapping((StorageZone)(role - 2)) };
            var key = new KeyDescription(KeyNames.Of(what, null), what.Kind, state, what.Zone, what.Purpose, DateTimeOffset.FromUnixTimeMilliseconds(at))
            {
                DestructionAt = DateTimeOffset.FromUnixTimeMilliseconds(at),
            };
            string alias = names.NoteOf(key);
            Assert.True(alias.Length <= 256 && alias.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-'), "the service takes no such alias");
            Assert.Equal(key, names.NoteOf(alias));
            Assert.Equal(key.Id, names.KeyOf(names.Of(key.Id)));
            Assert.Null(names.KeyOf(alias));
            Assert.Null(new KmsNames("other").NoteOf(alias));
        });

    private static ServiceProvider Provider(Action<AwsKmsOptions> configure)
    {
        var services = new ServiceCollection();
        new Builder(services).AddAwsKmsKeys(configure);
        return services.BuildServiceProvider();
    }

    private sealed record Builder(IServiceCollection Services) : IMedRedactBuilder;

    private sealed class NoCredentials : AWSCredentials
    {
        public override ImmutableCredentials GetCredentials() => throw new AmazonClientException("There are none.");

        public override Task<ImmutableCredentials> GetCredentialsAsync() => throw new AmazonClientException("There are none.");
    }
}
