using System.Collections.Immutable;
using MedRedact.Audit;
using MedRedact.EndToEnd.Tests.Tool;
using MedRedact.Releases;
using MedRedact.Storage;
using MedRedact.Synthesis;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.EndToEnd.Tests;

/// <summary>From a document that the tool took in to a certificate that a stranger verifies.</summary>
public sealed class DeletionTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private string _document = "";

    private string Home => _folder["home"];

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllBytesAsync(_folder["a.png"], Samples.Png(DocumentKind.Prescription, 61), TestContext.Current.CancellationToken);
        ToolResult ingested = await MedRedactTool.RunAsync(["ingest", _folder["a.png"], "--out", _folder["out"], "--home", Home, "--json"]);
        Assert.True(ingested.ExitCode == 0, ingested.Output + ingested.Errors);
        _document = ingested.Lines[0].GetProperty("document").GetString()!;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_is_due_goes_and_its_certificate_needs_public_keys_alone()
    {
        await File.WriteAllTextAsync(_folder["policy.json"], """{ "name": "t", "version": "1.0", "rules": [ { "zone": "quarantine", "keep": "72h" }, { "zone": "redacted", "keep": "4d" }, { "zone": "structured", "keep": "4d" } ] }""", TestContext.Current.CancellationToken);
        Assert.Equal(0, (await RunAsync("run", "--policy", _folder["policy.json"])).ExitCode);
        Assert.Equal(2, (await RunAsync("certificate", _document, "--out", _folder["gone"])).ExitCode);
        Assert.Equal(0, (await RunAsync("hold", _document, "--reason", "audit-7", "--actor", "records-office")).ExitCode);
        Assert.Contains($"document {_document}  audit-7  records-office", (await RunAsync("holds")).Output.ReplaceLineEndings(""), StringComparison.Ordinal);
        Assert.Equal(RetentionOutcome.Held, Assert.Single((await RunLaterAsync()).Due).Outcome);
        Assert.Equal(0, (await RunAsync("release", _document, "--reason", "audit-7")).ExitCode);
        Assert.Equal(1, (await RunAsync("release", _document, "--reason", "audit-7")).ExitCode);

        RetentionDecision decision = Assert.Single((await RunLaterAsync()).Due);
        Assert.Equal((RetentionOutcome.Deleted, 3), (decision.Outcome, decision.Zones.Length));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Home, "zones/quarantine"), "*", SearchOption.AllDirectories));
        ToolResult verified = await MedRedactTool.RunAsync(["audit", "verify", Home]);
        Assert.True(verified.ExitCode == 0, verified.Output);

        Assert.Equal(0, (await RunAsync("certificate", _document, "--out", _folder["gone"])).ExitCode);
        ToolResult keys = await MedRedactTool.RunAsync(["audit", "keys", "--home", Home]);
        await File.WriteAllTextAsync(_folder["keys.txt"], keys.Output, TestContext.Current.CancellationToken);
        Assert.Equal(0, (await MedRedactTool.RunAsync(["verify", _folder["gone"], "--key", _folder["keys.txt"]])).ExitCode);

        await EveryByteCountsAsync([.. keys.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => VerifierKey.Parse(line)!)]);
        await File.WriteAllTextAsync(_folder[$"gone/{_document}/more.txt"], "x", TestContext.Current.CancellationToken);
        Assert.Equal(4, (await MedRedactTool.RunAsync(["verify", _folder["gone"], "--key", _folder["keys.txt"]])).ExitCode);
    }

    [Fact]
    public async Task What_cannot_be_understood_is_refused_before_anything_is_opened()
    {
        await File.WriteAllTextAsync(_folder["short.json"], """{ "name": "t", "version": "1.0", "rules": [ { "zone": "proofs", "keep": "5y" } ] }""", TestContext.Current.CancellationToken);
        ToolResult refused = await RunAsync("run", "--policy", _folder["short.json"]);
        Assert.Equal(2, refused.ExitCode);
        Assert.StartsWith("MR-RET-007: line 1, column 45: ", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("run", "--policy", _folder["none.json"])).ExitCode);
        Assert.Equal(2, (await RunAsync("hold", "Ann-Example", "--reason", "audit-7")).ExitCode);
        Assert.Equal(2, (await RunAsync("hold", _document, "--reason", "Ann Example")).ExitCode);
        Assert.Equal(2, (await RunAsync("hold", _document, "--subject", new string('0', 64), "--reason", "audit-7")).ExitCode);
        Assert.Equal(0, (await RunAsync("hold", "--subject", new string('0', 64), "--reason", "audit-7")).ExitCode);
    }

    private async Task EveryByteCountsAsync(IReadOnlyList<VerifierKey> keys)
    {
        string folder = _folder[$"gone/{_document}"];
        Assert.Empty(await DeletionVerifier.VerifyAsync(folder, keys));
        foreach (string file in new[] { DeletionFiles.CertificateOf(1), DeletionFiles.SignatureOf(1), DeletionFiles.ProofOf(1) })
        {
            byte[] good = await File.ReadAllBytesAsync(Path.Combine(folder, file));
            for (int i = 0; i < good.Length; i++)
            {
                byte[] bad = [.. good];
                bad[i] ^= (byte)(1 << (i % 8));
                await File.WriteAllBytesAsync(Path.Combine(folder, file), bad, TestContext.Current.CancellationToken);
                ImmutableArray<ReleaseFinding> found = await DeletionVerifier.VerifyAsync(folder, keys);
                Assert.True(found.Length > 0, $"byte {i} of {file}");
            }

            File.Delete(Path.Combine(folder, file));
            Assert.Contains(await DeletionVerifier.VerifyAsync(folder, keys), finding => finding.File == file);
            await File.WriteAllBytesAsync(Path.Combine(folder, file), good, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A host on the same home, five days later, whose operator confirms the time.</summary>
    private async Task<RetentionReport> RunLaterAsync()
    {
        RetentionPolicy policy = await RetentionPolicy.LoadAsync(_folder["policy.json"]);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new LaterClock());
        services.Configure<RetentionOptions>(options => options.Policy = policy);
        services.AddMedRedact().AddOnPremises(options => options.Home = Home);
        await using ServiceProvider provider = services.BuildServiceProvider();
        var retention = provider.GetRequiredService<DocumentRetention>();
        await retention.ConfirmClockAsync(new ActorId("records-office"));
        return await retention.RunAsync(new TenantId("local"));
    }

    private Task<ToolResult> RunAsync(params string[] arguments) => MedRedactTool.RunAsync(["retention", .. arguments, "--home", Home]);

    private sealed class LaterClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddDays(5);
    }
}
