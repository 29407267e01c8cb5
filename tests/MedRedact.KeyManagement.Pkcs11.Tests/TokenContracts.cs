using MedRedact.ConformanceTests;
using MedRedact.KeyManagement.Tests;

namespace MedRedact.KeyManagement.Pkcs11.Tests;

[Proves(typeof(Pkcs11Keys))]
public sealed class TokenWrapperContract : KeyWrapperContract, IDisposable
{
    private readonly SoftHsm _hsm = new();

    public void Dispose() => _hsm.Dispose();

    protected override ValueTask<IKeyWrapper> CreateWrapperAsync() => ValueTask.FromResult<IKeyWrapper>(_hsm.Open());
}

[Proves(typeof(Pkcs11Keys))]
public sealed class TokenProviderContract : KeyProviderContract, IDisposable
{
    private readonly SoftHsm _hsm = new();

    public void Dispose() => _hsm.Dispose();

    protected override ValueTask<IKeyProvider> CreateProviderAsync() => ValueTask.FromResult<IKeyProvider>(_hsm.Open());
}

[Proves(typeof(Pkcs11Keys))]
public sealed class TokenLifeContract : KeyLifecycleContract, IDisposable
{
    private readonly SoftHsm _hsm = new();
    private readonly MovableTime _time = new();

    public void Dispose() => _hsm.Dispose();

    protected override ValueTask<KeysUnderTest> OpenAsync()
    {
        Pkcs11Keys keys = _hsm.Open(_time);
        return new(new KeysUnderTest(keys, keys, keys));
    }

    protected override void Pass(TimeSpan time) => _time.Advance(time);
}

public sealed class TokenCoverage
{
    [Fact]
    public void Every_implementation_of_this_package_is_proved() =>
        Assert.Empty(ContractCoverage.Missing(typeof(Pkcs11Keys).Assembly, typeof(TokenCoverage).Assembly));
}
