using Spectre.Console;

namespace MedRedact.Cli;

/// <summary>The console; output that goes to a file or a pipe is not wrapped.</summary>
internal static class PlainWidth
{
    public static IAnsiConsole Console()
    {
        if (System.Console.IsOutputRedirected)
            AnsiConsole.Console.Profile.Width = 1_000;
        return AnsiConsole.Console;
    }
}
