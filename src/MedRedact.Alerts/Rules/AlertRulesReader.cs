using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;
using MedRedact.Access;

namespace MedRedact.Alerts;

/// <summary>Reads rules strictly: a misspelt key is none that is passed over. Nothing of the file comes back in a fault.</summary>
internal static class AlertRulesReader
{
    private const string Format = "medredact.alert-rules";
    private const int MostRules = 256, MostValues = 64;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    public static ImmutableArray<AlertRule> Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > AlertRules.MaxBytes)
            throw Faults.Refuse(Faults.Syntax);

        AlertRulesFields fields = Parse(utf8);
        if (fields is not { Format: Format, Version: 1 } || fields.Rules is not { Length: > 0 and <= MostRules } || fields.Rules.Contains(null))
            throw Faults.Refuse(Faults.Value);

        ImmutableArray<AlertRule> rules = [.. fields.Rules.Select(rule => Rule(rule!))];
        return rules.DistinctBy(rule => rule.Id).Count() == rules.Length ? rules : throw Faults.Refuse(Faults.Condition);
    }

    private static AlertRulesFields Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, AlertJson.Default.AlertRulesFields) ?? throw Faults.Refuse(Faults.Syntax);
        }
        catch (JsonException fault)
        {
            // The parser's exception quotes the file: it is told apart, and dropped. What it says of a path is a key the file made up.
            throw Faults.Refuse(IsJson(utf8) && fault.Path is not null ? Faults.Value : Faults.Syntax);
        }
    }

    private static bool IsJson(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip });
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static AlertRule Rule(AlertRuleFields fields)
    {
        var rule = new AlertRule
        {
            Id = new RuleId(Id(fields.Id)),
            Severity = fields.Severity switch
            {
                "medium" => AlertSeverity.Medium,
                "high" => AlertSeverity.High,
                "critical" => AlertSeverity.Critical,
                _ => throw Faults.Refuse(Faults.Value),
            },
            Kinds = Values(fields.Kinds, kind => Id(kind).StartsWith("alert.", StringComparison.Ordinal) ? throw Faults.Refuse(Faults.Value) : kind),
            Actions = Values(fields.Actions, action => AccessActionNames.All.TryGetValue(action, out AccessAction known) ? known : throw Faults.Refuse(Faults.Value)),
            Purposes = Values(fields.Purposes, Purpose),
            Decision = fields.Decision switch
            {
                null => null,
                "denied" => AuditDecision.Denied,
                "held" => AuditDecision.Held,
                "permitted" => AuditDecision.Permitted,
                _ => throw Faults.Refuse(Faults.Value),
            },
            Outside = fields.Outside is { } window ? Window(window) : null,
            By = fields.By switch
            {
                null => AlertSubject.Everything,
                "actor" => AlertSubject.Actor,
                "document" => AlertSubject.Document,
                _ => throw Faults.Refuse(Faults.Value),
            },
            Count = fields.Count is null or (>= 1 and <= 10_000) ? fields.Count : throw Faults.Refuse(Faults.Value),
            Within = fields.Within is { } within ? Length(within, TimeSpan.FromSeconds(1)) : TimeSpan.Zero,
            CountsDocuments = fields.CountDocuments ?? false,
            SilentFor = fields.SilentFor is { } silent ? Length(silent, TimeSpan.FromMinutes(1)) : null,
            ClockBack = fields.ClockBack is { } back ? Length(back, TimeSpan.FromSeconds(1)) : null,
            Responses = Values(fields.Respond, response => new RuleId(Id(response))),
        };
        if (fields.Quiet is { } quiet)
            rule = rule with { Quiet = Length(quiet, TimeSpan.Zero) };
        return IsOneCondition(rule) ? rule : throw Faults.Refuse(Faults.Condition);
    }

    /// <summary>A rate needs its time, and what is not counted needs no count.</summary>
    private static bool IsOneCondition(AlertRule rule) =>
        (rule.Count is null ? 0 : 1) + (rule.SilentFor is null ? 0 : 1) + (rule.ClockBack is null ? 0 : 1) == 1
        && (rule.Count > 1) == (rule.Within > TimeSpan.Zero)
        && (rule.Count is not null || (rule.By == AlertSubject.Everything && !rule.CountsDocuments && rule.Responses.IsEmpty));

    private static ImmutableArray<T> Values<T>(string[]? values, Func<string, T> read)
    {
        if (values is null)
            return [];
        if (values.Length is 0 or > MostValues || values.Any(value => value is null) || values.Distinct(StringComparer.Ordinal).Count() != values.Length)
            throw Faults.Refuse(Faults.Value);
        return [.. values.Select(read)];
    }

    private static string Id(string? value)
    {
        try
        {
            return value is null ? throw Faults.Refuse(Faults.Value) : new RuleId(value).Value;
        }
        catch (ArgumentException)
        {
            throw Faults.Refuse(Faults.Value);
        }
    }

    private static PurposeOfUse Purpose(string code)
    {
        try
        {
            return new PurposeOfUse(code);
        }
        catch (ArgumentException)
        {
            throw Faults.Refuse(Faults.Value);
        }
    }

    /// <summary>A duration of ISO 8601 in days, hours, minutes and seconds, such as <c>PT10M</c>.</summary>
    private static TimeSpan Length(string text, TimeSpan least)
    {
        try
        {
            ReadOnlySpan<char> date = text.AsSpan(0, text.IndexOf('T', StringComparison.Ordinal) is >= 0 and var at ? at : text.Length);
            TimeSpan length = text.Length <= 32 && text.StartsWith('P') && !date.ContainsAny('Y', 'M') ? XmlConvert.ToTimeSpan(text) : throw new FormatException();
            return length >= least && length <= Longest ? length : throw new FormatException();
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            throw Faults.Refuse(Faults.Value);
        }
    }

    private static TimeWindow Window(AlertWindowFields fields)
    {
        ImmutableArray<DayOfWeek> days = Values(fields.Days, day => Array.IndexOf(["sun", "mon", "tue", "wed", "thu", "fri", "sat"], day) is >= 0 and var at
            ? (DayOfWeek)at
            : throw Faults.Refuse(Faults.Value));
        return TimeWindow.ParseTime(fields.From) is { } from && TimeWindow.ParseTime(fields.To) is { } to && TimeWindow.ParseOffset(fields.Offset) is { } offset
            && from != to && from < TimeWindow.MinutesOfDay && to > 0
                ? new TimeWindow(days, from, to, offset)
                : throw Faults.Refuse(Faults.Value);
    }
}

/// <summary>A file of rules as JSON.</summary>
internal sealed record AlertRulesFields(string Format, int Version, AlertRuleFields?[] Rules);

/// <summary>A rule as JSON.</summary>
internal sealed record AlertRuleFields(string Id, string Severity)
{
    public string[]? Kinds { get; init; }

    public string[]? Actions { get; init; }

    public string[]? Purposes { get; init; }

    public string? Decision { get; init; }

    public AlertWindowFields? Outside { get; init; }

    public string? By { get; init; }

    public int? Count { get; init; }

    public string? Within { get; init; }

    public bool? CountDocuments { get; init; }

    public string? SilentFor { get; init; }

    public string? ClockBack { get; init; }

    public string? Quiet { get; init; }

    public string[]? Respond { get; init; }
}

/// <summary>Hours as JSON.</summary>
internal sealed record AlertWindowFields(string From, string To, string Offset)
{
    public string[]? Days { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, ReadCommentHandling = JsonCommentHandling.Skip,
    AllowDuplicateProperties = false, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true, MaxDepth = 8)]
[JsonSerializable(typeof(AlertRulesFields))]
internal sealed partial class AlertJson : JsonSerializerContext;
