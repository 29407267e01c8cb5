using Microsoft.Extensions.Options;

namespace MedRedact.Storage;

/// <summary>Where files are kept. Validated when the host starts.</summary>
public sealed class FileStorageOptions
{
    /// <summary>The folder that MedRedact keeps its state in, on one volume. Default: <c>.medredact</c> in the current folder.</summary>
    public string Home { get; set; } = ".medredact";
}

/// <summary>Where the token vault is kept. Validated when the host starts.</summary>
public sealed class SqliteVaultOptions
{
    /// <summary>The folder that MedRedact keeps its state in. Default: <c>.medredact</c> in the current folder.</summary>
    public string Home { get; set; } = ".medredact";

    /// <summary>The database file. Default: <c>vault/tokens.db</c> in <see cref="Home"/>. Not on a network share: SQLite's locks do not hold there.</summary>
    public string? File { get; set; }

    internal string ResolvedFile => File ?? Path.Combine(Home, "vault", "tokens.db");
}

/// <summary>Where the key register is kept. Validated when the host starts.</summary>
public sealed class KeyRegisterOptions
{
    /// <summary>The folder that MedRedact keeps its state in. Default: <c>.medredact</c> in the current folder.</summary>
    public string Home { get; set; } = ".medredact";

    /// <summary>The database file. Default: <c>keys/register.db</c> in <see cref="Home"/>, beside the key ring. Put both on a volume of their own, so that a copy of the
    /// data is not a copy of the keys. Not on a network share: SQLite's locks do not hold there.</summary>
    public string? File { get; set; }

    /// <summary>Whether the wrapping keys are this register's alone, so that a turn replaces them and has those destroyed that it let go of. Default: <see langword="false"/>.
    /// Never where another host, home or program wraps by the same keys, as on a shared token or key service.</summary>
    public bool OwnsWrappingKeys { get; set; }

    /// <summary>Whether a missing register is made. Default: <see langword="true"/>. Without the register that was there nothing opens what was sealed before, and a new one would say of all of it
    /// that its keys were destroyed.</summary>
    public bool CreateIfMissing { get; set; } = true;

    internal string ResolvedFile => File ?? Path.Combine(Home, "keys", "register.db");
}

/// <summary>Checks the options.</summary>
internal sealed class StorageOptionsValidator : IValidateOptions<FileStorageOptions>, IValidateOptions<SqliteVaultOptions>, IValidateOptions<KeyRegisterOptions>
{
    public ValidateOptionsResult Validate(string? name, KeyRegisterOptions options) => string.IsNullOrWhiteSpace(options.ResolvedFile) || string.IsNullOrWhiteSpace(options.Home)
        ? ValidateOptionsResult.Fail("KeyRegisterOptions.Home and File name a folder and a file.")
        : ValidateOptionsResult.Success;


    public ValidateOptionsResult Validate(string? name, FileStorageOptions options) => string.IsNullOrWhiteSpace(options.Home)
        ? ValidateOptionsResult.Fail("FileStorageOptions.Home names no folder.")
        : ValidateOptionsResult.Success;

    public ValidateOptionsResult Validate(string? name, SqliteVaultOptions options) => string.IsNullOrWhiteSpace(options.ResolvedFile) || string.IsNullOrWhiteSpace(options.Home)
        ? ValidateOptionsResult.Fail("SqliteVaultOptions.Home and File name a folder and a file.")
        : ValidateOptionsResult.Success;
}
