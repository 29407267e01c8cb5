using System.CommandLine;
using System.Globalization;
using MedRedact.Audit;
using Spectre.Console;

namespace MedRedact.Cli;

/// <summary><c>medredact audit check PATH --key KEYS</c>: evidence that left the home, verified with public keys alone.</summary>
internal static class AuditCheckCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("path") { Description = "A file of \"audit proof\", \"audit consistency\" or \"audit checkpoint\", a ledger's evidence of a fork, or a folder of \"audit export\"." };
        Option<string[]> key = LedgerAccess.KeyOption();
        var home = new Option<string?>("--home") { Description = "Take the keys of this home folder instead." };
        var witnesses = new WitnessOptions();
        var check = new Command("check", "Verify evidence that left the home: a proof, a checkpoint or an exported range. 0: verified; 4: not, or it proves that the ledger was put back or forked.")
        {
            path, key, home, witnesses.Keys, witnesses.Required,
        };
        check.SetAction(async (parsed, cancel) =>
        {
            IReadOnlyList<VerifierKey> keys = await ReleaseKeys.NamedOrOfHomeAsync(parsed.GetValue(key)!, parsed.GetValue(home), cancel);
            WitnessPolicy? policy = witnesses.Read(parsed);
            string target = parsed.GetValue(path)!;
            return Directory.Exists(target)
                ? await AuditExportCommand.JudgeAsync(target, keys, policy, cancel)
                : Judge(await EvidenceFile.ReadAsync(target, cancel), keys, policy);
        });
        return check;
    }

    private static int Judge(ReadOnlyMemory<byte> bytes, IReadOnlyList<VerifierKey> keys, WitnessPolicy? policy)
    {
        if (ForkEvidence.Parse(bytes) is { } fork)
            return Judge(fork, keys);
        if (GrowthProof.Parse(bytes) is { } growth)
            return AuditProofCommands.Judge(growth, keys);
        if (EventProof.Parse(bytes) is { } proof)
            return Judge(proof, keys, policy);

        EvidenceCheck check = AuditCheckpoint.Open(bytes, keys, out AuditCheckpoint? checkpoint);
        if (checkpoint is null)
            return LedgerAccess.Damaged(EvidenceFile.Word(check));
        if (WitnessOptions.Judge(policy, checkpoint) is { } unwitnessed)
            return LedgerAccess.Damaged(unwitnessed);
        AuditProofCommands.Print($"checkpoint of {checkpoint.Origin} over {checkpoint.Size} events, verified");
        return ExitCodes.Done;
    }

    /// <summary>Evidence that holds is bad news, and none that does not hold is good news.</summary>
    private static int Judge(ForkEvidence evidence, IReadOnlyList<VerifierKey> keys)
    {
        EvidenceCheck check = evidence.Open(keys, out AuditCheckpoint? stored);
        return LedgerAccess.Damaged(check is EvidenceCheck.RolledBack or EvidenceCheck.Forked
            ? string.Create(CultureInfo.InvariantCulture, $"{evidence.Origin} {EvidenceFile.Word(check)}: it had signed for {stored!.Size} events and had {evidence.Size} (evidence verified)")
            : $"the evidence: {EvidenceFile.Word(check)}");
    }

    private static int Judge(EventProof proof, IReadOnlyList<VerifierKey> keys, WitnessPolicy? policy)
    {
        EvidenceCheck check = proof.Open(keys, out AuditRecord? record);
        if (record is null)
            return LedgerAccess.Damaged(EvidenceFile.Word(check));

        AuditCheckpoint.Open(proof.Checkpoint, keys, out AuditCheckpoint? checkpoint);
        if (WitnessOptions.Judge(policy, checkpoint!) is { } unwitnessed)
            return LedgerAccess.Damaged(unwitnessed);
        AuditProofCommands.Print($"event {record.Sequence} of {checkpoint!.Origin}, under a checkpoint over {checkpoint.Size} events, verified");
        PlainWidth.Console().WriteLine(RecordTable.Line(record));
        return ExitCodes.Done;
    }
}
