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

/// <summary>Checks both kinds of options.</summary>
internal sealed class StorageOptionsValidator : IValidateOptions<FileStorageOptions>, IValidateOptions<SqliteVaultOptions>
{
    public ValidateOptionsResult Validate(string? name, FileStorageOptions options) => string.IsNullOrWhiteSpace(options.Home)
        ? ValidateOptionsResult.Fail("FileStorageOptions.Home names no folder.")
        : ValidateOptionsResult.Success;

    public ValidateOptionsResult Validate(string? name, SqliteVaultOptions options) => string.IsNullOrWhiteSpace(options.ResolvedFile) || string.IsNullOrWhiteSpace(options.Home)
        ? ValidateOptionsResult.Fail("SqliteVaultOptions.Home and File name a folder and a file.")
        : ValidateOptionsResult.Success;
}
