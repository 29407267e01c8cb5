using System.Collections.Immutable;
using System.Text.Json;

namespace MedRedact.Policies;

/// <summary>Reads a policy file strictly: every key and value is known, or the file is refused at that place.</summary>
internal ref struct PolicyReader
{
    private readonly ReadOnlySpan<byte> _utf8;
    private Utf8JsonReader _json;

    private PolicyReader(ReadOnlySpan<byte> utf8)
    {
        _utf8 = utf8;
        _json = new(utf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, MaxDepth = 8 });
    }

    public static PolicyDraft Read(ReadOnlySpan<byte> utf8)
    {
        var reader = new PolicyReader(utf8);
        try
        {
            PolicyDraft draft = reader.ReadPolicy();

            // Anything but white space and comments after the policy is a fault of syntax, which the reader throws.
            reader._json.Read();
            return draft;
        }
        catch (JsonException)
        {
            // The parser's exception quotes the file; only its place goes on.
            throw new PolicyFileException(PolicyFaults.Syntax, TextPlace.Of(utf8, (int)reader._json.BytesConsumed));
        }
        catch (InvalidOperationException)
        {
            // A string with an unpaired surrogate or invalid UTF-8.
            throw new PolicyFileException(PolicyFaults.Syntax, reader.Here);
        }
    }

    private readonly TextPlace Here => TextPlace.Of(_utf8, (int)_json.TokenStartIndex);

    private PolicyDraft ReadPolicy()
    {
        Next();
        TextPlace start = Here;
        Expect(JsonTokenType.StartObject);
        var draft = new PolicyDraft();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (NextKey(seen) is { } key)
        {
            switch (key)
            {
                case "name": draft.Name = NextId(); break;
                case "version": draft.Version = NextVersion(); break;
                case "description": draft.Description = NextString(); break;
                case "standard": draft.Standard = NextStandard(); break;
                case "default": draft.Default = NextDefault(); break;
                case "zip3": draft.Zip3 = NextTable(); break;
                case "releasesIncompleteDocuments": draft.ReleasesIncompleteDocuments = NextBoolean(); break;
                default: draft.Rules = NextRules(); break;
            }
        }

        return draft is { Name: not null, Version: not null, Default: not null, Rules: not null }
            ? draft
            : throw new PolicyFileException(PolicyFaults.Missing, start);
    }

    private PolicyRule NextRule()
    {
        TextPlace start = Here;
        Expect(JsonTokenType.StartObject);
        ImmutableArray<PhiCategory> categories = [];
        ImmutableArray<DocumentType> types = [];
        Disposition? disposition = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (NextKey(seen, rule: true) is { } key)
        {
            switch (key)
            {
                case "categories": categories = [.. NextStrings(static (ref reader) => reader.Category())]; break;
                case "documentTypes": types = [.. NextStrings(static (ref reader) => new DocumentType(reader.Id()))]; break;
                case "disposition": Next(); disposition = Disposition(); break;
                default: NextString(); break;
            }
        }

        return !categories.IsEmpty && disposition is { } decided
            ? new PolicyRule(categories, types, decided, start.Line) { Place = start }
            : throw new PolicyFileException(PolicyFaults.Missing, start);
    }

    private ImmutableArray<PolicyRule> NextRules()
    {
        Next();
        Expect(JsonTokenType.StartArray);
        var rules = ImmutableArray.CreateBuilder<PolicyRule>();
        while (Next() != JsonTokenType.EndArray)
            rules.Add(NextRule());

        return rules.ToImmutable();
    }

    private delegate T Element<out T>(ref PolicyReader reader);

    private List<T> NextStrings<T>(Element<T> read)
    {
        Next();
        Expect(JsonTokenType.StartArray);
        var values = new List<T>();
        while (Next() != JsonTokenType.EndArray)
            values.Add(read(ref this));

        return values.Count > 0 ? values : throw Refused(PolicyFaults.Value);
    }

    private string? NextKey(HashSet<string> seen, bool rule = false)
    {
        if (Next() == JsonTokenType.EndObject)
            return null;

        string key = _json.GetString()!;
        bool known = rule
            ? key is "categories" or "documentTypes" or "disposition" or "note"
            : key is "name" or "version" or "description" or "standard" or "default" or "zip3" or "releasesIncompleteDocuments" or "rules";
        if (!known)
            throw Refused(PolicyFaults.UnknownKey);

        return seen.Add(key) ? key : throw Refused(PolicyFaults.Value);
    }

    private PhiCategory Category()
    {
        Expect(JsonTokenType.String);
        return PhiCategory.TryParse(_json.GetString()!, out PhiCategory category)
            && (category.Taxonomy != PhiCategory.PersonName.Taxonomy || WellKnownCategories.All.Contains(category))
            ? category
            : throw Refused(PolicyFaults.UnknownCategory);
    }

    private readonly Disposition Disposition()
    {
        Expect(JsonTokenType.String);
        return _json.GetString() switch
        {
            "redact" => MedRedact.Disposition.Redact,
            "tokenize" => MedRedact.Disposition.Tokenize,
            "generalize" => MedRedact.Disposition.Generalize,
            "shift-date" => MedRedact.Disposition.ShiftDate,
            "surrogate" => MedRedact.Disposition.Surrogate,
            "tokenize-one-way" => MedRedact.Disposition.TokenizeOneWay,
            "pseudonym" => MedRedact.Disposition.Pseudonym,
            "format-preserving" => MedRedact.Disposition.FormatPreserving,
            "review" => MedRedact.Disposition.Review,
            "keep" => MedRedact.Disposition.Keep,
            _ => throw Refused(PolicyFaults.UnknownDisposition),
        };
    }

    private Disposition NextDefault()
    {
        Next();
        Disposition disposition = Disposition();
        return disposition is MedRedact.Disposition.Redact or MedRedact.Disposition.Tokenize or MedRedact.Disposition.TokenizeOneWay or MedRedact.Disposition.Review
            ? disposition
            : throw Refused(PolicyFaults.UnsafeDefault);
    }

    private PolicyStandard NextStandard() => NextString() switch
    {
        "none" => PolicyStandard.None,
        "safe-harbor" => PolicyStandard.SafeHarbor,
        "limited-data-set" => PolicyStandard.LimitedDataSet,
        "expert-determination" => PolicyStandard.ExpertDetermination,
        _ => throw Refused(PolicyFaults.Value),
    };

    private string NextTable()
    {
        string name = NextString();
        return Redaction.Zip3Table.Find(name) is null ? throw Refused(PolicyFaults.UnknownTable) : name;
    }

    private bool NextBoolean() =>
        Next() is JsonTokenType.True or JsonTokenType.False ? _json.GetBoolean() : throw Refused(PolicyFaults.Value);

    private Version NextVersion() => Version.TryParse(NextString(), out Version? version) ? version : throw Refused(PolicyFaults.Value);

    private string NextId()
    {
        Next();
        return Id();
    }

    private readonly string Id()
    {
        Expect(JsonTokenType.String);
        string id = _json.GetString()!;
        return id.Length is > 0 and <= 64 && id.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '-')
            ? id
            : throw Refused(PolicyFaults.Value);
    }

    private string NextString()
    {
        Next();
        Expect(JsonTokenType.String);
        return _json.GetString()!;
    }

    private JsonTokenType Next() => _json.Read() ? _json.TokenType : throw new JsonException();

    private readonly void Expect(JsonTokenType type)
    {
        if (_json.TokenType != type)
            throw Refused(PolicyFaults.Value);
    }

    private readonly PolicyFileException Refused(PolicyFault fault) => new(fault, Here);
}
