using System.Buffers;
using System.Text;
using MedRedact.KeyManagement.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace MedRedact.KeyManagement.Pkcs11.Tests;

public sealed class TokenTests : IDisposable
{
    private static readonly byte[] DataKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly KeyContext Place = new(new KeyPurpose("document"), StorageZone.Redacted, new TenantId("clinic-a"), null);
    private static readonly KeyRole Role = KeyRole.Wrapping(StorageZone.Redacted);

    private readonly SoftHsm _hsm = new();
    private readonly MovableTime _time = new();

    public void Dispose() => _hsm.Dispose();

    [Fact]
    public async Task No_key_can_be_read_from_the_token_and_each_serves_one_use()
    {
        using Pkcs11Keys keys = _hsm.Open();
        await keys.ListAsync();
        await keys.GetSignerAsync(new KeyPurpose("ledger"));

        int seen = _hsm.Look(session =>
        {
            int count = 0;
            foreach (CKO kind in (CKO[])[CKO.CKO_SECRET_KEY, CKO.CKO_PRIVATE_KEY])
            {
                foreach (IObjectHandle key in session.FindAllObjects([session.Factories.ObjectAttributeFactory.Create(CKA.CKA_CLASS, kind)]))
                {
                    List<IObjectAttribute> found = session.GetAttributeValue(
                        key, [CKA.CKA_VALUE, CKA.CKA_SENSITIVE, CKA.CKA_EXTRACTABLE, CKA.CKA_NEVER_EXTRACTABLE, CKA.CKA_SIGN, CKA.CKA_DECRYPT, CKA.CKA_UNWRAP, CKA.CKA_DERIVE]);
                    Assert.True(found[0].CannotBeRead, "a key can be read");
                    Assert.Equal([true, false, true, true, false, false, false], found.Skip(1).Select(each => each.GetValueAsBool()));
                    count++;
                }
            }

            return count;
        });

        Assert.Equal(Enum.GetValues<StorageZone>().Length + 2, seen);
    }

    [Fact]
    public async Task What_one_process_wrapped_another_unwraps_and_macs_are_the_same()
    {
        WrappedKey wrapped;
        Digest256 mac;
        using (Pkcs11Keys first = _hsm.Open())
        {
            wrapped = await first.WrapAsync(DataKey, Place);
            mac = await (await first.GetMacKeyAsync(new KeyPurpose("index"), new TenantId("clinic-a"))).ComputeAsync("text"u8.ToArray());
        }

        using Pkcs11Keys second = _hsm.Open();
        using IMemoryOwner<byte> opened = await second.UnwrapAsync(wrapped, Place);
        Assert.Equal(DataKey, opened.Memory.ToArray());
        Assert.Equal(mac, await (await second.GetMacKeyAsync(new KeyPurpose("index"), new TenantId("clinic-a"))).ComputeAsync("text"u8.ToArray()));
    }

    [Fact]
    public async Task Sessions_that_were_lost_are_opened_again_once()
    {
        using Pkcs11Keys keys = _hsm.Open();
        WrappedKey wrapped = await keys.WrapAsync(DataKey, Place);
        _hsm.Slot.CloseAllSessions();
        (await keys.UnwrapAsync(wrapped, Place)).Dispose();
    }

    [Fact]
    public async Task A_token_that_is_gone_is_out_of_reach_and_not_damage()
    {
        using Pkcs11Keys keys = _hsm.Open(configure: options => options.TokenLabel = "not-there");
        KeyServiceException refused = await Assert.ThrowsAsync<KeyServiceException>(async () => await keys.UnwrapAsync(new WrappedKey(new KeyId("one"), new byte[81]), Place));
        Assert.Equal((Faults.NoToken, KeyFailure.Unavailable), (refused.Code, refused.Failure));

        using Pkcs11Keys elsewhere = _hsm.Open(configure: options => options.Module = "/nonexistent/module.so");
        refused = await Assert.ThrowsAsync<KeyServiceException>(async () => await elsewhere.WrapAsync(DataKey, Place));
        Assert.Equal((Faults.NoToken, KeyFailure.Unavailable), (refused.Code, refused.Failure));
        Assert.DoesNotContain("nonexistent", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_pin_is_denied_not_told_and_not_tried_again()
    {
        string pin = _hsm.Write("wrong", "0000-wrong");
        using Pkcs11Keys keys = _hsm.Open(configure: options => options.PinFile = pin);
        for (int i = 0; i < 2; i++)
        {
            KeyServiceException refused = await Assert.ThrowsAsync<KeyServiceException>(async () => await keys.WrapAsync(DataKey, Place));
            Assert.Equal((Faults.PinRefused, KeyFailure.Denied), (refused.Code, refused.Failure));
            Assert.DoesNotContain("0000", refused.ToString(), StringComparison.Ordinal);
            _hsm.Write("wrong", SoftHsm.Pin);
        }
    }

    [Fact]
    public async Task A_pin_that_others_can_read_is_refused()
    {
        string pin = _hsm.Write("shared", SoftHsm.Pin, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        using Pkcs11Keys keys = _hsm.Open(configure: options => options.PinFile = pin);
        KeyServiceException refused = await Assert.ThrowsAsync<KeyServiceException>(async () => await keys.WrapAsync(DataKey, Place));
        Assert.Equal(KeyManagement.Faults.ReadableByOthers, refused.Code);
    }

    [Fact]
    public async Task A_disabled_key_computes_nothing_on_the_token_for_anybody()
    {
        using Pkcs11Keys keys = _hsm.Open();
        KeyId key = (await keys.WrapAsync(DataKey, Place)).WrappedBy;
        await keys.SetStateAsync(key, KeyState.Disabled);

        Pkcs11Exception refused = Assert.Throws<Pkcs11Exception>(() => _hsm.Look(
            session => TokenObjects.Hmac(session, TokenObjects.Find(session, key, CKO.CKO_SECRET_KEY)[0], [1])));

        Assert.Equal(CKR.CKR_KEY_FUNCTION_NOT_PERMITTED, refused.RV);
    }

    [Fact]
    public async Task A_destroyed_key_is_gone_from_the_token_and_what_an_interruption_left_goes_with_the_next_call()
    {
        using Pkcs11Keys keys = _hsm.Open(_time);
        WrappedKey wrapped = await keys.WrapAsync(DataKey, Place);
        await keys.RotateAsync(Role);
        await keys.ScheduleDestroyAsync(wrapped.WrappedBy, TimeSpan.FromDays(7));
        _time.Advance(TimeSpan.FromDays(8));
        await keys.DestroyDueAsync();
        Assert.Equal(0, _hsm.Look(session => TokenObjects.Find(session, wrapped.WrappedBy, CKO.CKO_SECRET_KEY).Count));
        await Assert.ThrowsAsync<KeyServiceException>(async () => await keys.UnwrapAsync(wrapped, Place));
    }

    [Fact]
    public async Task A_key_too_old_is_rotated_by_the_use_that_finds_it_so()
    {
        using Pkcs11Keys keys = _hsm.Open(_time, options => options.Rotation.MaxAge = TimeSpan.FromDays(90));
        using Pkcs11Keys other = _hsm.Open(_time, options => options.Rotation.MaxAge = TimeSpan.FromDays(90));
        WrappedKey first = await keys.WrapAsync(DataKey, Place);
        _time.Advance(TimeSpan.FromDays(91));

        await Task.WhenAll(Task.Run(async () => await keys.WrapAsync(DataKey, Place)), Task.Run(async () => await other.WrapAsync(DataKey, Place)));

        Assert.Equal(2, (await keys.ListAsync()).Count(key => key.Role == Role));
        Assert.NotEqual(first.WrappedBy, (await other.WrapAsync(DataKey, Place)).WrappedBy);
        (await other.UnwrapAsync(first, Place)).Dispose();
    }

    [Fact]
    public async Task Keys_that_two_machines_made_under_one_name_both_open()
    {
        using Pkcs11Keys keys = _hsm.Open();
        WrappedKey wrapped = await keys.WrapAsync(DataKey, Place);
        string label = KeyLabel.Format((await keys.ListAsync()).Single(key => key.Id == wrapped.WrappedBy));

        // What a second machine would have made at the same moment.
        _hsm.Look(session => session.GenerateKey(
            session.Factories.MechanismFactory.Create(CKM.CKM_GENERIC_SECRET_KEY_GEN),
            [
                session.Factories.ObjectAttributeFactory.Create(CKA.CKA_CLASS, CKO.CKO_SECRET_KEY), session.Factories.ObjectAttributeFactory.Create(CKA.CKA_TOKEN, true),
                session.Factories.ObjectAttributeFactory.Create(CKA.CKA_ID, Encoding.ASCII.GetBytes(wrapped.WrappedBy.Value)),
                session.Factories.ObjectAttributeFactory.Create(CKA.CKA_LABEL, label), session.Factories.ObjectAttributeFactory.Create(CKA.CKA_SIGN, true),
                session.Factories.ObjectAttributeFactory.Create(CKA.CKA_VALUE_LEN, 32UL),
            ]));

        (await keys.UnwrapAsync(wrapped, Place)).Dispose();
        (await keys.UnwrapAsync(await keys.WrapAsync(DataKey, Place), Place)).Dispose();
        Assert.Single(await keys.ListAsync(), key => key.Id == wrapped.WrappedBy);
    }

    [Fact]
    public async Task A_missing_key_is_not_made_up_where_that_is_forbidden()
    {
        using Pkcs11Keys keys = _hsm.Open(configure: options => options.CreateIfMissing = false);
        KeyServiceException refused = await Assert.ThrowsAsync<KeyServiceException>(async () => await keys.WrapAsync(DataKey, Place));
        Assert.Equal(Faults.NoActiveKey, refused.Code);
        Assert.Empty(await keys.ListAsync());
    }

    [Fact]
    public async Task Registered_with_a_host_it_seals_and_opens()
    {
        var services = new ServiceCollection();
        new Builder(services).AddPkcs11Keys(options => (options.Module, options.TokenLabel, options.PinFile, options.Home) =
            (_hsm.Options.Module, _hsm.Label, _hsm.PinFile, _hsm.Options.Home));
        await using ServiceProvider provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
        IObjectSealer sealer = provider.GetRequiredService<IObjectSealer>();

        using var envelope = new MemoryStream();
        await using (Stream writer = await sealer.OpenWriteAsync(envelope, Place))
            await writer.WriteAsync("text"u8.ToArray());
        await using Stream message = await sealer.OpenReadAsync(new MemoryStream(envelope.ToArray()), Place);
        Assert.Equal("text", await new StreamReader(message).ReadToEndAsync());
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused_when_the_host_starts()
    {
        var services = new ServiceCollection();
        new Builder(services).AddPkcs11Keys(options => options.Module = " ");
        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
    }

    private sealed record Builder(IServiceCollection Services) : IMedRedactBuilder;
}
