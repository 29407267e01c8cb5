using MedRedact.KeyManagement;
using MedRedact.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedRedact.EndToEnd.Tests;

public sealed class HomeGuardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, false, false)]
    [InlineData(true, true, true)]
    public async Task Only_a_ring_of_the_home_itself_is_the_registers_alone_unless_the_host_says_so(bool isElsewhere, bool isDeclared, bool owns)
    {
        using var ring = new LocalKeyRing(new LocalKeyRingOptions { Home = _folder["elsewhere"] }, TimeProvider.System);
        var services = new ServiceCollection();
        if (isElsewhere)
            services.AddSingleton<IKeyLifecycle>(new RetryingKeyLifecycle(ring, new KeyRetry(new KeyRetryOptions(), TimeProvider.System)));
        if (isDeclared)
            services.Configure<KeyRegisterOptions>(register => register.OwnsWrappingKeys = true);
        services.AddMedRedact().AddOnPremises(options => options.Home = _folder["home"]);
        await using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Equal(owns, provider.GetRequiredService<IOptions<KeyRegisterOptions>>().Value.OwnsWrappingKeys);
    }

    [Fact]
    public async Task No_register_is_begun_beside_objects_wherever_the_host_keeps_them()
    {
        var services = new ServiceCollection();
        services.AddMedRedact().AddOnPremises(options => options.Home = _folder["home"]);
        services.Configure<FileStorageOptions>(storage => storage.Home = _folder["objects"]);
        Directory.CreateDirectory(Path.Combine(_folder["objects"], "zones", "redacted"));
        await File.WriteAllTextAsync(Path.Combine(_folder["objects"], "zones", "redacted", "object"), "sealed", TestContext.Current.CancellationToken);
        await using ServiceProvider provider = services.BuildServiceProvider();

        Assert.False(provider.GetRequiredService<IOptions<KeyRegisterOptions>>().Value.CreateIfMissing);
    }

    [Fact]
    public async Task A_new_home_may_have_keys_made_and_one_with_a_signed_ledger_elsewhere_may_not()
    {
        var services = new ServiceCollection();
        services.AddMedRedact().AddOnPremises(options => options.Home = _folder["home"]);
        services.Configure<Audit.AuditLedgerOptions>(ledger => ledger.Folder = _folder["ledger"]);
        await using (ServiceProvider before = services.BuildServiceProvider())
            Assert.True(before.GetRequiredService<IOptions<LocalKeyRingOptions>>().Value.CreateIfMissing);

        Directory.CreateDirectory(_folder["ledger"]);
        await File.WriteAllTextAsync(Path.Combine(_folder["ledger"], "checkpoint"), "signed", TestContext.Current.CancellationToken);
        await using ServiceProvider after = services.BuildServiceProvider();
        Assert.False(after.GetRequiredService<IOptions<LocalKeyRingOptions>>().Value.CreateIfMissing);
    }
}
