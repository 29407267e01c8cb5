using MedRedact.KeyManagement;
using MedRedact.Storage;

namespace MedRedact.ConformanceTests.Tests;

[Proves(typeof(FileZoneStore))]
public sealed class OurFileZoneStore : ZoneStoreContract, IDisposable
{
    private readonly StorageHome _home = StorageHome.Open(Directory.CreateTempSubdirectory("zones-").FullName);

    public void Dispose()
    {
        _home.Dispose();
        Directory.Delete(_home.Folder, recursive: true);
    }

    protected override ValueTask<IZoneStore> CreateStoreAsync() => ValueTask.FromResult<IZoneStore>(new FileZoneStore(_home));
}

[Proves(typeof(SqliteTokenVault))]
public sealed class OurSqliteTokenVault : TokenVaultContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vault-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override ValueTask<ITokenVault> CreateVaultAsync() => ValueTask.FromResult<ITokenVault>(SqliteTokenVault.Open(Path.Combine(_folder, "tokens.db")));
}

[Proves(typeof(KeyRegister))]
public sealed class OurKeyRegister : KeyWrapperContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("keys-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override ValueTask<IKeyWrapper> CreateWrapperAsync()
    {
        var ring = new LocalKeyRing(new LocalKeyRingOptions { Home = _folder }, TimeProvider.System);
        return ValueTask.FromResult<IKeyWrapper>(KeyRegister.Open(Path.Combine(_folder, "keys", "register.db"), ring, TimeProvider.System));
    }
}
