using System.Collections.Immutable;

namespace MedRedact;

/// <summary>Makes tokens. Thread-safe. Reversing one is another capability, <see cref="IDetokenizer"/>.</summary>
public interface ITokenizer
{
    /// <summary>Returns the token of a value: the same one for the same value, category and scope, also under races.</summary>
    /// <param name="value">The value.</param>
    /// <param name="category">What it is.</param>
    /// <param name="context">Where it comes from.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The token, durable in the vault when the call returns.</returns>
    ValueTask<Token> TokenizeAsync(Phi<string> value, PhiCategory category, TokenContext context, CancellationToken cancellationToken = default);

    /// <summary>Returns the tokens of many values, such as those of a page. A vault makes them durable in one step; by default they are made one by one.</summary>
    /// <param name="values">The values; one may come more than once.</param>
    /// <param name="context">Where they come from.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>One token a value, in the same order, durable when the call returns.</returns>
    async ValueTask<ImmutableArray<Token>> TokenizeAsync(
        ImmutableArray<TokenizedValue> values, TokenContext context, CancellationToken cancellationToken = default)
    {
        var tokens = ImmutableArray.CreateBuilder<Token>(values.Length);
        foreach (TokenizedValue value in values)
            tokens.Add(await TokenizeAsync(value.Value, value.Category, context, cancellationToken));

        return tokens.MoveToImmutable();
    }
}

/// <summary>A value that is to get a token.</summary>
/// <param name="Value">The value.</param>
/// <param name="Category">What it is.</param>
public readonly record struct TokenizedValue(Phi<string> Value, PhiCategory Category);

/// <summary>Where a value comes from that gets a token.</summary>
/// <param name="Tenant">Whose record; its keys seal the value.</param>
/// <param name="Scope">Where one value keeps one token.</param>
public sealed record TokenContext(TenantId Tenant, TokenScope Scope)
{
    /// <summary>Whose data it is, if known. The value is sealed so that destroying this subject's key closes it, until it comes from somebody else too, or from nobody
    /// known: then it belongs to no one person and is sealed under the tenant.</summary>
    public SubjectId? Subject { get; init; }

    /// <summary>From when on the token gives nothing back; <see langword="null"/>: as the tokenizer is configured. Of several the latest counts.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
