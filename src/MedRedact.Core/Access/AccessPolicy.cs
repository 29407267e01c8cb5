using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Numerics;
using System.Security.Cryptography;
using MedRedact.Detection;

namespace MedRedact.Access;

/// <summary>Who may see what, for what, when: a checked JSON file (docs/formats/access-policy.md). Whatever no rule permits is denied, whatever a rule forbids is denied, and
/// whatever cannot be decided is denied (45 CFR 164.312(a)(1), 164.308(a)(4)). Immutable; thread-safe; no clock, no file, no network is asked.</summary>
public sealed class AccessPolicy
{
    /// <summary>The size that a policy file may have: 4 MiB.</summary>
    public const int MaxBytes = JsonAt.MaxBytes;

    private readonly RuleColumns _columns;
    private readonly Principals _principals;
    private readonly FrozenSet<PurposeOfUse> _ownPurposes;

    internal AccessPolicy(AccessPolicyDraft draft, PolicyHash hash)
    {
        (Name, Version, Description, Roles, Assignments, Hash) = (draft.Name, draft.Version, draft.Description, draft.Roles, draft.Assignments, hash);

        // By name: the order of the file decides nothing, not even what a verdict names first.
        Rules = [.. draft.Rules.OrderBy(rule => rule.Id.Value, StringComparer.Ordinal)];
        _columns = new RuleColumns(Rules);
        _principals = new Principals(Assignments);
        _ownPurposes = _columns.Purposes.Where(purpose => !PurposeCodes.All.Contains(purpose.Code)).ToFrozenSet();
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its version, 1 or more: a policy replaces another only where its version is higher.</summary>
    public int Version { get; }

    /// <summary>What it is for.</summary>
    public string Description { get; }

    /// <summary>The roles it declares beside the well-known ones.</summary>
    public ImmutableArray<AccessRole> Roles { get; }

    /// <summary>The roles it gives to actors.</summary>
    public ImmutableArray<RoleAssignment> Assignments { get; }

    /// <summary>Its rules, by name in ordinal order.</summary>
    public ImmutableArray<AccessPolicyRule> Rules { get; }

    /// <summary>SHA-256 of the bytes of the file; every decision carries it.</summary>
    public PolicyHash Hash { get; }

    /// <summary>Reads and checks a policy.</summary>
    /// <param name="utf8">The bytes of the file; they are hashed as they are.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="AccessPolicyException">The file was refused, <c>MR-ACC-101</c> to <c>MR-ACC-109</c>.</exception>
    public static AccessPolicy Parse(ReadOnlySpan<byte> utf8) =>
        new(AccessJson.Read(utf8, AccessPolicyReader.Read), new PolicyHash(Digest256.From(SHA256.HashData(utf8))));

    /// <summary>Reads and checks a policy file.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="AccessPolicyException">The file was refused.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static AccessPolicy Load(string path) => Parse(BoundedFile.Read(path));

    /// <summary>Decides a request. The same request at the same moment is always decided alike.</summary>
    /// <param name="request">Who wants what, and why.</param>
    /// <param name="now">The moment, for rules with hours.</param>
    /// <returns>Whether it may be, by which rules, or why not.</returns>
    public AccessVerdict Evaluate(AccessRequest request, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!RequestForm.IsGood(request))
            return AccessVerdict.Deny(AccessFaults.Malformed);
        if (!PurposeCodes.All.Contains(request.Purpose.Code) && !_ownPurposes.Contains(request.Purpose))
            return AccessVerdict.Deny(AccessFaults.UnknownPurpose);
        if (!_principals.TryFind(request, out ImmutableArray<AccessRole> roles))
            return AccessVerdict.Deny(AccessFaults.OtherKey);
        if (request.Purpose == PurposeOfUse.BreakTheGlass && (request.Document is null || request.Attributes.Justification is null))
            return AccessVerdict.Deny(AccessFaults.NoJustification);

        Span<ulong> candidates = stackalloc ulong[RuleColumns.Words(Rules.Length)];
        candidates.Clear();
        _columns.Find(request, roles.AsSpan(), candidates);
        return Decide(request, now, candidates);
    }

    private AccessVerdict Decide(AccessRequest request, DateTimeOffset now, ReadOnlySpan<ulong> candidates)
    {
        var ballot = new Ballot();
        for (int word = 0; word < candidates.Length; word++)
        {
            for (ulong bits = candidates[word]; bits != 0; bits &= bits - 1)
            {
                AccessPolicyRule rule = Rules[(word * 64) + BitOperations.TrailingZeroCount(bits)];
                ballot.Add(rule, RuleRemainder.Match(rule, request, now));
            }
        }

        return ballot.Verdict();
    }

    /// <summary>The rules that said something, by what they said.</summary>
    private ref struct Ballot
    {
        private List<RuleId>? _forbid, _mayForbid, _permit, _mayPermit;

        public void Add(AccessPolicyRule rule, RuleMatch match)
        {
            switch (match)
            {
                case RuleMatch.No:
                    break;
                case RuleMatch.Yes when rule.Effect == RuleEffect.Permit:
                    (_permit ??= []).Add(rule.Id);
                    break;
                case RuleMatch.Yes:
                    (_forbid ??= []).Add(rule.Id);
                    break;
                default:
                    if (rule.Effect == RuleEffect.Permit)
                        (_mayPermit ??= []).Add(rule.Id);
                    else
                        (_mayForbid ??= []).Add(rule.Id);
                    break;
            }
        }

        public readonly AccessVerdict Verdict()
        {
            if (_forbid is not null)
                return AccessVerdict.Deny(AccessFaults.Forbidden, [.. _forbid]);
            if (_mayForbid is not null)
                return AccessVerdict.Deny(AccessFaults.Unknown, [.. _mayForbid]);
            if (_permit is not null)
                return AccessVerdict.Permit([.. _permit]);
            return _mayPermit is not null ? AccessVerdict.Deny(AccessFaults.Unknown, [.. _mayPermit]) : AccessVerdict.Deny(AccessFaults.NoRule);
        }
    }
}
