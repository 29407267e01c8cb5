using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using MedRedact.Redaction;

namespace MedRedact.Policies;

/// <summary>A policy as a checked JSON file: name, version, and what becomes of each category of finding.</summary>
/// <remarks>The most specific rule decides: a sub-category before its class, and for one category a rule that names the type of the
/// document before one that does not. What no rule names is decided by the default, which never lets it stay. The file is checked when it
/// is read: unknown keys, categories and dispositions, contradicting rules, and rules that break the standard the policy claims are
/// refused with a code, a line and a column.</remarks>
public sealed class PolicyFile : IDispositionPolicy
{
    /// <summary>The size that a policy file may have: 1 MiB.</summary>
    public const int MaxBytes = 1 << 20;

    private readonly FrozenDictionary<(PhiCategory Category, DocumentType? Type), PolicyRule> _rules;

    private PolicyFile(PolicyDraft draft, PolicyStandard standard, Dictionary<(PhiCategory Category, DocumentType? Type), PolicyRule> rules, PolicyHash hash)
    {
        (Name, Version, Description) = (draft.Name!, draft.Version!, draft.Description);
        (Standard, Default, Rules, Hash) = (standard, draft.Default!.Value, draft.Rules!.Value, hash);
        ReleasesIncompleteDocuments = draft.ReleasesIncompleteDocuments;
        Zip3 = Zip3Table.Find(draft.Zip3 ?? Zip3Table.Strict.Name)!;
        _rules = rules.ToFrozenDictionary();
        Uses = [Default, Disposition.Redact, .. Rules.Select(rule => rule.Disposition)];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The version of the policy, as its author counts.</summary>
    public Version Version { get; }

    /// <summary>What it is for.</summary>
    public string Description { get; }

    /// <summary>The standard it was held to when it was read.</summary>
    public PolicyStandard Standard { get; }

    /// <summary>What becomes of findings that no rule names: redact, tokenize, tokenize-one-way or review.</summary>
    public Disposition Default { get; }

    /// <summary>The rules in the order of the file; their order decides nothing.</summary>
    public ImmutableArray<PolicyRule> Rules { get; }

    /// <summary>The ZIP prefixes that may stay where ZIP codes are generalized; <c>zip3/strict</c> unless the file names another table.</summary>
    public Zip3Table Zip3 { get; }

    /// <inheritdoc/>
    public PolicyHash Hash { get; }

    /// <inheritdoc/>
    public ImmutableHashSet<Disposition> Uses { get; }

    /// <inheritdoc/>
    public bool ReleasesIncompleteDocuments { get; }

    /// <summary>Reads and checks a policy.</summary>
    /// <param name="utf8">The bytes of the file; they are hashed as they are.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="PolicyFileException">The file was refused, <c>MR-POL-001</c> to <c>MR-POL-010</c>.</exception>
    public static PolicyFile Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxBytes)
            throw new PolicyFileException(PolicyFaults.Syntax, new TextPlace(1, 1));

        PolicyDraft draft = PolicyReader.Read(utf8);
        var hash = new PolicyHash(Digest256.From(SHA256.HashData(utf8)));
        PolicyStandard standard = draft.Standard ?? StandardRules.ClaimedBy(draft.Name!);
        return new PolicyFile(draft, standard, IndexOf(draft.Rules!.Value), hash).Checked();
    }

    /// <summary>Reads and checks a policy file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="PolicyFileException">The file was refused, <c>MR-POL-001</c> to <c>MR-POL-010</c>.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async ValueTask<PolicyFile> LoadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
        byte[] bytes = new byte[MaxBytes + 1];
        int length = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return Parse(bytes.AsSpan(0, length));
    }

    /// <inheritdoc/>
    public Disposition Decide(Finding finding, DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(finding);
        ArgumentNullException.ThrowIfNull(context);
        return Decide(finding.Category, context.DocumentType);
    }

    /// <summary>What becomes of findings of a category.</summary>
    /// <param name="category">The category.</param>
    /// <param name="documentType">The type of the document, if known.</param>
    /// <returns>The disposition of the most specific rule, or the default.</returns>
    public Disposition Decide(PhiCategory category, DocumentType? documentType = null) =>
        RuleFor(category, documentType)?.Disposition ?? Default;

    private static Dictionary<(PhiCategory Category, DocumentType? Type), PolicyRule> IndexOf(ImmutableArray<PolicyRule> rules)
    {
        var index = new Dictionary<(PhiCategory, DocumentType?), PolicyRule>();
        foreach (PolicyRule rule in rules)
        {
            IEnumerable<DocumentType?> types = rule.DocumentTypes.IsEmpty ? [null] : rule.DocumentTypes.Select(type => (DocumentType?)type);
            foreach ((PhiCategory, DocumentType?) key in rule.Categories.SelectMany(_ => types, (category, type) => (category, type)))
            {
                if (!index.TryAdd(key, rule))
                    throw new PolicyFileException(PolicyFaults.Contradiction, rule.Place);
            }
        }

        return index;
    }

    private PolicyRule? RuleFor(PhiCategory category, DocumentType? type)
    {
        // A finding that carries no category at all is one that no rule names.
        if (category.Name is null)
            return null;

        PolicyRule? Find(PhiCategory at) =>
            type is not null && _rules.TryGetValue((at, type), out PolicyRule? special) ? special : _rules.GetValueOrDefault((at, null));

        return Find(category) ?? Find(category.Class);
    }

    /// <summary>Holds what is decided in the end, not what is written, against the standard: a class rule that keeps also keeps its sub-categories.</summary>
    private PolicyFile Checked()
    {
        PolicyStandard claimed = StandardRules.ClaimedBy(Name);
        if (claimed != PolicyStandard.None && claimed != Standard)
            throw new PolicyFileException(PolicyFaults.Standard, new TextPlace(1, 1));

        IEnumerable<DocumentType?> types = Rules.SelectMany(rule => rule.DocumentTypes).Distinct().Select(type => (DocumentType?)type).Append(null);
        foreach (DocumentType? type in types)
        {
            foreach (PhiCategory category in WellKnownCategories.All.Union(Rules.SelectMany(rule => rule.Categories)))
            {
                if (RuleFor(category, type) is { } rule && !StandardRules.Permits(Standard, category, rule.Disposition))
                    throw new PolicyFileException(PolicyFaults.Standard, rule.Place);
            }
        }

        return this;
    }
}
