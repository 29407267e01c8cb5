using System.Collections.Immutable;
using MedRedact.Policies;

namespace MedRedact.Redaction;

/// <summary>Leaves three digits of a ZIP code, as <c>021**</c>, where the area of the prefix is large enough, else <c>000**</c>; the four digits after a ZIP go always.</summary>
/// <remarks>The table is <c>zip3/strict</c>, or the one that the policy file in force names.</remarks>
public sealed class Zip3Redactor : IRedactor, IFollowsPolicy
{
    private readonly Zip3Table _table;

    /// <summary>Uses <see cref="Zip3Table.Strict"/>.</summary>
    public Zip3Redactor()
        : this(Zip3Table.Strict)
    {
    }

    private Zip3Redactor(Zip3Table table) => _table = table;

    /// <inheritdoc/>
    public Disposition Serves => Disposition.Generalize;

    /// <inheritdoc/>
    public ImmutableArray<PhiCategory> Categories { get; } = [PhiCategory.Zip];

    IRedactor IFollowsPolicy.Under(PolicyFile policy) => new Zip3Redactor(policy.Zip3);

    /// <inheritdoc/>
    public ValueTask<Replacement?> ProposeAsync(RedactionTarget target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        string zip = string.Concat(target.Value.Reveal().Where(c => !char.IsWhiteSpace(c)));
        return ValueTask.FromResult(IsZip(zip) ? Replacement.Free($"{_table.Generalize(zip[..3])}**") : null);
    }

    /// <summary>Five digits, or nine with or without a hyphen. A postal code of another country has no such table: it gets a label.</summary>
    private static bool IsZip(string text) =>
        text.Length is 5 or 9 or 10
        && (text.Length != 10 || text[5] == '-')
        && text.Index().All(at => char.IsAsciiDigit(at.Item) || (text.Length == 10 && at.Index == 5));
}

/// <summary>A redactor with a parameter that a policy file sets.</summary>
internal interface IFollowsPolicy
{
    /// <summary>The same redactor with the policy's parameter.</summary>
    IRedactor Under(PolicyFile policy);
}
