using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace MedRedact.Storage.PostgreSql;

/// <summary>Where the token vault is kept. Validated when the host starts.</summary>
public sealed class PostgreSqlVaultOptions
{
    /// <summary>The connection string, as Npgsql reads it. It holds a secret: take it from a secret store. A server that is not on this machine must be proved:
    /// <c>SSL Mode=VerifyFull</c>.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The schema of the vault: a letter or underscore, then letters, digits and underscores, all lower case, at most 63. Default: <c>medredact</c>.</summary>
    public string Schema { get; set; } = "medredact";
}

/// <summary>Checks them; the connection string is in no message.</summary>
internal sealed partial class PostgreSqlVaultOptionsValidator : IValidateOptions<PostgreSqlVaultOptions>
{
    public ValidateOptionsResult Validate(string? name, PostgreSqlVaultOptions options) =>
        !IsConnectionString(options.ConnectionString) ? ValidateOptionsResult.Fail("PostgreSqlVaultOptions.ConnectionString names no server.")
        : !IsSchema(options.Schema) ? ValidateOptionsResult.Fail("PostgreSqlVaultOptions.Schema is no plain lower-case name.")
        : ValidateOptionsResult.Success;

    /// <summary>A name that needs no quotes, and so cannot end them.</summary>
    internal static bool IsSchema(string? schema) => schema is not null && Plain().IsMatch(schema);

    private static bool IsConnectionString(string text)
    {
        try
        {
            return !string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(text).Host);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\A[a-z_][a-z0-9_]{0,62}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Plain();
}
