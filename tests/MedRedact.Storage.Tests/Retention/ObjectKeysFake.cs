using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace MedRedact.Storage.Tests;

/// <summary>Keys of documents in memory: rows under the secret of an epoch, as a register on disk would have them. A copy of the rows opens as long as their epoch lives.</summary>
internal sealed class ObjectKeysFake : IKeyWrapper, IObjectKeys
{
    private byte[] _epoch = RandomNumberGenerator.GetBytes(32);

    public Dictionary<(TenantId, DocumentId?, StorageZone), byte[]> Rows { get; private set; } = [];

    public int Turns { get; private set; }

    /// <summary>The subjects that have a key, each with the documents under it.</summary>
    public Dictionary<SubjectId, HashSet<DocumentId>> Subjects { get; } = [];

    /// <summary>Called before documents are looked for.</summary>
    public Action? BeforeFind { get; set; }

    /// <summary>Called before every destruction.</summary>
    public Action? BeforeShred { get; set; }

    /// <summary>Puts an earlier copy of the rows back.</summary>
    public void Restore(Dictionary<(TenantId, DocumentId?, StorageZone), byte[]> rows) => Rows = new(rows);

    public ValueTask<WrappedKey> WrapAsync(ReadOnlyMemory<byte> dataKey, KeyContext context, CancellationToken cancellationToken = default)
    {
        var id = (context.Tenant, context.Document, context.Zone);
        if (!Rows.TryGetValue(id, out byte[]? row))
            Rows[id] = row = Seal(_epoch, RandomNumberGenerator.GetBytes(32), []);
        return new(new WrappedKey(new KeyId("fake"), Seal(Open(_epoch, row, []), dataKey.Span, context.ToBytes())));
    }

    public ValueTask<IMemoryOwner<byte>> UnwrapAsync(WrappedKey dataKey, KeyContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            byte[] row = Rows.GetValueOrDefault((context.Tenant, context.Document, context.Zone)) ?? throw new CryptographicException();
            return new(new Owner(Open(Open(_epoch, row, []), dataKey.Blob.ToArray(), context.ToBytes())));
        }
        catch (CryptographicException)
        {
            throw new MedRedactException(new FaultCode("MR-KEY-999"));
        }
    }

    public ValueTask BindAsync(TenantId tenant, DocumentId document, SubjectId subject, CancellationToken cancellationToken = default)
    {
        if (!Subjects.TryGetValue(subject, out HashSet<DocumentId>? documents))
            Subjects[subject] = documents = [];
        documents.Add(document);
        return ValueTask.CompletedTask;
    }

    public ValueTask<ImmutableArray<DocumentId>?> FindDocumentsAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken = default)
    {
        BeforeFind?.Invoke();
        return new(Subjects.TryGetValue(subject, out HashSet<DocumentId>? documents) ? (ImmutableArray<DocumentId>?)[.. documents] : null);
    }

    public ValueTask<int> ShredDocumentAsync(TenantId tenant, DocumentId document, StorageZone? zone, CancellationToken cancellationToken = default)
    {
        BeforeShred?.Invoke();
        return new(Rows.Keys.Where(key => key.Item1 == tenant && key.Item2 == document && (zone is null || key.Item3 == zone)).ToList().Count(Rows.Remove));
    }

    /// <summary>The rows of the subject's documents go at once here; in a register they stay, and open nothing.</summary>
    public ValueTask<bool> ShredSubjectAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken = default)
    {
        BeforeShred?.Invoke();
        if (!Subjects.Remove(subject, out HashSet<DocumentId>? documents))
            return new(false);

        foreach ((TenantId, DocumentId?, StorageZone) key in Rows.Keys.Where(key => key.Item2 is { } id && documents.Contains(id) && key.Item3 != StorageZone.Proofs).ToList())
            Rows.Remove(key);
        return new(true);
    }

    public ValueTask<KeyTurn> TurnAsync(CancellationToken cancellationToken = default)
    {
        byte[] next = RandomNumberGenerator.GetBytes(32);
        Rows = Rows.ToDictionary(row => row.Key, row => Seal(next, Open(_epoch, row.Value, []), []));
        (_epoch, Turns) = (next, Turns + 1);
        return new(new KeyTurn(Rows.Count, ClosesCopies: true));
    }

    private static byte[] Seal(byte[] key, ReadOnlySpan<byte> plaintext, byte[] context)
    {
        byte[] sealedBytes = new byte[12 + 16 + plaintext.Length];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, 12));
        using var aes = new AesGcm(key, 16);
        aes.Encrypt(sealedBytes.AsSpan(0, 12), plaintext, sealedBytes.AsSpan(28), sealedBytes.AsSpan(12, 16), context);
        return sealedBytes;
    }

    private static byte[] Open(byte[] key, byte[] sealedBytes, byte[] context)
    {
        byte[] plaintext = new byte[sealedBytes.Length - 28];
        using var aes = new AesGcm(key, 16);
        aes.Decrypt(sealedBytes.AsSpan(0, 12), sealedBytes.AsSpan(28), sealedBytes.AsSpan(12, 16), plaintext, context);
        return plaintext;
    }

    private sealed class Owner(byte[] bytes) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory => bytes;

        public void Dispose() => CryptographicOperations.ZeroMemory(bytes);
    }
}
