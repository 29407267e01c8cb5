using System.Net;
using Npgsql;

namespace MedRedact.Storage.PostgreSql;

/// <summary>Makes connections that keep their promises: a commit is durable when it is acknowledged, and a server elsewhere is proved by its certificate.</summary>
internal static class VaultServer
{
    private const int PreparedStatements = 32;

    public static NpgsqlDataSource Source(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { IncludeErrorDetail = false, PersistSecurityInfo = false, LogParameters = false, Enlist = false };
        if (settings.SslMode != SslMode.VerifyFull && !settings.Host!.Split(',').All(IsHere))
            throw Faults.Refuse(Faults.UnsafeServer);

        // Asked for at the start of a session, so that no later change of the server's defaults undoes it.
        settings.Options ??= "-c synchronous_commit=on";
        if (settings.MaxAutoPrepare == 0)
            settings.MaxAutoPrepare = PreparedStatements;

        var source = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        source.UsePhysicalConnectionInitializer(
            connection =>
            {
                using NpgsqlCommand command = Question(connection);
                using NpgsqlDataReader answer = command.ExecuteReader();
                Check(answer.Read() ? answer : null);
            },
            async connection =>
            {
                await using NpgsqlCommand command = Question(connection);
                await using NpgsqlDataReader answer = await command.ExecuteReaderAsync();
                Check(await answer.ReadAsync() ? answer : null);
            });
        return source.Build();
    }

    private static NpgsqlCommand Question(NpgsqlConnection connection) =>
        new("SELECT current_setting('synchronous_commit'), current_setting('fsync')", connection);

    private static void Check(NpgsqlDataReader? answer)
    {
        // remote_apply waits for more than on does; all others wait for less.
        if (answer is null || answer.GetString(0) is not ("on" or "remote_apply") || answer.GetString(1) != "on")
            throw Faults.Refuse(Faults.UnsafeServer);
    }

    /// <summary>On this machine: a socket file, or a loopback address.</summary>
    private static bool IsHere(string host)
    {
        string name = host.Trim();
        int colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0 && colon == name.LastIndexOf(':'))
            name = name[..colon];

        return name.StartsWith('/') || name == "localhost" || (IPAddress.TryParse(name, out IPAddress? address) && IPAddress.IsLoopback(address));
    }
}
