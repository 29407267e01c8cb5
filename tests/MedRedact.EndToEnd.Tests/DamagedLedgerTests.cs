using MedRedact.EndToEnd.Tests.Tool;

namespace MedRedact.EndToEnd.Tests;

/// <summary>Every command about the ledger ends with 4 where what it reads of the ledger is not what was signed.</summary>
public sealed class DamagedLedgerTests(SignedHome source) : IClassFixture<SignedHome>
{
    /// <summary>What a command is given besides the home; <c>@</c> stands for a file that it writes or reads.</summary>
    private static readonly Dictionary<string, string[]> s_readers = new()
    {
        ["verify"] = ["verify", "@home"],
        ["search"] = ["search"],
        ["search, without the index"] = ["search", "--scan"],
        ["custody"] = ["custody", "@document"],
        ["custody, as JSON"] = ["custody", "@document", "--json"],
        ["proof"] = ["proof", "1", "--out", "@out"],
        ["export"] = ["export", "--from", "0", "--to", "2", "--out", "@out"],
        ["consistency"] = ["consistency", "--from", "@kept"],
        ["checkpoint"] = ["checkpoint"],
        ["keys"] = ["keys"],
    };

    /// <summary>Two read no event: who asks for a checkpoint or for keys is given what was signed, and judges events with them.</summary>
    public static TheoryData<string, string> Damaged()
    {
        var data = new TheoryData<string, string>();
        foreach (string command in s_readers.Keys)
        {
            data.Add(command, "checkpoint");
            if (command is not ("checkpoint" or "keys"))
                data.Add(command, "event");
        }

        data.Add("verify", "segment");
        data.Add("search", "segment");
        return data;
    }

    [Theory]
    [MemberData(nameof(Damaged))]
    public async Task A_command_that_reads_a_damaged_ledger_ends_with_4(string command, string damaged)
    {
        string[] segments = [.. Directory.EnumerateFiles(source.Home.Ledger, "*.segment").Order(StringComparer.Ordinal)];
        string file = damaged == "checkpoint" ? Path.Combine(source.Home.Ledger, "checkpoint") : segments[segments.Length / 2];
        byte[] good = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        try
        {
            if (damaged == "segment")
                File.Delete(file);
            else
                await File.WriteAllBytesAsync(file, [.. good[..(good.Length / 2)], (byte)(good[good.Length / 2] ^ 1), .. good[((good.Length / 2) + 1)..]], TestContext.Current.CancellationToken);

            ToolResult result = await source.RunAsync(s_readers[command]);
            Assert.True(result.ExitCode == 4, $"{result.ExitCode}: {result.Output}{result.Errors}");
            Assert.False(Path.Exists(source.Home["out"]));
        }
        finally
        {
            await File.WriteAllBytesAsync(file, good, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task The_same_commands_end_with_0_where_nothing_is_damaged()
    {
        foreach ((string name, string[] command) in s_readers)
        {
            ToolResult result = await source.RunAsync(command);
            Assert.True(result.ExitCode == 0, $"{name}: {result.Output}{result.Errors}");
            if (Directory.Exists(source.Home["out"]))
                Directory.Delete(source.Home["out"], recursive: true);
            File.Delete(source.Home["out"]);
        }
    }
}

/// <summary>A signed ledger in several segments, and a checkpoint of it that was kept.</summary>
public sealed class SignedHome : IAsyncLifetime
{
    internal AnchoredHome Home { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Home.AppendAsync(30);
        Assert.Equal(0, (await MedRedactTool.RunAsync(["audit", "checkpoint", "--home", Home.Home, "--out", Home["kept"]])).ExitCode);
        await Home.AppendAsync(5, from: 30);
        Assert.True(Directory.EnumerateFiles(Home.Ledger, "*.segment").Count() >= 3);
    }

    internal Task<ToolResult> RunAsync(string[] command) => MedRedactTool.RunAsync(
    [
        "audit",
        .. command.Select(word => word == "@document" ? Home.Document.ToString() : word.StartsWith('@') ? Home[word[1..]] : word),
        .. command[0] == "verify" ? Array.Empty<string>() : ["--home", Home.Home],
    ]);

    public ValueTask DisposeAsync()
    {
        Home.Dispose();
        return ValueTask.CompletedTask;
    }
}
