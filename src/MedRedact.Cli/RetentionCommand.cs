using System.CommandLine;
using System.Globalization;
using MedRedact.Storage;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace MedRedact.Cli;

/// <summary><c>medredact retention run</c>, <c>assure</c> and <c>certificate</c>, beside the holds of <see cref="HoldCommand"/> and <see cref="ShredCommand"/>.</summary>
internal static class RetentionCommand
{
    public static Command Create() => new("retention", "Delete what is kept no longer, hold what must stay, and prove what went.")
    {
        Run(), HoldCommand.Hold(), HoldCommand.Release(), HoldCommand.List(), Assure(), Certificate(), ShredCommand.Create(),
    };

    private static Command Run()
    {
        Option<string> home = CommonOptions.Home();
        Option<string?> policy = CommonOptions.Policy("A retention policy file. Default: the quarantine is kept for 72 hours, everything else for ever.");
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would go." };
        var confirm = new Option<bool>("--confirm-clock") { Description = "Say that the machine's time is right, after MR-RET-011." };
        Option<string> actor = CommonOptions.Actor();
        var run = new Command("run", "Delete what is due. 0: all that was due went; 1: something due is held or failed; 3: the clock, the keys or the disk stopped the run.")
        {
            home, policy, dryRun, confirm, actor,
        };
        run.SetAction(async (parsed, cancel) =>
        {
            RetentionPolicy? decides = parsed.GetValue(policy) is { } path ? await LoadAsync(path, cancel) : null;
            await using ServiceProvider services = await StartAsync(parsed.GetValue(home)!, decides);
            var retention = services.GetRequiredService<DocumentRetention>();
            if (parsed.GetValue(confirm))
                await retention.ConfirmClockAsync(ActorOf(parsed.GetValue(actor)!), cancel);
            MedRedactException? stuck = parsed.GetValue(dryRun) ? null : await ResumeAsync(services.GetRequiredService<SubjectShredding>(), cancel);
            int code = Print(await retention.RunAsync(LocalHost.Tenant, parsed.GetValue(dryRun), cancel));
            return stuck is null ? code : throw stuck;
        });
        return run;
    }

    /// <summary>A shredding that cannot be finished keeps nothing else that is due.</summary>
    private static async Task<MedRedactException?> ResumeAsync(SubjectShredding shredding, CancellationToken cancellationToken)
    {
        try
        {
            await shredding.ResumeAsync(LocalHost.Tenant, cancellationToken);
            return null;
        }
        catch (MedRedactException fault)
        {
            return fault;
        }
    }

    private static Command Assure()
    {
        Option<string> home = CommonOptions.Home(), actor = CommonOptions.Actor();
        Argument<string> document = CommonOptions.Document();
        var assure = new Command("assure", "Mark a document as quality-assured, for rules that wait for it.") { document, home, actor };
        assure.SetAction(async (parsed, cancel) =>
        {
            (DocumentId id, ActorId by) = (DocumentOf(parsed.GetValue(document)!), ActorOf(parsed.GetValue(actor)!));
            await using ServiceProvider services = await StartAsync(parsed.GetValue(home)!);
            await services.GetRequiredService<DocumentRetention>().MarkQualityAssuredAsync(LocalHost.Tenant, id, by, cancel);
            return ExitCodes.Done;
        });
        return assure;
    }

    private static Command Certificate()
    {
        Option<string> home = CommonOptions.Home();
        Argument<string> document = CommonOptions.Document();
        var output = new Option<string>("--out") { Description = "Where the folder with the certificates goes.", Required = true };
        var certificate = new Command("certificate", "Export the certificates of what was deleted of a document; \"verify\" checks them with public keys alone.") { document, output, home };
        certificate.SetAction(async (parsed, cancel) =>
        {
            DocumentId id = DocumentOf(parsed.GetValue(document)!);
            await using ServiceProvider services = await StartAsync(parsed.GetValue(home)!);
            int written = await new CertificateExport(services, parsed.GetValue(output)!).WriteAsync(id, cancel);
            return written > 0 ? ExitCodes.Done : throw Faults.NothingDeleted();
        });
        return certificate;
    }

    public static async Task<ServiceProvider> StartAsync(string home, RetentionPolicy? policy = null) =>
        Directory.Exists(Path.Combine(home, "ledger")) ? await LocalHost.StartAsync(home, policy: null, jobs: 1, retention: policy) : throw Faults.NoLedger();

    public static DocumentId DocumentOf(string text) => Guid.TryParseExact(text, "N", out Guid id) ? new DocumentId(id) : throw Faults.NoId();

    public static ActorId ActorOf(string text) => Id(() => new ActorId(text));

    public static T Id<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException)
        {
            throw Faults.NoId();
        }
    }

    private static int Print(RetentionReport report)
    {
        foreach (RetentionDecision decision in report.Due.Where(decision => decision.Outcome != RetentionOutcome.Deleted))
        {
            string zones = string.Join(", ", decision.Zones.Select(zone => zone.ToString().ToLowerInvariant()));
            (string color, string word) = decision.Outcome switch
            {
                RetentionOutcome.Held => ("yellow", "held"),
                RetentionOutcome.WouldBeDeleted => ("green", "due"),
                _ => ("red", "failed"),
            };
            PlainWidth.Console().MarkupLineInterpolated($"[{color}]{word,-8}[/] document {decision.Document}: {zones} {decision.Code}");
        }

        PlainWidth.Console().WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Documents} documents, {report.Due.Length} due, {report.Count(RetentionOutcome.Deleted)} deleted, {report.Count(RetentionOutcome.Held)} held, {report.Count(RetentionOutcome.Failed)} failed"));
        return report.Count(RetentionOutcome.Held) + report.Count(RetentionOutcome.Failed) > 0 ? ExitCodes.NotAllReleased : ExitCodes.Done;
    }

    private static async Task<RetentionPolicy> LoadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await RetentionPolicy.LoadAsync(path, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Faults.RetentionPolicyUnreadable();
        }
    }
}
