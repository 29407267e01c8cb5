using MedRedact.Storage;

namespace MedRedact;

/// <summary>Redactors that put tokens or enciphered numbers in values' places without a vault.</summary>
public static class TokenRedaction
{
    extension(RedactionBuilder redaction)
    {
        /// <summary>Random tokens that nobody can reverse where the policy says <c>tokenize-one-way</c>.</summary>
        /// <returns>This builder.</returns>
        public RedactionBuilder OneWayTokens() => redaction.Use<OneWayTokens>();

        /// <summary>Keyed pseudonyms where the policy says <c>pseudonym</c>. Keys are registered elsewhere. Not Safe Harbor.</summary>
        /// <returns>This builder.</returns>
        public RedactionBuilder Pseudonyms() => redaction.Use<Pseudonyms>();

        /// <summary>Numbers of the same form where the policy says <c>format-preserving</c>. Keys are registered elsewhere. Not Safe Harbor.</summary>
        /// <returns>This builder.</returns>
        public RedactionBuilder FormatPreserving() => redaction.Use<FormatPreserving>();
    }
}
