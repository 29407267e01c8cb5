using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace MedRedact.Storage;

/// <summary>How long documents are kept, by zone and type of document, as a checked JSON file (docs/formats/retention.md).</summary>
/// <remarks>A rule that names the type of a document comes before one that does not. What no rule names is kept for ever.</remarks>
public sealed class RetentionPolicy
{
    /// <summary>The size that a policy file may have: 1 MiB.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>The years that evidence is kept at least (45 CFR 164.316(b)(2)(i)).</summary>
    public const int EvidenceYears = 6;

    private readonly FrozenDictionary<(StorageZone Zone, DocumentType? Type), RetentionRule> _rules;

    private RetentionPolicy(RetentionDraft draft, FrozenDictionary<(StorageZone Zone, DocumentType? Type), RetentionRule> rules, PolicyHash hash)
    {
        (Name, Version, Description, Rules) = (draft.Name!, draft.Version!, draft.Description, draft.Rules!.Value);
        (Hash, _rules) = (hash, rules);
    }

    /// <summary>The quarantine is kept for 72 hours, everything else for ever.</summary>
    public static RetentionPolicy Default { get; } =
        Parse("""{ "name": "default", "version": "1.0", "rules": [ { "zone": "quarantine", "keep": "72h" } ] }"""u8);

    /// <summary>1 to 64 characters of a-z, 0-9, '.' and '-'.</summary>
    public string Name { get; }

    /// <summary>The version, as its author counts.</summary>
    public Version Version { get; }

    /// <summary>What it is for.</summary>
    public string Description { get; }

    /// <summary>The rules in the order of the file; their order decides nothing.</summary>
    public ImmutableArray<RetentionRule> Rules { get; }

    /// <summary>SHA-256 of the file as it is; stands in every event and certificate of a deletion.</summary>
    public PolicyHash Hash { get; }

    /// <summary>Reads and checks a policy.</summary>
    /// <param name="utf8">The bytes of the file.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="RetentionPolicyException">The file was refused, <c>MR-RET-001</c> to <c>MR-RET-007</c>.</exception>
    public static RetentionPolicy Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxBytes)
            throw new RetentionPolicyException(RetentionFaults.Syntax, 1, 1);

        RetentionDraft draft = RetentionPolicyReader.Read(utf8);
        var index = new Dictionary<(StorageZone, DocumentType?), RetentionRule>();
        foreach ((RetentionRule rule, int line, int column) in draft.Places)
        {
            if (rule.Zone == StorageZone.Proofs && !rule.Keep.IsAtLeastYears(EvidenceYears))
                throw new RetentionPolicyException(RetentionFaults.EvidenceTooShort, line, column);

            IEnumerable<DocumentType?> types = rule.DocumentTypes.IsEmpty ? [null] : rule.DocumentTypes.Select(type => (DocumentType?)type);
            if (types.Any(type => !index.TryAdd((rule.Zone, type), rule)))
                throw new RetentionPolicyException(RetentionFaults.Contradiction, line, column);
        }

        return new(draft, index.ToFrozenDictionary(), new PolicyHash(Digest256.From(SHA256.HashData(utf8))));
    }

    /// <summary>Reads and checks a policy file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="RetentionPolicyException">The file was refused, <c>MR-RET-001</c> to <c>MR-RET-007</c>.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async ValueTask<RetentionPolicy> LoadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
        byte[] bytes = new byte[MaxBytes + 1];
        int length = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return Parse(bytes.AsSpan(0, length));
    }

    /// <summary>The rule for objects of a zone.</summary>
    /// <param name="zone">The zone.</param>
    /// <param name="type">The type of the document, if known.</param>
    /// <returns>The rule, or <see langword="null"/> where they are kept for ever.</returns>
    public RetentionRule? RuleFor(StorageZone zone, DocumentType? type) =>
        type is not null && _rules.TryGetValue((zone, type), out RetentionRule? special) ? special : _rules.GetValueOrDefault((zone, null));
}

/// <summary>How long one zone keeps documents.</summary>
/// <param name="Zone">The zone.</param>
/// <param name="DocumentTypes">The types it is for; empty for all.</param>
/// <param name="Keep">How long: from the document's arrival; for proofs, from the moment at which the last of the document's content went.</param>
/// <param name="UntilQualityAssured">Whether the document also has to be marked as quality-assured before it goes.</param>
public sealed record RetentionRule(StorageZone Zone, ImmutableArray<DocumentType> DocumentTypes, KeepPeriod Keep, bool UntilQualityAssured);

/// <summary>A retention policy was refused. The message names the code, the place and what to do; it repeats nothing of the file.</summary>
public sealed class RetentionPolicyException : MedRedactException
{
    internal RetentionPolicyException(FaultCode code, int line, int column)
        : base(code, $"line {line}, column {column}: {RetentionFaults.Remedy(code)}") => (Line, Column) = (line, column);

    /// <summary>The line of the fault, 1-based.</summary>
    public int Line { get; }

    /// <summary>The column of the fault in characters, 1-based.</summary>
    public int Column { get; }
}
