using System.Text.Json.Nodes;

namespace MedRedact.KeyManagement.AwsKms.Tests;

/// <summary>As much of the service as is asked of it, by its rules of states: <c>docs.aws.amazon.com/kms/latest/developerguide/key-state.html</c>.</summary>
internal sealed class KmsAccount(TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ServedKey> _keys = [];
    private readonly Dictionary<string, string> _aliases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _hidden = [];

    /// <summary>How many listings a new alias is missing from: the service is consistent in the end.</summary>
    public int ListingsBehind { get; set; }

    /// <summary>How many aliases a page of a listing holds.</summary>
    public int PageSize { get; set; } = 100;

    /// <summary>How long after its time a key is deleted.</summary>
    public TimeSpan DeletesLate { get; set; }

    public IReadOnlyList<ServedKey> Keys
    {
        get
        {
            lock (_gate)
                return [.. _keys.Values];
        }
    }

    public IReadOnlyDictionary<string, string> Aliases
    {
        get
        {
            lock (_gate)
                return new Dictionary<string, string>(_aliases);
        }
    }

    /// <summary>What somebody else does in the account.</summary>
    public ServedKey Add(ServedKey key, string alias)
    {
        lock (_gate)
        {
            _keys[key.Id] = key;
            _aliases[alias] = key.Id;
            return key;
        }
    }

    public ServedKey KeyOf(KeyId key, string ring = "main") => Keys.Single(each => each.Id == Aliases[$"alias/medredact/{ring}/key/{key.Value}"]);

    public void Dispose()
    {
        foreach (ServedKey key in _keys.Values)
            key.Dispose();
    }

    public static JsonObject Error(string code) => new() { ["__type"] = code, ["message"] = "A text that may say anything: Ann Example." };

    public (int Status, JsonObject Answer) Do(string operation, JsonObject request)
    {
        lock (_gate)
        {
            DeleteDue();
            JsonObject answer = operation switch
            {
                "CreateKey" => Create(request),
                "CreateAlias" => CreateAlias(request),
                "DeleteAlias" => _aliases.Remove(Text(request, "AliasName")) ? [] : Error("NotFoundException"),
                "ListAliases" => ListAliases(request),
                _ => Find(Text(request, "KeyId")) is { } key ? DoWith(key, operation, request) : Error("NotFoundException"),
            };
            return (answer.ContainsKey("__type") ? 400 : 200, answer);
        }
    }

    private JsonObject DoWith(ServedKey key, string operation, JsonObject request) => operation switch
    {
        "DescribeKey" => new() { ["KeyMetadata"] = key.Describe() },
        "UpdateKeyDescription" => Change(key, "Enabled Disabled", () => key.Description = Text(request, "Description")),
        "EnableKey" => Change(key, "Enabled Disabled", () => key.State = "Enabled"),
        "DisableKey" => Change(key, "Enabled Disabled", () => key.State = "Disabled"),
        "ScheduleKeyDeletion" => Schedule(key, request["PendingWindowInDays"]!.GetValue<int>()),
        "CancelKeyDeletion" => Change(key, "PendingDeletion", () => (key.State, key.DeletionAt) = ("Disabled", null)),
        _ => Use(key, operation, request),
    };

    private static string Text(JsonObject request, string name) => request[name]?.GetValue<string>() ?? "";

    private static byte[] Bytes(JsonObject request, string name) => Convert.FromBase64String(Text(request, name));

    private static JsonObject Use(ServedKey key, string operation, JsonObject request)
    {
        string usage = operation switch { "Sign" or "GetPublicKey" => "SIGN_VERIFY", "GenerateMac" => "GENERATE_VERIFY_MAC", _ => "ENCRYPT_DECRYPT" };
        if (key.State != "Enabled")
            return Error(key.State == "Disabled" ? "DisabledException" : "KMSInvalidStateException");
        if (key.Usage != usage)
            return Error("InvalidKeyUsageException");

        var context = request["EncryptionContext"] as JsonObject;
        (string name, byte[]? answer) = operation switch
        {
            "Encrypt" => ("CiphertextBlob", key.Encrypt(Bytes(request, "Plaintext"), context)),
            "Decrypt" when ServedKey.NameIn(Bytes(request, "CiphertextBlob")) is { } other && other != key.Id => ("IncorrectKeyException", null),
            "Decrypt" => ("Plaintext", Bytes(request, "CiphertextBlob").Length <= 64 ? null : key.Decrypt(Bytes(request, "CiphertextBlob"), context)),
            "GenerateMac" => ("Mac", Text(request, "MacAlgorithm") == "HMAC_SHA_256" && Bytes(request, "Message").Length is >= 1 and <= 4096 ? key.Mac(Bytes(request, "Message")) : null),
            "Sign" => ("Signature", Text(request, "MessageType") == "DIGEST" && Text(request, "SigningAlgorithm") == "ECDSA_SHA_256" ? key.Sign(Bytes(request, "Message")) : null),
            "GetPublicKey" => ("PublicKey", key.PublicKey),
            _ => ("UnknownOperationException", null),
        };
        return answer is null ? Error(name.EndsWith("Exception", StringComparison.Ordinal) ? name : "InvalidCiphertextException") : new() { ["KeyId"] = key.Arn, [name] = Convert.ToBase64String(answer) };
    }

    private static JsonObject Change(ServedKey key, string states, Action change)
    {
        if (!states.Split(' ').Contains(key.State))
            return Error("KMSInvalidStateException");

        change();
        return new() { ["KeyId"] = key.Arn };
    }

    private JsonObject Schedule(ServedKey key, int days)
    {
        if (days is < 7 or > 30)
            return Error("ValidationException");

        JsonObject answer = Change(key, "Enabled Disabled", () => (key.State, key.DeletionAt) = ("PendingDeletion", time.GetUtcNow().AddDays(days)));
        if (!answer.ContainsKey("__type"))
            answer["DeletionDate"] = key.DeletionAt!.Value.ToUnixTimeMilliseconds() / 1000.0;
        return answer;
    }

    private JsonObject Create(JsonObject request)
    {
        var key = new ServedKey(Text(request, "KeySpec"), Text(request, "KeyUsage"), Text(request, "Description"), time.GetUtcNow());
        foreach (JsonNode? tag in request["Tags"]!.AsArray())
            key.Tags[Text(tag!.AsObject(), "TagKey")] = Text(tag!.AsObject(), "TagValue");
        _keys[key.Id] = key;
        return new() { ["KeyMetadata"] = key.Describe() };
    }

    private JsonObject CreateAlias(JsonObject request)
    {
        string alias = Text(request, "AliasName");
        if (alias.Length > 256 || !alias.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-'))
            return Error("InvalidAliasNameException");
        if (Find(Text(request, "TargetKeyId")) is not { } key)
            return Error("NotFoundException");
        if (key.State == "PendingDeletion")
            return Error("KMSInvalidStateException");
        if (_aliases.Values.Count(id => id == key.Id) >= 50)
            return Error("LimitExceededException");
        if (!_aliases.TryAdd(alias, key.Id))
            return Error("AlreadyExistsException");

        _hidden[alias] = ListingsBehind;
        return [];
    }

    private JsonObject ListAliases(JsonObject request)
    {
        int from = Text(request, "Marker") is { Length: > 0 } marker ? int.Parse(marker, System.Globalization.CultureInfo.InvariantCulture) : 0;
        KeyValuePair<string, string>[] all = [.. _aliases.Where(alias => _hidden.GetValueOrDefault(alias.Key) <= 0).OrderBy(alias => alias.Key, StringComparer.Ordinal)];
        foreach (string alias in _hidden.Keys.ToList())
            _hidden[alias]--;

        bool more = from + PageSize < all.Length;
        var aliases = new JsonArray(new JsonObject { ["AliasName"] = "alias/aws/s3" });
        foreach ((string alias, string id) in all.Skip(from).Take(PageSize))
            aliases.Add(new JsonObject { ["AliasName"] = alias, ["TargetKeyId"] = id });
        return new() { ["Aliases"] = aliases, ["Truncated"] = more, ["NextMarker"] = more ? $"{from + PageSize}" : null };
    }

    private ServedKey? Find(string name) => _keys.GetValueOrDefault(_aliases.GetValueOrDefault(name, name)) ?? _keys.Values.FirstOrDefault(key => key.Arn == name);

    private void DeleteDue()
    {
        foreach (ServedKey key in _keys.Values.Where(key => key.DeletionAt is { } at && at + DeletesLate <= time.GetUtcNow()).ToList())
        {
            _keys.Remove(key.Id);
            foreach (string alias in _aliases.Where(alias => alias.Value == key.Id).Select(alias => alias.Key).ToList())
                _aliases.Remove(alias);
            key.Dispose();
        }
    }
}
