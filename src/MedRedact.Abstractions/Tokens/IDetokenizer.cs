using System.Collections.Immutable;

namespace MedRedact;

/// <summary>Reverses tokens, under a grant. Thread-safe.</summary>
public interface IDetokenizer
{
    /// <summary>Returns the value of a token, after the access was recorded durably.</summary>
    /// <param name="token">The token.</param>
    /// <param name="scope">The scope it was made in.</param>
    /// <param name="grant">For <see cref="AccessAction.RevealToken"/>, unexpired.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The value, or <see langword="null"/> for a token the vault does not hold or that has expired; only the record tells which.</returns>
    /// <exception cref="MedRedactException">The grant does not cover the call, the actor asked for too many, or the audit sink refused.</exception>
    ValueTask<Phi<string>?> RevealAsync(Token token, TokenScope scope, AccessGrant grant, CancellationToken cancellationToken = default);

    /// <summary>Returns the values of many tokens; each is recorded, and each counts.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="scope">The scope they were made in.</param>
    /// <param name="grant">For <see cref="AccessAction.RevealToken"/>, unexpired.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>One value a token, in the same order, or <see langword="null"/>.</returns>
    /// <exception cref="MedRedactException">The grant does not cover the call, the actor asked for too many, or the audit sink refused: then there is none.</exception>
    async ValueTask<ImmutableArray<Phi<string>?>> RevealAsync(
        ImmutableArray<Token> tokens, TokenScope scope, AccessGrant grant, CancellationToken cancellationToken = default)
    {
        var values = ImmutableArray.CreateBuilder<Phi<string>?>(tokens.Length);
        foreach (Token token in tokens)
            values.Add(await RevealAsync(token, scope, grant, cancellationToken));

        return values.MoveToImmutable();
    }
}
