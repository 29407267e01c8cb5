using MedRedact.EndToEnd.Tests.Tool;

namespace MedRedact.EndToEnd.Tests.Access;

/// <summary>The sample policy as its authors and approvers go through it.</summary>
public sealed class PolicyCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Approvers _approvers = new();

    public PolicyCommandTests()
    {
        foreach (string name in (string[])["county.json", "county.cases.json"])
            File.Copy(Path.Combine(AppContext.BaseDirectory, "access-policy", name), _folder[name]);
        foreach (string officer in (string[])["officer-1", "officer-2"])
        {
            File.WriteAllText(_folder[officer + ".pem"], _approvers.Pem(officer));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(_folder[officer + ".pem"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    public void Dispose()
    {
        _folder.Dispose();
        _approvers.Dispose();
    }

    [Fact]
    public async Task The_sample_passes_its_check_and_all_of_its_cases()
    {
        ToolResult check = await RunAsync("check", _folder["county.json"]), test = await RunAsync("test", _folder["county.json"]);
        Assert.Equal((0, ""), (check.ExitCode, check.Errors));
        Assert.StartsWith("county 3: 7 permit, 2 forbid, 4 assignments", check.Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), (test.ExitCode, test.Errors));
        Assert.Contains("17 cases, 17 hold, 0 failed; 9 of 9 rules decided one", test.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_that_fails_is_printed_and_a_file_that_is_none_is_refused()
    {
        await EditAsync("county.json", "\"coder\"], \"tenants\"", "\"researcher\"], \"tenants\"");
        ToolResult failed = await RunAsync("test", _folder["county.json"]);
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("failed  a coder reads in office hours: expected permit by coders-read-in-office-hours, got deny MR-ACC-001", failed.Output, StringComparison.Ordinal);

        await EditAsync("county.json", "\"treatment\": true", "\"treatment\": \"yes\"");
        ToolResult refused = await RunAsync("check", _folder["county.json"]);
        Assert.Equal(2, refused.ExitCode);
        Assert.StartsWith("MR-ACC-103: line ", refused.Errors, StringComparison.Ordinal);

        File.Delete(_folder["county.cases.json"]);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "access-policy", "county.json"), _folder["county.json"], overwrite: true);
        Assert.StartsWith("MR-CLI-041", (await RunAsync("test", _folder["county.json"])).Errors, StringComparison.Ordinal);
        Assert.StartsWith("MR-CLI-040", (await RunAsync("check", _folder["nosuch.json"])).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_difference_says_what_becomes_permitted_and_denied()
    {
        File.Copy(_folder["county.json"], _folder["before.json"]);
        await EditAsync("county.json", "\"purposes\": [\"HRESCH\"]", "\"purposes\": [\"HRESCH\", \"HMARKT\"]");
        await EditAsync("county.json", "\"purposes\": [\"BTG\"]", "\"purposes\": [\"ETREAT\"]");
        ToolResult diff = await RunAsync("diff", _folder["before.json"], _folder["county.json"]);

        Assert.Equal((0, ""), (diff.ExitCode, diff.Errors));
        Assert.Contains("changed  rule researchers-read-with-consent", diff.Output, StringComparison.Ordinal);
        Assert.Contains("PERMITTED somebody as researcher ReadRedacted HMARKT", diff.Output, StringComparison.Ordinal);
        Assert.Contains("(the glass is broken for one document, with a reason; was permit by emergency, is deny MR-ACC-001)", diff.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_others_can_read_approves_nothing()
    {
        if (OperatingSystem.IsWindows())
            return;

        File.SetUnixFileMode(_folder["officer-1.pem"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.StartsWith("MR-CLI-042", (await SignAsync("officer-1")).Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["county.json.sig"]));
    }

    [Fact]
    public async Task Two_sign_and_anybody_verifies()
    {
        string policy = _folder["county.json"];
        ToolResult first = await SignAsync("officer-1");
        Assert.Equal((0, ""), (first.ExitCode, first.Errors));
        await File.WriteAllTextAsync(_folder["approvers.txt"], first.Output, TestContext.Current.CancellationToken);
        Assert.Equal(4, (await RunAsync("verify", policy, "--key", _folder["approvers.txt"])).ExitCode);

        ToolResult second = await SignAsync("officer-2");
        await File.AppendAllTextAsync(_folder["approvers.txt"], second.Output, TestContext.Current.CancellationToken);
        ToolResult verified = await RunAsync("verify", policy, "--key", _folder["approvers.txt"]);
        Assert.Equal((0, "county 3: approved by officer-1, officer-2\n"), (verified.ExitCode, verified.Output));

        await EditAsync("county.json", "\"version\": 3", "\"version\": 4");
        ToolResult changed = await RunAsync("verify", policy, "--key", _folder["approvers.txt"]);
        Assert.Equal(4, changed.ExitCode);
        Assert.StartsWith("MR-ACC-121", changed.Errors, StringComparison.Ordinal);
        Assert.StartsWith("MR-CLI-042", (await RunAsync("sign", policy, "--key", policy, "--approver", "officer-1")).Errors, StringComparison.Ordinal);
    }

    private static Task<ToolResult> RunAsync(params string[] arguments) => MedRedactTool.RunAsync(["policy", .. arguments]);

    private Task<ToolResult> SignAsync(string officer) => RunAsync("sign", _folder["county.json"], "--key", _folder[officer + ".pem"], "--approver", officer);

    private async Task EditAsync(string name, string from, string to)
    {
        string text = await File.ReadAllTextAsync(_folder[name], TestContext.Current.CancellationToken);
        Assert.Contains(from, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(_folder[name], text.Replace(from, to, StringComparison.Ordinal), TestContext.Current.CancellationToken);
    }
}
