using System.Text.Json;
using MedRedact.Policies;

namespace MedRedact.Detection;

/// <summary>A JSON value and its place in the file, so that whatever is wrong with it can be pointed at. Strict: an object names the keys it may have.</summary>
internal sealed class JsonAt
{
    public const int MaxBytes = 4 << 20;

    private static readonly JsonReaderOptions s_strict = new() { CommentHandling = JsonCommentHandling.Skip, MaxDepth = 8 };

    private readonly byte[] _file;
    private readonly int _offset;
    private readonly JsonTokenType _type;
    private readonly string _text = "";
    private readonly double _number;
    private readonly List<JsonAt> _items = [];
    private readonly Dictionary<string, (JsonAt Key, JsonAt Value)> _members = new(StringComparer.Ordinal);

    private JsonAt(ref Utf8JsonReader json, byte[] file)
    {
        (_file, _offset, _type) = (file, (int)json.TokenStartIndex, json.TokenType);
        switch (_type)
        {
            case JsonTokenType.PropertyName or JsonTokenType.String:
                _text = json.GetString()!;
                break;
            case JsonTokenType.Number:
                _number = json.TryGetDouble(out double number) && double.IsFinite(number) ? number : throw Refused(DetectionFileFaults.Value);
                break;
            case JsonTokenType.StartArray:
                while (Next(ref json) != JsonTokenType.EndArray)
                    _items.Add(new JsonAt(ref json, file));
                break;
            case JsonTokenType.StartObject:
                while (Next(ref json) != JsonTokenType.EndObject)
                {
                    var key = new JsonAt(ref json, file);
                    Next(ref json);
                    if (!_members.TryAdd(key._text, (key, new JsonAt(ref json, file))))
                        throw key.Refused(DetectionFileFaults.Value);
                }

                break;
        }
    }

    /// <summary>Reads a whole file.</summary>
    public static JsonAt Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxBytes)
            throw new DetectionFileException(DetectionFileFaults.Syntax, new TextPlace(1, 1));

        byte[] file = utf8.ToArray();
        var json = new Utf8JsonReader(file, s_strict);
        try
        {
            Next(ref json);
            var root = new JsonAt(ref json, file);

            // Anything but white space and comments after the value is a fault of syntax, which the reader throws.
            json.Read();
            return root;
        }
        catch (JsonException)
        {
            // The parser's exception quotes the file; only its place goes on.
            throw new DetectionFileException(DetectionFileFaults.Syntax, TextPlace.Of(file, (int)json.BytesConsumed));
        }
        catch (InvalidOperationException)
        {
            // A string with an unpaired surrogate or invalid UTF-8.
            throw new DetectionFileException(DetectionFileFaults.Syntax, TextPlace.Of(file, (int)json.TokenStartIndex));
        }
    }

    /// <summary>The fault, at this place.</summary>
    public DetectionFileException Refused(DetectionFileFault fault) => new(fault, TextPlace.Of(_file, _offset));

    /// <summary>An object with no other keys than these.</summary>
    public JsonAt Object(IReadOnlyCollection<string> known)
    {
        Expect(_type == JsonTokenType.StartObject);
        foreach ((string name, (JsonAt key, _)) in _members)
        {
            if (!known.Contains(name))
                throw key.Refused(DetectionFileFaults.UnknownKey);
        }

        return this;
    }

    /// <summary>The keys and values of an object whose keys are data.</summary>
    public IEnumerable<(JsonAt Key, JsonAt Value)> Members()
    {
        Expect(_type == JsonTokenType.StartObject);
        return _members.Values;
    }

    public JsonAt Required(string key) => Optional(key) ?? throw Refused(DetectionFileFaults.Missing);

    public JsonAt? Optional(string key) => _members.TryGetValue(key, out (JsonAt Key, JsonAt Value) member) ? member.Value : null;

    /// <summary>The values of an array, at least one and at most so many.</summary>
    public IReadOnlyList<JsonAt> Items(int most)
    {
        Expect(_type == JsonTokenType.StartArray && _items.Count > 0);
        return _items.Count <= most ? _items : throw Refused(DetectionFileFaults.TooMany);
    }

    /// <summary>Whether the value is a string.</summary>
    public bool IsText => _type == JsonTokenType.String;

    /// <summary>A string of 1 to 512 characters, or a key.</summary>
    public string Text()
    {
        Expect(_type is JsonTokenType.String or JsonTokenType.PropertyName && _text.Length is > 0 and <= 512);
        return _text;
    }

    /// <summary>An id that may stand in findings and manifests.</summary>
    public string Id(int most = 48)
    {
        string id = Text();
        Expect(IdGrammar.Accepts(id) && id.Length <= most);
        return id;
    }

    public double Number(double least, double most)
    {
        Expect(_type == JsonTokenType.Number && _number >= least && _number <= most);
        return _number;
    }

    public bool Boolean()
    {
        Expect(_type is JsonTokenType.True or JsonTokenType.False);
        return _type == JsonTokenType.True;
    }

    public Version Version()
    {
        Expect(System.Version.TryParse(Text(), out Version? version));
        return version!;
    }

    /// <summary>A well-known category, or one of another taxonomy.</summary>
    public PhiCategory Category()
    {
        Expect(_type is JsonTokenType.String or JsonTokenType.PropertyName);
        return PhiCategory.TryParse(_text, out PhiCategory category)
            && (category.Taxonomy != PhiCategory.PersonName.Taxonomy || WellKnownCategories.All.Contains(category))
            ? category
            : throw Refused(DetectionFileFaults.Category);
    }

    private void Expect(bool holds)
    {
        if (!holds)
            throw Refused(DetectionFileFaults.Value);
    }

    private static JsonTokenType Next(ref Utf8JsonReader json) => json.Read() ? json.TokenType : throw new JsonException();
}
