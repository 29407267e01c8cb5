using System.Globalization;
using System.Text.Json;

namespace MedRedact.Core.Tests.Access;

/// <summary>A second evaluator, written from docs/formats/access-policy.md and nothing else: it reads the JSON anew for every request, and knows none of the reader's types.</summary>
internal static class NaiveAccessPolicy
{
    private const string Codes =
        "PURPOSEOFUSE HMARKT HOPERAT CAREMGT DONAT FRAUD GOV HACCRED HCOMPL HDECD HDIRECT HDM HLEGAL HOUTCOMS HPRGRP HQUALIMP HSYSADMIN LABELING METAMGT MEMADMIN MILCDM PATADMIN "
        + "PATSFTY PERFMSR RECORDMGT SYSDEV HTEST TRAIN HPAYMT CLMATTCH COVAUTH COVERAGE ELIGDTRM ELIGVER ENROLLM MILDCRG REMITADV HRESCH BIORCH CLINTRCH CLINTRCHNPC CLINTRCHPC "
        + "PRECLINTRCH DSRCH POARCH TRANSRCH PATRQT FAMRQT PWATRNY SUPNWK PUBHLTH DISASTER THREAT TREAT COC ETREAT BTG ERTREAT POPHLTH";

    private static readonly HashSet<string> s_codes = [.. Codes.Split(' ')];

    /// <summary>Answers <c>permit</c> or a code, and after a space each the rules that decided, in ordinal order.</summary>
    public static string Decide(JsonElement policy, AccessRequest request, DateTimeOffset now)
    {
        if (IsMalformed(request))
            return "MR-ACC-003";
        if (!s_codes.Contains(request.Purpose.Code))
            return "MR-ACC-005";

        JsonElement[] assigned = [.. List(policy, "assignments").Where(each =>
            Text(each, "actor") == request.Actor.Value && (!each.TryGetProperty("tenant", out JsonElement tenant) || tenant.GetString() == request.Tenant.Value))];
        JsonElement[] keyed = [.. assigned.Where(each => each.TryGetProperty("clientKeys", out _))];
        bool ComesOver(JsonElement each) => request.Attributes.ClientKey is { } key && Texts(each, "clientKeys").Contains(key.ToString());
        if (keyed.Length > 0 && !keyed.Any(ComesOver))
            return "MR-ACC-006";
        if (request.Purpose.Code == "BTG" && (request.Document is null || request.Attributes.Justification is null))
            return "MR-ACC-008";

        HashSet<string> roles = [.. request.Attributes.Roles.Select(role => role.Value)];
        foreach (JsonElement each in assigned.Where(each => !keyed.Contains(each) || ComesOver(each)))
            roles.UnionWith(Texts(each, "roles"));

        var answers = List(policy, "rules").Select(rule => (Id: Text(rule, "id"), Effect: Text(rule, "effect"), Holds: Holds(rule, request, roles, now))).ToArray();
        string[] Ids(string effect, bool? holds) =>
            [.. answers.Where(answer => answer.Effect == effect && answer.Holds == holds).Select(answer => answer.Id).Order(StringComparer.Ordinal)];
        foreach ((string effect, bool? holds, string answer) in (ReadOnlySpan<(string, bool?, string)>)
            [("forbid", true, "MR-ACC-002"), ("forbid", null, "MR-ACC-004"), ("permit", true, "permit"), ("permit", null, "MR-ACC-004")])
        {
            if (Ids(effect, holds) is { Length: > 0 } ids)
                return string.Join(' ', [answer, .. ids]);
        }

        return "MR-ACC-001";
    }

    /// <summary>Whether all conditions hold; <see langword="null"/> where none fails and one cannot be told.</summary>
    private static bool? Holds(JsonElement rule, AccessRequest request, HashSet<string> roles, DateTimeOffset now)
    {
        var conditions = new List<bool?>();
        AccessAttributes has = request.Attributes;
        bool permits = Text(rule, "effect") == "permit";
        foreach (JsonProperty condition in rule.EnumerateObject())
        {
            bool Listed(string text) => condition.Value.EnumerateArray().Any(item => item.GetString() == text);
            bool? answer = condition.Name switch
            {
                "id" or "effect" or "note" => true,
                "actions" => Listed(request.Action switch
                {
                    AccessAction.ReadRedacted => "read-redacted",
                    AccessAction.Review => "review",
                    AccessAction.RevealToken => "reveal-token",
                    AccessAction.ReadOriginal => "read-original",
                    AccessAction.AccountDisclosures => "account-disclosures",
                    AccessAction.RevealAuditField => "reveal-audit-field",
                    _ => "erase",
                }),
                "actors" => Listed(request.Actor.Value),
                "roles" => roles.Any(Listed),
                "tenants" => Listed(request.Tenant.Value),
                "purposes" => Listed(request.Purpose.Code),
                "zones" => has.Zone is { } zone ? Listed(zone.ToString().ToLowerInvariant()) : null,
                "documents" => request.Document is { } document ? Listed(document.Value.ToString("N")) : null,
                "dataClasses" => has.DataClasses is not { } classes ? null : permits ? classes.All(each => Listed(each.Value)) : classes.Any(each => Listed(each.Value)),
                "consent" => has.Consent is { } consent ? consent == condition.Value.GetBoolean() : null,
                "treatment" => has.TreatmentRelationship is { } treats ? treats == condition.Value.GetBoolean() : null,
                "clientKeys" => has.ClientKey is { } key ? Listed(key.ToString()) : null,
                "scopes" => has.Scopes is { } scopes ? scopes.Any(scope => Listed(scope.Value)) : null,
                "time" => InWindow(condition.Value, now),
                _ => throw new InvalidOperationException("The page knows no such key."),
            };
            conditions.Add(answer);
        }

        return conditions.Contains(false) ? false : conditions.Contains(null) ? null : true;
    }

    /// <summary>Walks back minute by minute to the last beginning of a window, a day and no further.</summary>
    private static bool InWindow(JsonElement window, DateTimeOffset now)
    {
        string offset = window.TryGetProperty("offset", out JsonElement given) ? given.GetString()! : "Z";
        TimeSpan ahead = offset == "Z" ? TimeSpan.Zero : TimeSpan.ParseExact(offset[1..], "hh\\:mm", CultureInfo.InvariantCulture) * (offset[0] == '-' ? -1 : 1);
        DateTime local = now.UtcDateTime + ahead;
        DateTime minute = local.Date.AddHours(local.Hour).AddMinutes(local.Minute);
        int Of(string key, int otherwise) => window.TryGetProperty(key, out JsonElement at) ? (int.Parse(at.GetString()![..2], CultureInfo.InvariantCulture) * 60) + int.Parse(at.GetString()![3..], CultureInfo.InvariantCulture) : otherwise;
        int from = Of("from", 0), to = Of("to", 1440);
        string[] days = window.TryGetProperty("days", out JsonElement named) ? [.. named.EnumerateArray().Select(day => day.GetString()!)] : ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        int lasts = to > from ? to - from : 1440 - from + to;
        return Enumerable.Range(0, lasts).Select(back => minute.AddMinutes(-back))
            .Any(begin => (begin.Hour * 60) + begin.Minute == from && days.Contains(begin.ToString("ddd", CultureInfo.InvariantCulture).ToLowerInvariant()));
    }

    private static bool IsMalformed(AccessRequest request) =>
        request.Actor.Value is null || request.Tenant.Value is null || request.Purpose.Code is null || !Enum.IsDefined(request.Action)
        || request.Document?.Value == Guid.Empty || (request.Attributes.Zone is { } zone && !Enum.IsDefined(zone))
        || request.Attributes.Roles.Length > 64 || request.Attributes.Roles.Any(role => role.Value is null)
        || request.Attributes.DataClasses?.Length > 64 || request.Attributes.DataClasses?.Any(each => each.Value is null) == true
        || request.Attributes.Scopes?.Length > 64 || request.Attributes.Scopes?.Any(each => each.Value is null) == true;

    private static JsonElement[] List(JsonElement at, string key) => at.TryGetProperty(key, out JsonElement list) ? [.. list.EnumerateArray()] : [];

    private static IEnumerable<string> Texts(JsonElement at, string key) => List(at, key).Select(item => item.GetString()!);

    private static string Text(JsonElement at, string key) => at.GetProperty(key).GetString()!;
}
