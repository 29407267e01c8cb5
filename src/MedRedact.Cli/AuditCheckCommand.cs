using System.CommandLine;
using MedRedact.Audit;
using Spectre.Console;

namespace MedRedact.Cli;

/// <summary><c>medredact audit check PATH --key KEYS</c>: evidence that left the home, verified with public keys alone.</summary>
internal static class AuditCheckCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("path") { Description = "A file of \"audit proof\", \"audit consistency\" or \"audit checkpoint\", or a folder of \"audit export\"." };
        Option<string[]> key = LedgerAccess.KeyOption();
        var home = new Option<string?>("--home") { Description = "Take the keys of this home folder instead." };
        var check = new Command("check", "Verify evidence that left the home: a proof, a checkpoint or an exported range. 0: verified; 4: not.") { path, key, home };
        check.SetAction(async (parsed, cancel) =>
        {
            IReadOnlyList<VerifierKey> keys = await ReleaseKeys.NamedOrOfHomeAsync(parsed.GetValue(key)!, parsed.GetValue(home), cancel);
            string target = parsed.GetValue(path)!;
            return Directory.Exists(target)
                ? await AuditExportCommand.JudgeAsync(target, keys, cancel)
                : Judge(await EvidenceFile.ReadAsync(target, cancel), keys);
        });
        return check;
    }

    private static int Judge(ReadOnlyMemory<byte> bytes, IReadOnlyList<VerifierKey> keys)
    {
        if (GrowthProof.Parse(bytes) is { } growth)
            return AuditProofCommands.Judge(growth, keys);
        if (EventProof.Parse(bytes) is { } proof)
            return Judge(proof, keys);

        EvidenceCheck check = AuditCheckpoint.Open(bytes, keys, out AuditCheckpoint? checkpoint);
        if (checkpoint is null)
            return LedgerAccess.Damaged(EvidenceFile.Word(check));
        AuditProofCommands.Print($"checkpoint of {checkpoint.Origin} over {checkpoint.Size} events, verified");
        return ExitCodes.Done;
    }

    private static int Judge(EventProof proof, IReadOnlyList<VerifierKey> keys)
    {
        EvidenceCheck check = proof.Open(keys, out AuditRecord? record);
        if (record is null)
            return LedgerAccess.Damaged(EvidenceFile.Word(check));

        AuditCheckpoint.Open(proof.Checkpoint, keys, out AuditCheckpoint? checkpoint);
        AuditProofCommands.Print($"event {record.Sequence} of {checkpoint!.Origin}, under a checkpoint over {checkpoint.Size} events, verified");
        PlainWidth.Console().WriteLine(RecordTable.Line(record));
        return ExitCodes.Done;
    }
}
