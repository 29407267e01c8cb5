using System.Collections.Immutable;

namespace MedRedact.Access;

/// <summary>What a condition comes to. A rule comes to the least of its conditions.</summary>
internal enum RuleMatch
{
    /// <summary>It does not hold.</summary>
    No = 0,

    /// <summary>An attribute is missing.</summary>
    Unknown,

    /// <summary>It holds.</summary>
    Yes,
}

/// <summary>The conditions whose attributes a request may lack.</summary>
internal static class RuleRemainder
{
    public static RuleMatch Match(AccessPolicyRule rule, AccessRequest request, DateTimeOffset at)
    {
        AccessAttributes attributes = request.Attributes;
        RuleMatch match = RuleMatch.Yes;
        if (rule.Time is { } time && !time.Holds(at))
            return RuleMatch.No;
        if (!rule.Zones.IsEmpty)
            match = Least(match, OneOf(rule.Zones, attributes.Zone));
        if (!rule.Documents.IsEmpty)
            match = Least(match, OneOf(rule.Documents, request.Document));
        if (!rule.ClientKeys.IsEmpty)
            match = Least(match, OneOf(rule.ClientKeys, attributes.ClientKey));
        if (rule.Consent is { } consent)
            match = Least(match, Of(attributes.Consent == consent, attributes.Consent is not null));
        if (rule.TreatmentRelationship is { } treatment)
            match = Least(match, Of(attributes.TreatmentRelationship == treatment, attributes.TreatmentRelationship is not null));
        if (!rule.Scopes.IsEmpty)
            match = Least(match, attributes.Scopes is { } scopes ? Of(Any(rule.Scopes, scopes)) : RuleMatch.Unknown);
        if (!rule.DataClasses.IsEmpty)
            match = Least(match, attributes.DataClasses is { } classes ? Of(Classes(rule, classes)) : RuleMatch.Unknown);

        return match;
    }

    /// <summary>A permission must cover all that the document holds; a prohibition is about any of it.</summary>
    private static bool Classes(AccessPolicyRule rule, ImmutableArray<DataClass> classes)
    {
        if (rule.Effect == RuleEffect.Forbid)
            return Any(rule.DataClasses, classes);

        foreach (DataClass each in classes)
        {
            if (!rule.DataClasses.Contains(each))
                return false;
        }

        return true;
    }

    private static bool Any<T>(ImmutableArray<T> allowed, ImmutableArray<T> values)
    {
        foreach (T value in values)
        {
            if (allowed.Contains(value))
                return true;
        }

        return false;
    }

    private static RuleMatch OneOf<T>(ImmutableArray<T> allowed, T? value)
        where T : struct => value is { } known ? Of(allowed.Contains(known)) : RuleMatch.Unknown;

    private static RuleMatch Of(bool holds, bool isKnown = true) => holds ? RuleMatch.Yes : isKnown ? RuleMatch.No : RuleMatch.Unknown;

    private static RuleMatch Least(RuleMatch left, RuleMatch right) => left < right ? left : right;
}
