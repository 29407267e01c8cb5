using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace MedRedact.EndToEnd.Tests.Tool;

/// <summary>What the tool said.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Errors)
{
    public IReadOnlyList<JsonElement> Lines => [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}

/// <summary>Runs <c>medredact</c> as a process of its own.</summary>
internal static class MedRedactTool
{
    private static readonly string Path = typeof(MedRedactTool).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "ToolPath").Value!;

    public static Process Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(System.IO.Path.GetFullPath(Path));
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public static async Task<ToolResult> RunAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        using Process process = Start(arguments, environment);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new ToolResult(process.ExitCode, await output, await errors);
    }
}
