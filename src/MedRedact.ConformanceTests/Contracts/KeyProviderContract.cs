using System.Collections.Immutable;
using System.Security.Cryptography;

namespace MedRedact.ConformanceTests;

/// <summary>What every <see cref="IKeyProvider"/> promises.</summary>
public abstract class KeyProviderContract
{
    private static readonly KeyPurpose Purpose = new("conformance-one"), OtherPurpose = new("conformance-two");

    /// <summary>Makes the provider.</summary>
    /// <returns>The provider.</returns>
    protected abstract ValueTask<IKeyProvider> CreateProviderAsync();

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_signature_verifies_with_the_public_key_alone_and_for_no_other_message()
    {
        IKeyProvider provider = await CreateProviderAsync();
        ISigner signer = await provider.GetSignerAsync(Purpose, Samples.Cancellation);
        foreach (byte[] message in (byte[][])[[], [1], new byte[100_000]])
        {
            ReadOnlyMemory<byte> signature = await signer.SignAsync(message, Samples.Cancellation);
            Assert.True(Verifies(signer.PublicKey, message, signature), "a signature does not verify");
            Assert.False(Verifies(signer.PublicKey, [.. message, 0], signature), "a signature verifies for another message");
        }

        await DisposeAsync(provider);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_purpose_keeps_its_signing_key_and_shares_it_with_no_other()
    {
        IKeyProvider provider = await CreateProviderAsync();
        ISigner one = await provider.GetSignerAsync(Purpose, Samples.Cancellation), again = await provider.GetSignerAsync(Purpose, Samples.Cancellation);
        ISigner other = await provider.GetSignerAsync(OtherPurpose, Samples.Cancellation);
        Assert.Equal(one.Key, again.Key);
        Assert.True(one.PublicKey.Span.SequenceEqual(again.PublicKey.Span), "the public key of a purpose moves");
        Assert.NotEqual(one.Key, other.Key);
        Assert.False(one.PublicKey.Span.SequenceEqual(other.PublicKey.Span), "two purposes share a key");
        await DisposeAsync(provider);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task The_key_that_signs_now_is_the_first_by_which_signatures_are_accepted()
    {
        IKeyProvider provider = await CreateProviderAsync();
        ISigner signer = await provider.GetSignerAsync(Purpose, Samples.Cancellation);
        ImmutableArray<VerificationKey> keys = await provider.GetVerificationKeysAsync(Purpose, Samples.Cancellation);
        Assert.Equal(signer.Key, keys[0].Key);
        Assert.True(signer.PublicKey.Span.SequenceEqual(keys[0].PublicKey.Span), "the public keys differ");
        Assert.Equal(keys.Length, keys.Select(key => key.Key).Distinct().Count());
        await DisposeAsync(provider);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task The_key_that_a_signature_names_is_found_for_its_own_purpose_alone()
    {
        IKeyProvider provider = await CreateProviderAsync();
        ISigner signer = await provider.GetSignerAsync(Purpose, Samples.Cancellation);
        VerificationKey? found = await provider.FindVerificationKeyAsync(Purpose, signer.Key, Samples.Cancellation);
        Assert.NotNull(found);
        Assert.Equal(signer.Key, found.Key);
        Assert.True(signer.PublicKey.Span.SequenceEqual(found.PublicKey.Span), "the public keys differ");
        Assert.Null(await provider.FindVerificationKeyAsync(OtherPurpose, signer.Key, Samples.Cancellation));
        Assert.Null(await provider.FindVerificationKeyAsync(Purpose, new KeyId("nobody.0123456789"), Samples.Cancellation));
        await DisposeAsync(provider);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Macs_are_the_same_again_and_differ_by_message_purpose_and_tenant()
    {
        IKeyProvider provider = await CreateProviderAsync();
        Digest256 mac = await MacAsync(Purpose, Samples.Tenant, [1, 2, 3]);
        Assert.Equal(mac, await MacAsync(Purpose, Samples.Tenant, [1, 2, 3]));
        Digest256[] others =
        [
            await MacAsync(Purpose, Samples.Tenant, [1, 2, 4]), await MacAsync(OtherPurpose, Samples.Tenant, [1, 2, 3]),
            await MacAsync(Purpose, Samples.OtherTenant, [1, 2, 3]), await MacAsync(Purpose, Samples.Tenant, new byte[100_000]),
        ];
        Assert.Equal(5, others.Append(mac).Distinct().Count());
        await DisposeAsync(provider);

        async Task<Digest256> MacAsync(KeyPurpose purpose, TenantId tenant, byte[] message) =>
            await (await provider.GetMacKeyAsync(purpose, tenant, Samples.Cancellation)).ComputeAsync(message, Samples.Cancellation);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task First_uses_at_the_same_time_get_one_key_and_many_threads_sign()
    {
        IKeyProvider provider = await CreateProviderAsync();
        KeyId[] keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => Task.Run(async () =>
        {
            ISigner signer = await provider.GetSignerAsync(Purpose, Samples.Cancellation);
            byte[] message = [(byte)number];
            Assert.True(Verifies(signer.PublicKey, message, await signer.SignAsync(message, Samples.Cancellation)), "a signature does not verify");
            return signer.Key;
        })));
        Assert.Single(keys.Distinct());
        await DisposeAsync(provider);
    }

    internal static bool Verifies(ReadOnlyMemory<byte> publicKey, byte[] message, ReadOnlyMemory<byte> signature)
    {
        using ECDsa key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(publicKey.Span, out int read);
        Assert.Equal(publicKey.Length, read);
        Assert.Equal(256, key.KeySize);
        return key.VerifyData(message, signature.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    internal static async ValueTask DisposeAsync(object provider)
    {
        if (provider is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync();
        else
            (provider as IDisposable)?.Dispose();
    }
}
