using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace MedRedact.Envelope.Tests;

public sealed class EnvelopeTests
{
    private static readonly KeyContext Place = new(
        new KeyPurpose("document"), StorageZone.Redacted, new TenantId("clinic-a"), new DocumentId(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff")));

    [Fact]
    public async Task Opens_the_envelope_of_the_format_page()
    {
        var wrapper = new KnownKeyWrapper(FormatPage.Key);
        byte[] envelope = FormatPage.Envelope("envelope");

        EnvelopeHeader header = await EnvelopeHeader.ReadAsync(new MemoryStream(envelope));
        Assert.Equal(FormatPage.Envelope("header"), header.Bytes.ToArray());
        Assert.Equal(FormatPage.Envelope("place"), Place.ToBytes());
        Assert.Equal(header.Bytes.ToArray(), EnvelopeHeader.Of(header.Keys).Bytes.ToArray());

        await using Stream message = await new EnvelopeSealer(wrapper).OpenReadAsync(new MemoryStream(envelope), Place);
        Assert.Equal("sealed text\n", await new StreamReader(message).ReadToEndAsync());
    }

    [Fact]
    public async Task Every_flip_of_a_bit_in_any_byte_and_every_cut_gets_one_and_the_same_answer()
    {
        var sealer = new EnvelopeSealer(new XorWrapper("one"));
        byte[] envelope = await SealAsync(sealer, "a small envelope"u8.ToArray());
        string? answer = null;

        for (int at = 0; at < envelope.Length; at++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] flipped = [.. envelope];
                flipped[at] ^= (byte)(1 << bit);
                answer = await RefusedAsync(sealer, flipped, Place, answer);
            }

            answer = await RefusedAsync(sealer, envelope[..at], Place, answer);
        }

        await RefusedAsync(sealer, [.. envelope, 0], Place, answer);
    }

    [Theory]
    [InlineData(KeyFailure.Transient)]
    [InlineData(KeyFailure.Throttled)]
    [InlineData(KeyFailure.Unavailable)]
    public async Task A_key_service_that_could_not_judge_comes_out_as_itself_and_not_as_damage(KeyFailure failure)
    {
        var sound = new XorWrapper("one");
        byte[] envelope = await SealAsync(new EnvelopeSealer(sound), [1, 2, 3]);
        var sealer = new EnvelopeSealer(new FailingWrapper(sound, KeyServiceException.Of(failure)));

        KeyServiceException thrown = await Assert.ThrowsAsync<KeyServiceException>(async () => await sealer.OpenReadAsync(new MemoryStream(envelope), Place));
        Assert.Equal(failure, thrown.Failure);
        Assert.NotEqual(Faults.CannotOpen, thrown.Code);
        await Assert.ThrowsAsync<KeyServiceException>(async () => await new EnvelopeInspector(sealer).InspectAsync(new MemoryStream(envelope), Place));
    }

    [Theory]
    [InlineData(KeyFailure.Integrity)]
    [InlineData(KeyFailure.Denied)]
    public async Task A_key_service_that_refused_gets_the_one_answer_of_damage(KeyFailure failure)
    {
        var sound = new XorWrapper("one");
        byte[] envelope = await SealAsync(new EnvelopeSealer(sound), [1, 2, 3]);
        string answer = await RefusedAsync(new EnvelopeSealer(sound), envelope[..^1], Place, null);

        await RefusedAsync(new EnvelopeSealer(new FailingWrapper(sound, KeyServiceException.Of(failure))), envelope, Place, answer);
    }

    [Fact]
    public async Task A_recovery_key_opens_while_the_first_service_is_out_of_reach()
    {
        IKeyWrapper first = new XorWrapper("one"), recovery = new XorWrapper("recovery");
        byte[] envelope = await SealAsync(new EnvelopeSealer(first) { AlsoFor = [recovery] }, "text"u8.ToArray());
        var either = new EitherWrapper(new FailingWrapper(first, KeyServiceException.Of(KeyFailure.Unavailable)), recovery);

        await using Stream message = await new EnvelopeSealer(either).OpenReadAsync(new MemoryStream(envelope), Place);

        Assert.Equal("text", await new StreamReader(message).ReadToEndAsync());
    }

    [Fact]
    public async Task An_envelope_opens_nowhere_but_in_its_place()
    {
        var sealer = new EnvelopeSealer(new XorWrapper("one"));
        byte[] envelope = await SealAsync(sealer, [1, 2, 3]);

        KeyContext[] elsewhere =
        [
            Place with { Purpose = new KeyPurpose("other") },
            Place with { Zone = StorageZone.Proofs },
            Place with { Tenant = new TenantId("clinic-b") },
            Place with { Document = new DocumentId(Guid.Empty) },
            Place with { Document = null },
        ];
        string? answer = null;
        foreach (KeyContext place in elsewhere)
            answer = await RefusedAsync(sealer, envelope, place, answer);

        // The wrapper of this test binds no context, so it is the body's commitment that refused.
        EnvelopeInspection inspection = await new EnvelopeInspector(sealer).InspectAsync(new MemoryStream(envelope), elsewhere[0]);
        Assert.Equal(EnvelopeDamage.CommitmentMismatch, inspection.Damage);
    }

    [Fact]
    public async Task Wrapped_keys_cannot_be_swapped_between_envelopes()
    {
        var sealer = new EnvelopeSealer(new XorWrapper("one"));
        byte[] first = await SealAsync(sealer, [1]);
        byte[] second = await SealAsync(sealer, [2]);
        int headerSize = (await EnvelopeHeader.ReadAsync(new MemoryStream(first))).Bytes.Length;

        await RefusedAsync(sealer, [.. first[..headerSize], .. second[headerSize..]], Place, null);
    }

    [Fact]
    public async Task Every_wrapper_it_was_sealed_for_opens_it_alone()
    {
        var recovery = new XorWrapper("recovery");
        var sealer = new EnvelopeSealer(new XorWrapper("one")) { AlsoFor = [recovery] };
        byte[] envelope = await SealAsync(sealer, [9, 9]);

        foreach (IObjectSealer each in new[] { sealer, new EnvelopeSealer(recovery) })
        {
            await using Stream message = await each.OpenReadAsync(new MemoryStream(envelope), Place);
            Assert.Equal(9, message.ReadByte());
        }

        await RefusedAsync(new EnvelopeSealer(new XorWrapper("stranger")), envelope, Place, null);
    }

    [Fact]
    public async Task Headers_outside_the_bounds_are_refused()
    {
        Assert.Equal(16, EnvelopeHeader.Of(Wraps(16)).Keys.Length);
        Assert.Throws<MedRedactException>(() => EnvelopeHeader.Of(Wraps(17)));
        Assert.Throws<MedRedactException>(() => EnvelopeHeader.Of([]));
        Assert.Throws<MedRedactException>(() => EnvelopeHeader.Of([.. Wraps(1), .. Wraps(1)]));
        Assert.Throws<MedRedactException>(() => EnvelopeHeader.Of([new(new KeyId("a"), new byte[EnvelopeHeader.MaxBlobSize + 1])]));
        Assert.Throws<MedRedactException>(() => EnvelopeHeader.Of([new(new KeyId("a"), default)]));

        byte[] two = EnvelopeHeader.Of(Wraps(2)).Bytes.ToArray();
        byte[] sameKeyTwice = Changed(two, two.Length - 4, (byte)'a');
        await Assert.ThrowsAnyAsync<MedRedactException>(async () => await EnvelopeHeader.ReadAsync(new MemoryStream(sameKeyTwice)));
        await Assert.ThrowsAnyAsync<MedRedactException>(async () => await EnvelopeHeader.ReadAsync(new MemoryStream(Changed(two, 10, 17))));
        await Assert.ThrowsAnyAsync<MedRedactException>(async () => await EnvelopeHeader.ReadAsync(new MemoryStream(Changed(two, 10, 0))));
        await Assert.ThrowsAnyAsync<MedRedactException>(async () => await EnvelopeHeader.ReadAsync(new MemoryStream(Changed(two, 10, 1))));
        await Assert.ThrowsAnyAsync<MedRedactException>(async () => await EnvelopeHeader.ReadAsync(new MemoryStream(Changed(two, 6, 0x7F))));
        foreach (byte version in new byte[] { 0, 2, 255 })
        {
            await Assert.ThrowsAnyAsync<MedRedactException>(async () => await EnvelopeHeader.ReadAsync(new MemoryStream(Changed(two, 4, version))));
            await Assert.ThrowsAnyAsync<MedRedactException>(async () => await EnvelopeHeader.ReadAsync(new MemoryStream(Changed(two, 5, version))));
        }
    }

    [Fact]
    public async Task The_inspector_says_what_is_damaged_and_where()
    {
        var sealer = new EnvelopeSealer(new XorWrapper("one"));
        byte[] envelope = await SealAsync(sealer, Messages.Of(60_000));
        int body = (await EnvelopeHeader.ReadAsync(new MemoryStream(envelope))).Bytes.Length + Cobblestone.HeaderSize;

        Assert.True((await InspectAsync(envelope)).IsWhole);
        Assert.Equal(new(EnvelopeDamage.ChunkDamaged, 2), await InspectAsync(Changed(envelope, body + 2 * 16_400 + 5)));
        Assert.Equal(new(EnvelopeDamage.ChunkDamaged, 3), await InspectAsync(Changed(envelope, envelope.Length - 1)));
        Assert.Equal(new(EnvelopeDamage.Truncated, 2), await InspectAsync(envelope[..(body + 2 * 16_400)]));
        Assert.Equal(new(EnvelopeDamage.CommitmentMismatch, null), await InspectAsync(Changed(envelope, body - 1)));
        Assert.Equal(new(EnvelopeDamage.KeyRefused, null), await InspectAsync(Changed(envelope, 12, (byte)'x')));
        Assert.Equal(new(EnvelopeDamage.UnsupportedVersion, null), await InspectAsync(Changed(envelope, 4, 2)));
        Assert.Equal(new(EnvelopeDamage.NotAnEnvelope, null), await InspectAsync(Changed(envelope, 0)));

        async Task<EnvelopeInspection> InspectAsync(byte[] bytes) => await new EnvelopeInspector(sealer).InspectAsync(new MemoryStream(bytes), Place);
    }

    [Fact]
    public void A_secret_buffer_is_cleared_and_unusable_once_disposed()
    {
        SecretBuffer secret = SecretBuffer.Random(32);
        Memory<byte> kept = secret.Memory;
        Assert.True(kept.Span.ContainsAnyExcept((byte)0));

        secret.Dispose();

        Assert.False(kept.Span.ContainsAnyExcept((byte)0));
        Assert.Throws<ObjectDisposedException>(() => secret.Memory);
    }

    private static ImmutableArray<WrappedKey> Wraps(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new WrappedKey(new KeyId($"{(char)('a' + i)}"), new byte[] { 1 }))];

    private static byte[] Changed(byte[] bytes, int at, byte? value = null)
    {
        byte[] changed = [.. bytes];
        changed[at] = value ?? (byte)(changed[at] ^ 1);
        return changed;
    }

    private static async Task<byte[]> SealAsync(EnvelopeSealer sealer, byte[] message)
    {
        using var envelope = new MemoryStream();
        await using (Stream writer = await sealer.OpenWriteAsync(envelope, Place))
            await writer.WriteAsync(message);

        return envelope.ToArray();
    }

    private static async Task<string> RefusedAsync(EnvelopeSealer sealer, byte[] envelope, KeyContext place, string? expected)
    {
        MedRedactException refusal = await Assert.ThrowsAnyAsync<MedRedactException>(async () =>
        {
            await using Stream message = await sealer.OpenReadAsync(new MemoryStream(envelope), place);
            await message.CopyToAsync(Stream.Null);
        });
        Assert.Equal(Faults.CannotOpen, refusal.Code);
        Assert.Null(refusal.InnerException);
        Assert.Equal(expected ?? refusal.Message, refusal.Message);
        return refusal.Message;
    }

    /// <summary>Knows one data key and gives it to whoever asks.</summary>
    private sealed class KnownKeyWrapper(byte[] dataKey) : IKeyWrapper
    {
        public ValueTask<WrappedKey> WrapAsync(ReadOnlyMemory<byte> key, KeyContext context, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<IMemoryOwner<byte>> UnwrapAsync(WrappedKey key, KeyContext context, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<IMemoryOwner<byte>>(SecretBuffer.Copy(dataKey));
    }

    /// <summary>A key service that cannot judge, or will not.</summary>
    private sealed class FailingWrapper(IKeyWrapper sound, Exception failure) : IKeyWrapper
    {
        public ValueTask<WrappedKey> WrapAsync(ReadOnlyMemory<byte> dataKey, KeyContext context, CancellationToken cancellationToken = default) =>
            sound.WrapAsync(dataKey, context, cancellationToken);

        public ValueTask<IMemoryOwner<byte>> UnwrapAsync(WrappedKey dataKey, KeyContext context, CancellationToken cancellationToken = default) =>
            throw failure;
    }

    /// <summary>Opens what two wrappers wrapped, as a composition with a recovery key does.</summary>
    private sealed class EitherWrapper(IKeyWrapper first, IKeyWrapper second) : IKeyWrapper
    {
        private int _asked;

        public ValueTask<WrappedKey> WrapAsync(ReadOnlyMemory<byte> dataKey, KeyContext context, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<IMemoryOwner<byte>> UnwrapAsync(WrappedKey dataKey, KeyContext context, CancellationToken cancellationToken = default) =>
            (_asked++ == 0 ? first : second).UnwrapAsync(dataKey, context, cancellationToken);
    }

    /// <summary>The weakest wrapper one can think of: whatever holds here, the envelope itself provides.</summary>
    private sealed class XorWrapper(string name) : IKeyWrapper
    {
        private readonly KeyId _id = new(name);
        private readonly byte[] _mask = SHA256.HashData(Encoding.ASCII.GetBytes(name));

        public ValueTask<WrappedKey> WrapAsync(ReadOnlyMemory<byte> dataKey, KeyContext context, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(new WrappedKey(_id, Mask(dataKey)));

        public ValueTask<IMemoryOwner<byte>> UnwrapAsync(WrappedKey dataKey, KeyContext context, CancellationToken cancellationToken = default) =>
            dataKey.WrappedBy == _id && dataKey.Blob.Length == 32
                ? ValueTask.FromResult<IMemoryOwner<byte>>(SecretBuffer.Copy(Mask(dataKey.Blob)))
                : throw new MedRedactException(new FaultCode("MR-KEY-001"));

        private byte[] Mask(ReadOnlyMemory<byte> bytes) => [.. bytes.ToArray().Zip(_mask, (a, b) => (byte)(a ^ b))];
    }
}
