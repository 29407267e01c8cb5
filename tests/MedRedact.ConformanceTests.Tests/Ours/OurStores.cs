using MedRedact.Envelope;
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

[Proves(typeof(ErasableFieldFiles))]
public sealed class OurErasableFields : ErasableFieldsContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fields-").FullName;
    private readonly KeyRegister _keys;

    public OurErasableFields() => _keys = Registers.Open(_folder);

    public void Dispose()
    {
        _keys.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    protected override ValueTask<IErasableFields> OpenAsync(IAuditSink audit, TimeProvider time) =>
        new(new ErasableFieldFiles(Path.Combine(_folder, "fields"), new EnvelopeSealer(_keys), audit, time));
}

[Proves(typeof(KeyRegister))]
public sealed class OurKeyRegister : KeyWrapperContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("keys-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override ValueTask<IKeyWrapper> CreateWrapperAsync() => ValueTask.FromResult<IKeyWrapper>(Registers.Open(_folder));
}

[Proves(typeof(KeyRegister))]
public sealed class OurObjectKeys : ObjectKeysContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("keys-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override ValueTask<(IObjectKeys Keys, IKeyWrapper Wrapper)> OpenAsync()
    {
        KeyRegister register = Registers.Open(_folder);
        return new((register, register));
    }
}

internal static class Registers
{
    public static KeyRegister Open(string folder) => KeyRegister.Open(Path.Combine(folder, "keys", "register.db"), Rings.Open(folder), TimeProvider.System);
}
