using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace MedRedact.Audit.Forwarding.Tests;

/// <summary>A collector that is not ours: syslog-ng over TLS, killed in the middle and started again.</summary>
public sealed class SyslogNgTests : IDisposable
{
    private const int Events = 900;

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("medredact-syslog-ng-");
    private readonly TestAuthority _authority = new();
    private readonly TestKeys _keys = new();

    public void Dispose()
    {
        _keys.Dispose();
        _authority.Dispose();
        _home.Delete(recursive: true);
    }

    [Fact]
    public async Task Nothing_is_lost_when_the_collector_is_killed_and_started_again()
    {
        string? program = new[] { "/usr/sbin/syslog-ng", "/opt/homebrew/sbin/syslog-ng", "/usr/local/sbin/syslog-ng" }.FirstOrDefault(File.Exists);
        Assert.False(program is null && Environment.GetEnvironmentVariable("CI") == "true", "syslog-ng is not installed.");
        Assert.SkipUnless(program is not null, "syslog-ng is not installed.");

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(4));
        int port = FreePort();
        string folder = Path.Combine(_home.FullName, "ledger"), output = Path.Combine(_home.FullName, "received");
        string configuration = Configure(port, output);
        await using var ledger = new AuditLedger(
            new AuditLedgerOptions { Folder = folder, Origin = "clinic.example/\"audit]\\", CheckpointInterval = TimeSpan.FromMilliseconds(10), SegmentSize = 16 << 10 }, _keys);
        var options = new SyslogAuditTargetOptions { Host = "localhost", Port = port, SettleTime = TimeSpan.FromSeconds(5), Timeout = TimeSpan.FromSeconds(30) };
        options.TrustedRoots.Add(_authority.Root);
        await using var forwarder = new AuditForwarder(
            new AuditForwarderOptions
            {
                LedgerFolder = folder,
                CursorFolder = Path.Combine(folder, "forwarding"),
                BatchSize = 20,
                PollInterval = TimeSpan.FromMilliseconds(20),
                MinDelay = TimeSpan.FromMilliseconds(50),
                MaxDelay = TimeSpan.FromMilliseconds(400),
            },
            new Dictionary<string, IAuditTarget> { ["siem"] = new SyslogAuditTarget(options) },
            async cancel => [VerifierKey.Parse(await ledger.GetVerifierKeyAsync(cancel))!]);

        Process collector = await StartAsync(program, configuration, port, limit.Token);
        try
        {
            Task running = forwarder.RunAsync(limit.Token);
            for (int i = 0; i < Events; i++)
            {
                await ledger.AppendAsync(Sample.Event(i), limit.Token);
                if (i == Events / 3)
                {
                    await UntilAsync(() => Received(output).Length >= 100, limit.Token);
                    collector.Kill();
                    await collector.WaitForExitAsync(limit.Token);
                    collector.Dispose();
                }
                else if (i == 2 * Events / 3)
                {
                    collector = await StartAsync(program, configuration, port, limit.Token);
                }
            }

            await UntilAsync(() => Received(output).Distinct().Count() >= Events, limit.Token);
            Assert.False(running.IsCompleted);
        }
        finally
        {
            await limit.CancelAsync();
            if (!collector.HasExited)
                collector.Kill();
            await collector.WaitForExitAsync(CancellationToken.None);
            collector.Dispose();
        }

        // Each as it was said; what came twice is known by its id.
        ImmutableArray<string> received = Received(output);
        Assert.Equal(
            Enumerable.Range(0, Events).Select(i => $"clinic.example/\"audit]\\/{i}\tpage.released\t{i}"),
            received.Distinct().OrderBy(line => int.Parse(line.Split('\t')[2], System.Globalization.CultureInfo.InvariantCulture)));
        TestContext.Current.SendDiagnosticMessage($"syslog-ng: {received.Length - Events} of {Events} events came twice");
    }

    private static ImmutableArray<string> Received(string output)
    {
        if (!File.Exists(output))
            return [];

        using var stream = new FileStream(output, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        string text = reader.ReadToEnd();

        // A kill may leave half of a line; the next process appends to it, and its event comes again.
        return [.. text.Split('\n')[..^1].Where(line => line.Split('\t').Length == 3 && line.StartsWith("clinic.example/", StringComparison.Ordinal))];
    }

    private static async Task UntilAsync(Func<bool> holds, CancellationToken cancellationToken)
    {
        while (!holds())
            await Task.Delay(20, cancellationToken);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private string Configure(int port, string output)
    {
        using X509Certificate2 certificate = _authority.Issue();
        string Write(string name, string text)
        {
            string path = Path.Combine(_home.FullName, name);
            File.WriteAllText(path, text);
            return path;
        }

        string key = Write("key.pem", certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()), shown = Write("certificate.pem", certificate.ExportCertificatePem());
        return Write("syslog-ng.conf", $$"""
            @version: 3.35
            options { keep-hostname(yes); stats-freq(0); flush-lines(1); log-msg-size(131072); };
            source s { syslog(ip("127.0.0.1") port({{port}}) transport("tls") tls(key-file("{{key}}") cert-file("{{shown}}") peer-verify(optional-untrusted))); };
            destination d { file("{{output}}" template("${.SDATA.medredact@32473.id}\t${MSGID}\t${.SDATA.medredact-fields@32473.page}\n")); };
            log { source(s); destination(d); };

            """);
    }

    private async Task<Process> StartAsync(string program, string configuration, int port, CancellationToken cancellationToken)
    {
        string At(string name) => Path.Combine(_home.FullName, name);
        var start = new ProcessStartInfo(program, ["-F", "-f", configuration, "-R", At("persist"), "-p", At("pid"), "-c", At("control"), "--no-caps"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.OutputDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        while (true)
        {
            Assert.False(process.HasExited, "syslog-ng ended by itself");
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return process;
            }
            catch (SocketException)
            {
                await Task.Delay(50, cancellationToken);
            }
        }
    }
}
