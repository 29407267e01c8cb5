using Microsoft.Data.Sqlite;

namespace MedRedact.Storage.Tests;

public sealed class VaultMigrationTests : IDisposable
{
    /// <summary>The database of version 1, as it was made.</summary>
    private const string Version1 = """
        CREATE TABLE token (
            scope    TEXT    NOT NULL,
            token    TEXT    NOT NULL,
            tenant   TEXT    NOT NULL,
            category TEXT    NOT NULL,
            idx      BLOB    NOT NULL,
            envelope BLOB    NOT NULL,
            created  INTEGER NOT NULL,
            PRIMARY KEY (scope, token)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX token_by_value ON token (scope, category, idx);
        PRAGMA application_id = 0x4D525654; PRAGMA user_version = 1;
        """;

    private readonly VaultRig _rig = new();
    private readonly Folder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        _rig.Dispose();
    }

    [Fact]
    public async Task A_vault_of_version_1_becomes_one_of_version_2_and_its_tokens_lead_back()
    {
        Token token = await _rig.TokenizeAsync("Ann Example");
        VaultEntry entry = await _rig.EntryAsync(token);
        Execute(Version1);
        Execute($"INSERT INTO token VALUES ('clinic-a', '{token}', 'clinic-a', 'safe-harbor:name', x'{entry.Index}', x'{Convert.ToHexString(entry.Envelope.Span)}', 1770000000000)");

        for (int opening = 0; opening < 2; opening++)
        {
            using SqliteTokenVault vault = SqliteTokenVault.Open(_folder["old.db"]);
            VaultEntry found = (await vault.FindAsync(token, Sample.Scope))!;
            Assert.Equal((null, null, opening == 1), (found.Subject, found.ExpiresAt, found.IsHeld));
            Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1770000000000), found.CreatedAt);
            Phi<string>? value = await new VaultDetokenizer(vault, _rig.Sealer, _rig.Ledger, _rig.Time).RevealAsync(token, Sample.Scope, _rig.Grant);
            Assert.Equal("Ann Example", value!.Value.Reveal());
            Assert.Equal(token, await new VaultTokenizer(vault, _rig.Sealer, Machine.KeyRing, _rig.Time).TokenizeAsync(new("ann example"), PhiCategory.PersonName, Sample.Context));
            Assert.True(await vault.SetHoldAsync(token, Sample.Scope, isHeld: opening == 0));
        }

        Assert.Equal(2L, Execute("PRAGMA user_version"));
    }

    [Fact]
    public void A_migration_that_fails_leaves_the_vault_as_it_was()
    {
        Execute(Version1);
        Execute("CREATE INDEX token_by_subject ON token (tenant)");

        Assert.Equal(Faults.VaultFailed, Assert.Throws<MedRedactException>(() => SqliteTokenVault.Open(_folder["old.db"])).Code);

        Assert.Equal(1L, Execute("PRAGMA user_version"));
        Assert.Equal(7L, Execute("SELECT count(*) FROM pragma_table_info('token')"));
    }

    [Fact]
    public void A_vault_of_a_later_version_is_left_alone()
    {
        Execute(Version1);
        Execute("PRAGMA user_version = 3");
        Assert.Equal(Faults.UnknownVault, Assert.Throws<MedRedactException>(() => SqliteTokenVault.Open(_folder["old.db"])).Code);
        Assert.Equal(7L, Execute("SELECT count(*) FROM pragma_table_info('token')"));
    }

    private object? Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder["old.db"]};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
