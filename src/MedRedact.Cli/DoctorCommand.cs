using System.CommandLine;
using Spectre.Console;

namespace MedRedact.Cli;

/// <summary><c>medredact doctor</c>: one screen that says what is missing, with the fix for each red line.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        Option<string> home = CommonOptions.Home();
        var command = new Command("doctor", "Check libraries, languages, fonts, keys, disk and permissions.") { home };
        command.SetAction(async (parsed, cancel) =>
        {
            IReadOnlyList<Check> checks = await Checkup.RunAsync(parsed.GetValue(home)!, cancel);
            foreach (Check check in checks)
            {
                (string mark, string color) = check.Health switch
                {
                    Health.Good => ("ok  ", "green"),
                    Health.Warning => ("warn", "yellow"),
                    _ => ("FAIL", "red"),
                };
                PlainWidth.Console().MarkupLineInterpolated($"[{color}]{mark}[/] {check.What,-18} {check.Found}");
                if (check.Fix is not null)
                    PlainWidth.Console().MarkupLineInterpolated($"     {"",-18} [{color}]→ {check.Fix}[/]");
            }

            return checks.Any(check => check.Health == Health.Bad) ? ExitCodes.Environment : ExitCodes.Done;
        });
        return command;
    }
}
