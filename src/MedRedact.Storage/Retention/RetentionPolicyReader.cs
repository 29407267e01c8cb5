using System.Collections.Immutable;
using System.Text.Json;

namespace MedRedact.Storage;

/// <summary>What a policy file said, before its rules are held against each other.</summary>
internal sealed class RetentionDraft
{
    public string? Name { get; set; }

    public Version? Version { get; set; }

    public string Description { get; set; } = "";

    public ImmutableArray<RetentionRule>? Rules { get; set; }

    public List<(RetentionRule Rule, int Line, int Column)> Places { get; } = [];
}

/// <summary>Reads a retention policy strictly: every key and value is known, or the file is refused at that place.</summary>
internal ref struct RetentionPolicyReader
{
    private readonly ReadOnlySpan<byte> _utf8;
    private readonly RetentionDraft _draft = new();
    private Utf8JsonReader _json;

    private RetentionPolicyReader(ReadOnlySpan<byte> utf8)
    {
        _utf8 = utf8;
        _json = new(utf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, MaxDepth = 8 });
    }

    public static RetentionDraft Read(ReadOnlySpan<byte> utf8)
    {
        var reader = new RetentionPolicyReader(utf8);
        try
        {
            reader.ReadPolicy();

            // Anything but white space and comments after the policy is a fault of syntax, which the reader throws.
            reader._json.Read();
            return reader._draft;
        }
        catch (JsonException)
        {
            // The parser's exception quotes the file; only its place goes on.
            throw reader.RefusedAt(RetentionFaults.Syntax, (int)reader._json.BytesConsumed);
        }
        catch (InvalidOperationException)
        {
            // A string with an unpaired surrogate or invalid UTF-8.
            throw reader.Refused(RetentionFaults.Syntax);
        }
    }

    private void ReadPolicy()
    {
        Next(JsonTokenType.StartObject);
        int start = (int)_json.TokenStartIndex;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (NextKey(seen, "name", "version", "description", "rules") is { } key)
        {
            switch (key)
            {
                case "name": _draft.Name = NextId(); break;
                case "version": _draft.Version = Version.TryParse(NextString(), out Version? version) ? version : throw Refused(RetentionFaults.Value); break;
                case "description": _draft.Description = NextString(); break;
                default: _draft.Rules = NextRules(); break;
            }
        }

        if (_draft is not { Name: not null, Version: not null, Rules: not null })
            throw RefusedAt(RetentionFaults.Missing, start);
    }

    private ImmutableArray<RetentionRule> NextRules()
    {
        Next(JsonTokenType.StartArray);
        var rules = ImmutableArray.CreateBuilder<RetentionRule>();
        while (Next() != JsonTokenType.EndArray)
        {
            (int line, int column) = PlaceOf((int)_json.TokenStartIndex);
            RetentionRule rule = Rule();
            rules.Add(rule);
            _draft.Places.Add((rule, line, column));
        }

        return rules.ToImmutable();
    }

    private RetentionRule Rule()
    {
        int start = (int)_json.TokenStartIndex;
        Expect(JsonTokenType.StartObject);
        StorageZone? zone = null;
        KeepPeriod? keep = null;
        ImmutableArray<DocumentType> types = [];
        bool until = false;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (NextKey(seen, "zone", "documentTypes", "keep", "until", "note") is { } key)
        {
            switch (key)
            {
                case "zone": zone = NextZone(); break;
                case "documentTypes": types = NextTypes(); break;
                case "keep": keep = KeepPeriod.TryParse(NextString(), out KeepPeriod period) ? period : throw Refused(RetentionFaults.Value); break;
                case "until": until = NextString() == "quality-assured" ? true : throw Refused(RetentionFaults.Value); break;
                default: NextString(); break;
            }
        }

        return zone is { } named && keep is { } kept ? new(named, types, kept, until) : throw RefusedAt(RetentionFaults.Missing, start);
    }

    private StorageZone NextZone() => NextString() switch
    {
        "quarantine" => StorageZone.Quarantine,
        "redacted" => StorageZone.Redacted,
        "structured" => StorageZone.Structured,
        "proofs" => StorageZone.Proofs,
        _ => throw Refused(RetentionFaults.UnknownZone),
    };

    private ImmutableArray<DocumentType> NextTypes()
    {
        Next(JsonTokenType.StartArray);
        var types = ImmutableArray.CreateBuilder<DocumentType>();
        while (Next() != JsonTokenType.EndArray)
            types.Add(new DocumentType(Id()));

        return types.Count > 0 ? types.ToImmutable() : throw Refused(RetentionFaults.Value);
    }

    private string? NextKey(HashSet<string> seen, params ReadOnlySpan<string> known)
    {
        if (Next() == JsonTokenType.EndObject)
            return null;

        string key = _json.GetString()!;
        if (!known.Contains(key))
            throw Refused(RetentionFaults.UnknownKey);

        return seen.Add(key) ? key : throw Refused(RetentionFaults.Value);
    }

    private string NextId()
    {
        Next();
        return Id();
    }

    private readonly string Id()
    {
        Expect(JsonTokenType.String);
        string id = _json.GetString()!;
        return StorageNames.TryObject(id, out _) ? id : throw Refused(RetentionFaults.Value);
    }

    private string NextString()
    {
        Next(JsonTokenType.String);
        return _json.GetString()!;
    }

    private void Next(JsonTokenType type)
    {
        Next();
        Expect(type);
    }

    private JsonTokenType Next() => _json.Read() ? _json.TokenType : throw new JsonException();

    private readonly void Expect(JsonTokenType type)
    {
        if (_json.TokenType != type)
            throw Refused(RetentionFaults.Value);
    }

    private readonly RetentionPolicyException Refused(FaultCode code) => RefusedAt(code, (int)_json.TokenStartIndex);

    private readonly RetentionPolicyException RefusedAt(FaultCode code, int offset)
    {
        (int line, int column) = PlaceOf(offset);
        return new(code, line, column);
    }

    private readonly (int Line, int Column) PlaceOf(int offset)
    {
        ReadOnlySpan<byte> before = _utf8[..Math.Min(offset, _utf8.Length)];
        int column = 1;
        foreach (byte b in before[(before.LastIndexOf((byte)'\n') + 1)..])
            column += (b & 0xC0) == 0x80 ? 0 : 1;

        return (before.Count((byte)'\n') + 1, column);
    }
}
