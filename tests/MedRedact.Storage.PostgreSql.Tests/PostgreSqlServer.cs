using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

[assembly: AssemblyFixture(typeof(MedRedact.Storage.PostgreSql.Tests.PostgreSqlServer))]

namespace MedRedact.Storage.PostgreSql.Tests;

/// <summary>A server of its own for the tests: a fresh cluster in a temporary folder, on a free loopback port, of an unprivileged user, with synced commits.</summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private const string Owner = "medredact";
    private const string Secret = "made-up-for-these-tests";

    private readonly SemaphoreSlim _gate = new(1);
    private readonly string? _programs = Programs();
    private string? _folder;
    private int _port;
    private int _schemas;

    private static bool IsRoot => Environment.IsPrivilegedProcess;

    /// <summary>A connection string, once the server runs; where there is none the test is skipped, and with CI=true it fails.</summary>
    public async Task<string> ConnectionStringAsync(string user = Owner, string password = Secret, string database = "postgres")
    {
        bool isThere = _programs is not null && (!IsRoot || (File.Exists("/usr/bin/setpriv") && File.ReadAllText("/etc/passwd").Contains("\npostgres:", StringComparison.Ordinal)));
        if (!isThere && Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail("CI lacks PostgreSQL.");
        Assert.SkipUnless(isThere, "PostgreSQL is not installed.");

        await _gate.WaitAsync();
        try
        {
            if (_folder is null)
                await StartAsync();
        }
        finally
        {
            _gate.Release();
        }

        return new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1", Port = _port, Username = user, Password = password, Database = database, MaxPoolSize = 70, Timeout = 60, CommandTimeout = 120,
        }.ToString();
    }

    /// <summary>A vault in a schema nobody has used.</summary>
    public async Task<PostgreSqlVaultOptions> NewVaultAsync() =>
        new() { ConnectionString = await ConnectionStringAsync(), Schema = $"vault_{Interlocked.Increment(ref _schemas)}" };

    /// <summary>Runs a statement as the owner.</summary>
    public async Task<object?> ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await ConnectionStringAsync() + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Kills the server without a clean shutdown, as a power cut would, and starts it again.</summary>
    public async Task CrashAsync()
    {
        await RunAsync(Program("pg_ctl"), "-s", "-D", Data, "-m", "immediate", "-w", "stop");
        await StartServerAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await RunAsync(Program("pg_ctl"), "-s", "-D", Data, "-m", "immediate", "-w", "stop");
            Directory.Delete(_folder, recursive: true);
        }

        _gate.Dispose();
    }

    private string Data => Path.Combine(_folder!, "data");

    private static string? Programs() =>
        ((string[])[.. Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(Version).Select(version => Path.Combine(version, "bin")) : [],
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/opt/homebrew/opt/postgresql@17/bin", "/usr/pgsql-17/bin"])
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));

    private static int Version(string folder) => int.TryParse(Path.GetFileName(folder), out int version) ? version : 0;

    private string Program(string name) => Path.Combine(_programs!, name);

    private async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("pg-").FullName;
        string password = Path.Combine(_folder, "password");
        await File.WriteAllTextAsync(password, Secret);
        if (IsRoot)
            await RunAsync("chown", asIs: true, "-R", "postgres:postgres", _folder);

        await RunAsync(
            Program("initdb"), "-D", Data, "-U", Owner, "--auth=scram-sha-256", $"--pwfile={password}", "-E", "UTF8", "--no-locale", "-N");
        await StartServerAsync();
    }

    private async Task StartServerAsync()
    {
        // A port that was free may be taken by the time the server asks for it.
        for (int attempt = 1; ; attempt++)
        {
            if (_port == 0)
                _port = FreePort();
            try
            {
                await RunAsync(
                    Program("pg_ctl"), "-s", "-D", Data, "-l", Path.Combine(_folder!, "log"), "-w", "-t", "120",
                    "-o", $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder} -c max_connections=200", "start");
                return;
            }
            catch (InvalidOperationException) when (attempt < 3)
            {
                _port = 0;
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Task RunAsync(string program, params string[] arguments) => RunAsync(program, asIs: false, arguments);

    private static async Task RunAsync(string program, bool asIs, params string[] arguments)
    {
        string[] line = IsRoot && !asIs
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments]
            : [program, .. arguments];
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", .. line]) { WorkingDirectory = "/" };
        using Process process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{Path.GetFileName(program)} ended with {process.ExitCode}.");
    }
}
