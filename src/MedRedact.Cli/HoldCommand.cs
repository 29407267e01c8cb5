using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace MedRedact.Cli;

/// <summary><c>medredact retention hold</c>, <c>release</c> and <c>holds</c>.</summary>
internal static class HoldCommand
{
    public static Command Hold() => Make(
        "hold",
        "Place a legal hold: nothing of it is deleted until it is released.",
        async (holds, target, reason, actor, cancel) =>
        {
            PlacedHold placed = await holds.PlaceAsync(LocalHost.Tenant, target, reason, actor, cancel);
            if (placed.DeletionHadBegun)
                PlainWidth.Console().MarkupLineInterpolated($"[yellow]late[/]     a deletion had begun; what its keys were destroyed for is gone, everything else stays");
            return placed.DeletionHadBegun ? ExitCodes.NotAllReleased : ExitCodes.Done;
        });

    public static Command Release() => Make(
        "release",
        "Release a legal hold. 1: there was none.",
        async (holds, target, reason, actor, cancel) =>
            await holds.ReleaseAsync(LocalHost.Tenant, target, reason, actor, cancel) ? ExitCodes.Done : ExitCodes.NotAllReleased);

    public static Command List()
    {
        Option<string> home = CommonOptions.Home();
        var list = new Command("holds", "List the legal holds that stand.") { home };
        list.SetAction(async (parsed, cancel) =>
        {
            await using ServiceProvider services = await RetentionCommand.StartAsync(parsed.GetValue(home)!);
            ImmutableArray<LegalHold> standing = await services.GetRequiredService<ILegalHolds>().ListAsync(LocalHost.Tenant, cancel);
            foreach (LegalHold hold in standing.OrderBy(each => each.At))
            {
                string covered = hold.Target is HoldTarget.OfDocument one ? $"document {one.Document}" : $"subject {((HoldTarget.OfSubject)hold.Target).Subject}";
                PlainWidth.Console().WriteLine(string.Create(CultureInfo.InvariantCulture, $"{covered}  {hold.Reason}  {hold.Actor}  {hold.At:u}"));
            }

            return ExitCodes.Done;
        });
        return list;
    }

    private static Command Make(string name, string description, Func<ILegalHolds, HoldTarget, LegalHoldReason, ActorId, CancellationToken, Task<int>> act)
    {
        var document = new Argument<string?>("document") { Description = "The document's id, 32 hexadecimal digits.", Arity = ArgumentArity.ZeroOrOne };
        var subject = new Option<string?>("--subject") { Description = "Instead: the subject's id, 64 hexadecimal digits; covers all documents of the person." };
        var reason = new Option<string>("--reason") { Description = "The matter, e.g. litigation-2026-014: a-z, 0-9, '.' and '-'.", Required = true };
        Option<string> home = CommonOptions.Home(), actor = CommonOptions.Actor();
        var command = new Command(name, description) { document, subject, reason, actor, home };
        command.SetAction(async (parsed, cancel) =>
        {
            HoldTarget target = TargetOf(parsed.GetValue(document), parsed.GetValue(subject));
            LegalHoldReason matter = RetentionCommand.Id(() => new LegalHoldReason(parsed.GetValue(reason)!));
            ActorId by = RetentionCommand.ActorOf(parsed.GetValue(actor)!);
            await using ServiceProvider services = await RetentionCommand.StartAsync(parsed.GetValue(home)!);
            return await act(services.GetRequiredService<ILegalHolds>(), target, matter, by, cancel);
        });
        return command;
    }

    private static HoldTarget TargetOf(string? document, string? subject) => (document, subject) switch
    {
        ({ } one, null) => new HoldTarget.OfDocument(RetentionCommand.DocumentOf(one)),
        (null, { } person) when Digest256.TryParse(person, out Digest256 id) => new HoldTarget.OfSubject(new SubjectId(id)),
        _ => throw Faults.NoId(),
    };
}
