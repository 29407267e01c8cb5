using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using MedRedact.EndToEnd.Tests.Tool;

namespace MedRedact.EndToEnd.Tests;

public sealed class NoRegularFileTests
{
    [Fact]
    public async Task A_pipe_a_device_a_socket_and_a_looping_folder_are_rejected_with_a_code_and_nobody_waits_for_them()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps no pipes, devices and sockets in its folders.");
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["in"]);
        using (Process made = Process.Start("mkfifo", folder["in/0-pipe.png"]))
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(folder["in/1-link-to-pipe.png"], folder["in/0-pipe.png"]);
        File.CreateSymbolicLink(folder["in/2-device.png"], "/dev/zero");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(folder["in/3-socket.png"]));
        Directory.CreateSymbolicLink(folder["in/4-loop"], folder["in"]);
        File.CreateSymbolicLink(folder["in/5-link-to-itself.png"], folder["in/5-link-to-itself.png"]);

        ToolResult result = await MedRedactTool.RunAsync(["ingest", folder["in"], folder["in/0-pipe.png"], "--out", folder["out"], "--home", folder["home"], "--json"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("", result.Errors);
        Assert.Equal(
            ["MR-SRC-002", "MR-SRC-002", "MR-SRC-002", "MR-SRC-002", "MR-SRC-003", "MR-SRC-001", "MR-SRC-002"],
            result.Lines.Select(line => line.GetProperty("code").GetString()));
        Assert.All(result.Lines, line => Assert.Equal("Rejected", line.GetProperty("verdict").GetString()));
        Assert.All(result.Lines, line => Assert.NotEqual(JsonValueKind.Null, line.GetProperty("remedy").ValueKind));
    }
}
