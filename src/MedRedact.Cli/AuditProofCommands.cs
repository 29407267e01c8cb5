using System.CommandLine;
using System.Globalization;
using System.Text;
using MedRedact.Audit;
using Spectre.Console;

namespace MedRedact.Cli;

/// <summary><c>medredact audit proof</c>, <c>audit checkpoint</c> and <c>audit consistency</c>: what others are given, and what an auditor keeps.</summary>
internal static class AuditProofCommands
{
    public static Command Proof()
    {
        var position = new Argument<long?>("seq") { Description = "The event's number.", Arity = ArgumentArity.ZeroOrOne };
        var named = new Option<long?>("--event") { Description = "The event's number, as an option." };
        Option<string> home = CommonOptions.Home();
        Option<string[]> key = LedgerAccess.KeyOption();
        var output = new Option<string>("--out") { Description = "The file that the proof goes to.", Required = true };
        var proof = new Command("proof", "Write one event with all that proves it to who has no ledger: a C2SP tlog-proof. \"audit check\" verifies it with public keys alone.")
        {
            position, named, home, key, output,
        };
        proof.SetAction((parsed, cancel) => LedgerAccess.JudgingAsync(async () =>
        {
            long number = parsed.GetValue(position) ?? parsed.GetValue(named) ?? throw Faults.NoSuchEvents();
            LedgerAccess ledger = await LedgerAccess.OfAsync(parsed.GetValue(home)!, parsed.GetValue(key)!, cancel);
            AuditLedgerSnapshot snapshot = await AuditLedgerSnapshot.OpenAsync(ledger.Folder, ledger.Keys, cancel);
            if (number < 0 || number >= snapshot.Checkpoint.Size)
                throw Faults.NoSuchEvents();

            EvidenceFile.Write(parsed.GetValue(output)!, snapshot.Prove(number).ToBytes());
            Print($"event {number} of {snapshot.Checkpoint.Origin}, under a checkpoint over {snapshot.Checkpoint.Size} events");
            return ExitCodes.Done;
        }));
        return proof;
    }

    public static Command Checkpoint()
    {
        Option<string> home = CommonOptions.Home();
        Option<string[]> key = LedgerAccess.KeyOption();
        var output = new Option<string?>("--out") { Description = "Keep it in this file instead of printing it." };
        var checkpoint = new Command("checkpoint", "Print the ledger's signed checkpoint, to be kept where the ledger's keepers cannot change it.") { home, key, output };
        checkpoint.SetAction((parsed, cancel) => LedgerAccess.JudgingAsync(async () =>
        {
            LedgerAccess ledger = await LedgerAccess.OfAsync(parsed.GetValue(home)!, parsed.GetValue(key)!, cancel);
            AuditCheckpoint published = AuditLedgerSnapshot.ReadCheckpoint(ledger.Folder, ledger.Keys);
            if (parsed.GetValue(output) is { } file)
                EvidenceFile.Write(file, published.Note);
            else
                await Console.Out.WriteAsync(Encoding.UTF8.GetString(published.Note.Span));
            return ExitCodes.Done;
        }));
        return checkpoint;
    }

    public static Command Consistency()
    {
        Option<string> home = CommonOptions.Home();
        Option<string[]> key = LedgerAccess.KeyOption();
        var from = new Option<string?>("--from") { Description = "The checkpoint that was kept, as \"audit checkpoint\" printed it." };
        var output = new Option<string?>("--out") { Description = "The file that the proof goes to; also where it is evidence against the ledger." };
        var check = new Option<string?>("--check") { Description = "Verify such a file instead; with --key, without any ledger." };
        var consistency = new Command("consistency", "Prove that the ledger only grew since a checkpoint that was kept. 0: it did; 4: it was put back, forked or rewritten.")
        {
            from, output, check, home, key,
        };
        consistency.SetAction((parsed, cancel) => LedgerAccess.JudgingAsync(async () =>
        {
            string[] named = parsed.GetValue(key)!;
            if (parsed.GetValue(check) is { } file)
            {
                ReadOnlyMemory<byte> bytes = await EvidenceFile.ReadAsync(file, cancel);
                return Judge(GrowthProof.Parse(bytes), await ReleaseKeys.NamedOrOfHomeAsync(named, parsed.GetValue(home), cancel));
            }

            ReadOnlyMemory<byte> note = await EvidenceFile.ReadAsync(parsed.GetValue(from) ?? throw Faults.EvidenceNotRead(), cancel);
            LedgerAccess ledger = await LedgerAccess.OfAsync(parsed.GetValue(home)!, named, cancel);
            EvidenceCheck opened = AuditCheckpoint.Open(note, ledger.Keys, out AuditCheckpoint? kept);
            if (kept is null)
                return LedgerAccess.Damaged($"the checkpoint that was kept: {EvidenceFile.Word(opened)}");

            GrowthProof proof = (await AuditLedgerSnapshot.OpenAsync(ledger.Folder, ledger.Keys, cancel)).ProveGrowth(kept);
            if (parsed.GetValue(output) is { } target)
                EvidenceFile.Write(target, proof.ToBytes());
            return Judge(proof, ledger.Keys);
        }));
        return consistency;
    }

    /// <summary>Says what a proof of growth comes to.</summary>
    public static int Judge(GrowthProof? proof, IReadOnlyList<VerifierKey> keys)
    {
        AuditCheckpoint? earlier = null, later = null;
        EvidenceCheck check = proof?.Open(keys, out earlier, out later) ?? EvidenceCheck.Malformed;
        string sizes = earlier is null || later is null ? "" : string.Create(CultureInfo.InvariantCulture, $" ({earlier.Size} events then, {later.Size} now)");
        if (check != EvidenceCheck.Verified)
        {
            bool two = earlier is not null && later is not null && earlier.Origin != later.Origin;
            return LedgerAccess.Damaged(two ? "the checkpoints are of two ledgers" : EvidenceFile.Word(check) + sizes);
        }

        Print($"{later!.Origin} only grew, from {earlier!.Size} to {later.Size} events");
        return ExitCodes.Done;
    }

    public static void Print(FormattableString line) => PlainWidth.Console().WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
