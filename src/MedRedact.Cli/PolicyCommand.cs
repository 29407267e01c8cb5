using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using MedRedact.Access;

namespace MedRedact.Cli;

/// <summary><c>medredact policy</c>: access policies as code, checked, tested, compared and approved. No home folder is needed, and no network.</summary>
internal static class PolicyCommand
{
    public static Command Create() => new("policy", "Check, test, compare and approve access policies.")
    {
        Check(), Test(), Diff(), PolicySigning.Sign(), PolicySigning.Verify(),
    };

    private static Command Check()
    {
        Argument<string> file = PolicyFiles.Argument("file");
        var check = new Command("check", "Say whether an access policy can be loaded. 0: it can; 2: it is refused, with line and column.") { file };
        check.SetAction(parsed =>
        {
            AccessPolicy policy = PolicyFiles.Load(parsed.GetValue(file)!);
            Print($"{policy.Name} {policy.Version}: {Rules(policy, RuleEffect.Permit)} permit, {Rules(policy, RuleEffect.Forbid)} forbid, {policy.Assignments.Length} assignments");
            Print($"sha256 {policy.Hash}");
            return ExitCodes.Done;
        });
        return check;
    }

    private static Command Test()
    {
        Argument<string> file = PolicyFiles.Argument("file");
        var test = new Command("test", "Try an access policy on the cases beside it (NAME.cases.json). 0: all hold; 1: some do not, and they are printed.") { file };
        test.SetAction(parsed =>
        {
            AccessPolicy policy = PolicyFiles.Load(parsed.GetValue(file)!);
            ImmutableArray<AccessPolicyCase> cases = PolicyFiles.Cases(parsed.GetValue(file)!) ?? throw Faults.PolicyWithoutCases();
            int failed = 0;
            var decided = new HashSet<RuleId>();
            foreach (AccessPolicyCase each in cases)
            {
                bool holds = each.Holds(policy, out AccessVerdict verdict);
                decided.UnionWith(verdict.Rules);
                if (holds)
                    continue;
                failed++;
                Print($"failed  {each.Name}: expected {Expected(each)}, got {Said(verdict)}");
            }

            foreach (AccessPolicyRule idle in policy.Rules.Where(rule => !decided.Contains(rule.Id)))
                Print($"untried rule {idle.Id}: it decides none of the cases");
            Print($"{cases.Length} cases, {cases.Length - failed} hold, {failed} failed; {decided.Count} of {policy.Rules.Length} rules decided one");
            return failed == 0 ? ExitCodes.Done : ExitCodes.NotAllReleased;
        });
        return test;
    }

    private static Command Diff()
    {
        Argument<string> old = PolicyFiles.Argument("old"), fresh = PolicyFiles.Argument("new");
        var diff = new Command("diff", "Say what becomes permitted or denied from one access policy to another: on requests made from their rules, and on their cases.") { old, fresh };
        diff.SetAction(parsed =>
        {
            AccessPolicy before = PolicyFiles.Load(parsed.GetValue(old)!), after = PolicyFiles.Load(parsed.GetValue(fresh)!);
            IEnumerable<AccessPolicyCase> cases = (PolicyFiles.Cases(parsed.GetValue(fresh)!) ?? []).Concat(PolicyFiles.Cases(parsed.GetValue(old)!) ?? []);
            var difference = AccessPolicyDiff.Compare(before, after, cases);
            Print($"{before.Name} {before.Version} -> {after.Name} {after.Version}");
            foreach ((RuleId rule, RuleChange change) in difference.Rules)
                Print($"{change.ToString().ToLowerInvariant(),-8} rule {rule}");
            if (difference.PrincipalsChanged)
                Print($"changed  roles or assignments");
            foreach (AccessShift shift in difference.Shifts)
                Print($"{(shift.After.IsPermitted ? "PERMITTED" : "denied"),-9} {Described(shift.Request)}  ({shift.Source}; was {Said(shift.Before)}, is {Said(shift.After)})");
            int opened = difference.Shifts.Count(shift => shift.After.IsPermitted);
            Print($"{difference.Tried} requests tried: {opened} become permitted, {difference.Shifts.Length - opened} denied");
            return ExitCodes.Done;
        });
        return diff;
    }

    private static int Rules(AccessPolicy policy, RuleEffect effect) => policy.Rules.Count(rule => rule.Effect == effect);

    private static string Expected(AccessPolicyCase each) =>
        Words(each.IsPermitted, each.Reason, each.Rules);

    private static string Said(AccessVerdict verdict) => Words(verdict.IsPermitted, verdict.Reason, verdict.Rules);

    private static string Words(bool permitted, HoldReason? reason, ImmutableArray<RuleId> rules)
    {
        string why = reason is null ? "" : $" {reason}", by = rules.IsEmpty ? "" : $" by {string.Join(", ", rules)}";
        return (permitted ? "permit" : "deny") + why + by;
    }

    private static string Described(AccessRequest request)
    {
        string roles = string.Join('+', request.Attributes.Roles);
        return $"{request.Actor}{(roles.Length > 0 ? $" as {roles}" : "")} {request.Action} {request.Purpose} of {request.Tenant}";
    }

    private static void Print(FormattableString line) => Console.Out.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
