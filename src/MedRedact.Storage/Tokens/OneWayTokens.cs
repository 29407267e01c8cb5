using System.Collections.Immutable;
using System.Security.Cryptography;

namespace MedRedact.Storage;

/// <summary>Puts random tokens in values' places and stores nothing: no vault row is written, and nobody can ever reverse them. For public data sets.</summary>
/// <remarks>Derived from nothing (45 CFR 164.514(c)). One value keeps one token within a document and scope while the document is among the last <see cref="MaxDocuments"/> that
/// were begun; in every other document it has another one. What links value and token meanwhile is in memory alone until then: a digest under a random key of the document.</remarks>
public sealed class OneWayTokens : IRedactor
{
    /// <summary>Documents whose tokens are remembered at a time: 256.</summary>
    public const int MaxDocuments = 256;

    private readonly Dictionary<DocumentKey, DocumentTokens> _documents = [];
    private readonly Queue<DocumentKey> _order = new();
    private readonly Lock _changing = new();

    /// <inheritdoc/>
    public Disposition Serves => Disposition.TokenizeOneWay;

    /// <inheritdoc/>
    public ImmutableArray<PhiCategory> Categories => [];

    /// <inheritdoc/>
    public ValueTask<Replacement?> ProposeAsync(RedactionTarget target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_changing)
            return new(Replacement.For(TokensOf(new DocumentKey(target.Tenant, target.Scope, target.Document)).For(target)));
    }

    private DocumentTokens TokensOf(DocumentKey document)
    {
        if (_documents.TryGetValue(document, out DocumentTokens? tokens))
            return tokens;

        if (_order.Count == MaxDocuments && _documents.Remove(_order.Dequeue(), out DocumentTokens? oldest))
            oldest.Forget();

        _order.Enqueue(document);
        return _documents[document] = new DocumentTokens();
    }

    private readonly record struct DocumentKey(TenantId Tenant, TokenScope Scope, DocumentId Document);

    /// <summary>The tokens of one document.</summary>
    private sealed class DocumentTokens
    {
        private readonly byte[] _key = GC.AllocateUninitializedArray<byte>(32, pinned: true);
        private readonly Dictionary<Digest256, Token> _tokens = [];

        public DocumentTokens() => RandomNumberGenerator.Fill(_key);

        public Token For(RedactionTarget target)
        {
            Digest256 value = DigestOf(target);
            if (!_tokens.TryGetValue(value, out Token token))
                _tokens[value] = token = TokenFormat.Create(target.Finding.Category, RandomNumberGenerator.GetBytes(16));
            return token;
        }

        public void Forget()
        {
            CryptographicOperations.ZeroMemory(_key);
            _tokens.Clear();
        }

        private Digest256 DigestOf(RedactionTarget target)
        {
            byte[] form = ValueNormalizer.Normalize(target.Value.Reveal());
            byte[] message = [.. ScopedKeys.Bound(target), .. form];
            try
            {
                return Digest256.From(HMACSHA256.HashData(_key, message));
            }
            finally
            {
                CryptographicOperations.ZeroMemory(form);
                CryptographicOperations.ZeroMemory(message);
            }
        }
    }
}
