using System.Buffers;
using MedRedact.KeyManagement;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace MedRedact.Storage.Tests;

/// <summary>A register over a ring in a folder of its own.</summary>
public abstract class RegisterTests : IDisposable
{
    private protected static readonly TenantId Clinic = new("clinic");
    private static readonly KeyPurpose Purpose = new("document");

    private protected Folder Home { get; } = new();

    private protected LocalKeyRing Ring { get; }

    private protected CountedRoot Root { get; }

    protected RegisterTests()
    {
        Ring = new LocalKeyRing(new LocalKeyRingOptions { Home = Home.Path }, TimeProvider.System);
        Root = new CountedRoot(Ring);
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Ring.Dispose();
        Home.Dispose();
    }

    private protected static byte[] Key(byte value) => [.. Enumerable.Range(0, 32).Select(i => (byte)(value ^ (i * 37)))];

    private protected static SubjectId Person(int number)
    {
        byte[] digest = new byte[32];
        digest[0] = (byte)(number + 1);
        return new SubjectId(Digest256.From(digest));
    }

    private protected static KeyContext Place(DocumentId? document, StorageZone zone) => new(Purpose, zone, Clinic, document);

    private protected static async Task<byte[]> OpenAsync(KeyRegister register, WrappedKey wrapped, KeyContext place)
    {
        using IMemoryOwner<byte> opened = await register.UnwrapAsync(wrapped, place);
        return opened.Memory.ToArray();
    }

    private protected static async Task AssertGoneAsync(KeyRegister register, WrappedKey wrapped, KeyContext place) =>
        Assert.Equal(Faults.KeyGone, (await Assert.ThrowsAnyAsync<MedRedactException>(() => OpenAsync(register, wrapped, place))).Code);

    private protected KeyRegister Open() => KeyRegister.Open(Home["keys/register.db"], Root, TimeProvider.System);

    private protected long Rows() => Scalar("SELECT (SELECT count(*) FROM object_key) + (SELECT count(*) FROM subject_key)");

    private protected long Scalar(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Home["keys/register.db"]};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private protected void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Home["keys/register.db"]};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>A root that counts what it is asked and may fail once.</summary>
    private protected sealed class CountedRoot(IKeyWrapper inner) : IKeyWrapper
    {
        private int _failAt;

        public int Calls { get; set; }

        public void FailAt(int call) => (_failAt, Calls) = (call, 0);

        public ValueTask<WrappedKey> WrapAsync(ReadOnlyMemory<byte> dataKey, KeyContext context, CancellationToken cancellationToken = default)
        {
            Count();
            return inner.WrapAsync(dataKey, context, cancellationToken);
        }

        public ValueTask<IMemoryOwner<byte>> UnwrapAsync(WrappedKey dataKey, KeyContext context, CancellationToken cancellationToken = default)
        {
            Count();
            return inner.UnwrapAsync(dataKey, context, cancellationToken);
        }

        private void Count()
        {
            if (++Calls == _failAt)
                throw new MedRedactException(new FaultCode("MR-KEY-009"), "The key service failed once.");
        }
    }
}
