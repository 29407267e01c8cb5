using System.Security.Cryptography;
using System.Text;

namespace MedRedact;

/// <summary>Why somebody broke the glass (45 CFR 164.312(a)(2)(ii)): one of a house's fixed reasons, or words of which only a salted digest is kept.</summary>
/// <remarks>Words may name a patient, so they are not held: who reviews the access is given them by the host, and checks them with <see cref="Matches"/>.</remarks>
public sealed record BreakGlassJustification
{
    /// <summary>How few characters are no justification: fewer than 10.</summary>
    public const int LeastCharacters = 10;

    private BreakGlassJustification(RuleId? reason, Digest256 salt, Digest256? digest) => (Reason, Salt, Digest) = (reason, salt, digest);

    /// <summary>The fixed reason, where it is one.</summary>
    public RuleId? Reason { get; }

    /// <summary>What the words are digested with; zero for a fixed reason. It is kept with the review and never in the ledger.</summary>
    public Digest256 Salt { get; }

    /// <summary>SHA-256 of the salt and the words in UTF-8; <see langword="null"/> for a fixed reason.</summary>
    public Digest256? Digest { get; }

    /// <summary>One of the house's fixed reasons.</summary>
    /// <param name="reason">Its name, e.g. <c>unconscious-patient</c>.</param>
    /// <returns>The justification.</returns>
    /// <exception cref="ArgumentException">The reason holds no name.</exception>
    public static BreakGlassJustification Of(RuleId reason) => new(new RuleId(reason.Value), default, digest: null);

    /// <summary>Words, of which the salted digest alone is kept.</summary>
    /// <param name="words">At least <see cref="LeastCharacters"/> characters that are no white space.</param>
    /// <returns>The justification.</returns>
    /// <exception cref="ArgumentException">There are too few; the message does not repeat them.</exception>
    public static BreakGlassJustification FromWords(Phi<string> words)
    {
        string text = words.Reveal();
        if (text is null || text.Count(static c => !char.IsWhiteSpace(c)) < LeastCharacters)
            throw new ArgumentException("A justification needs at least 10 characters.", nameof(words));

        var salt = Digest256.From(RandomNumberGenerator.GetBytes(Digest256.Size));
        return new(reason: null, salt, DigestOf(salt, text));
    }

    /// <summary>Reads a justification back from where a review is kept.</summary>
    /// <param name="reason">The fixed reason, or <see langword="null"/>.</param>
    /// <param name="salt">The salt.</param>
    /// <param name="digest">The digest, where there is no fixed reason.</param>
    /// <returns>The justification.</returns>
    /// <exception cref="ArgumentException">There is neither a reason nor a digest, or both.</exception>
    public static BreakGlassJustification Restore(RuleId? reason, Digest256 salt, Digest256? digest) => reason is null == digest is null
        ? throw new ArgumentException("A justification is a reason or a digest.", nameof(digest))
        : new(reason, salt, digest);

    /// <summary>Says whether these are the words.</summary>
    /// <param name="words">The words.</param>
    /// <returns>Whether their salted digest is this one's.</returns>
    public bool Matches(Phi<string> words) => Digest is { } digest && words.Reveal() is { } text && DigestOf(Salt, text) == digest;

    private static Digest256 DigestOf(Digest256 salt, string words) => Digest256.From(SHA256.HashData([.. salt.ToArray(), .. Encoding.UTF8.GetBytes(words)]));
}
