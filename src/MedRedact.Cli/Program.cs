using System.CommandLine;
using MedRedact;
using MedRedact.Access;
using MedRedact.Audit;
using MedRedact.Cli;
using MedRedact.Detection;
using MedRedact.Storage;

var root = new RootCommand("MedRedact turns scanned medical records into structured data without letting PHI out.")
{
    IngestCommand.Create(),
    DetectCommand.Create(),
    EvalCommand.Create(),
    SynthCommand.Create(),
    TrainCommand.Create(),
    AuditCommand.Create(),
    AlertsCommand.Create(),
    VerifyCommand.Create(),
    KeysCommand.Create(),
    RetentionCommand.Create(),
    PolicyCommand.Create(),
    DoctorCommand.Create(),
};

ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    // The parser's own messages repeat arguments, and an argument may be a path that names a patient.
    await Console.Error.WriteLineAsync("MR-CLI-001: the command line cannot be understood; see medredact --help.");
    return ExitCodes.Usage;
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (OperationCanceledException)
{
    return ExitCodes.Cancelled;
}
catch (AuditLedgerException damage)
{
    await Console.Error.WriteLineAsync(damage.Message);
    return ExitCodes.Damaged;
}
catch (MedRedactException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return fault is DetectionFileException or RetentionPolicyException or AccessPolicyException || ExitCodes.UsageAreas.Any(area => fault.Code.Value.StartsWith(area, StringComparison.Ordinal))
        ? ExitCodes.Usage
        : ExitCodes.Environment;
}
catch (Exception fault) when (fault is not OutOfMemoryException)
{
    // Only the type goes out: the message of an unforeseen exception may hold content.
    await Console.Error.WriteLineAsync($"MR-CLI-002: unexpected {fault.GetType().Name}; the run ended here.");
    return ExitCodes.Environment;
}
