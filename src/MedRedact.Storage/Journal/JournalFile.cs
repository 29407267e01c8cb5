using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MedRedact.Durability;

namespace MedRedact.Storage;

/// <summary>What the journal knows of one key. Free of content: the body is a keyed digest, the report holds ids, counts and codes.</summary>
/// <param name="Body">The digest of the bytes that came with the key.</param>
/// <param name="Session">The session that works, or worked, on it: 32 hexadecimal digits.</param>
/// <param name="Attempt">The document of the attempt.</param>
/// <param name="Report">The answer; null while there is none.</param>
internal sealed record JournalFile(Digest256 Body, string Session, DocumentId Attempt, IngestionReport? Report)
{
    private const byte Version = 1;
    private const int MaxSize = 16 * 1024 * 1024;
    private const int SessionSize = 32;
    private const int AttemptSize = 16;
    private const int FixedSize = 4 + 1 + Digest256.Size + SessionSize + AttemptSize + 4;

    private static ReadOnlySpan<byte> Magic => "MRIJ"u8;

    public static JournalFile? Find(string path, IFileOperations operations)
    {
        if (!operations.Exists(path))
            return null;

        using IFileHandle file = operations.Open(path, FileOpening.Read);
        byte[] bytes = new byte[Math.Min(file.Length, MaxSize)];
        int read = file.ReadFully(bytes, 0);
        return TryParse(bytes.AsSpan(0, read)) ?? throw Faults.Refuse(Faults.BrokenJournal);
    }

    public void Write(string path, IFileOperations operations, string staging)
    {
        byte[] report = Report is null ? [] : JsonSerializer.SerializeToUtf8Bytes(ReportFields.Of(Report), StorageJson.Default.ReportFields);
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, report.Length);
        byte[] content = [.. Magic, Version, .. Body.ToArray(), .. Encoding.ASCII.GetBytes(Session), .. Attempt.Value.ToByteArray(bigEndian: true), .. length, .. report];

        using AtomicFile file = AtomicFile.Create(path, operations, staging);
        file.Content.Write(content);
        file.Content.Write(SHA256.HashData(content));
        file.Commit();
    }

    private static JournalFile? TryParse(ReadOnlySpan<byte> file)
    {
        int end = file.Length - SHA256.HashSizeInBytes;
        if (end < FixedSize || !file.StartsWith(Magic) || file[4] != Version || !SHA256.HashData(file[..end]).AsSpan().SequenceEqual(file[end..]))
            return null;

        ReadOnlySpan<byte> rest = file[5..end];
        Digest256 body = Digest256.From(rest[..Digest256.Size]);
        string session = Encoding.ASCII.GetString(rest.Slice(Digest256.Size, SessionSize));
        var attempt = new DocumentId(new Guid(rest.Slice(Digest256.Size + SessionSize, AttemptSize), bigEndian: true));
        ReadOnlySpan<byte> report = rest[(FixedSize - 5)..];
        if (BinaryPrimitives.ReadInt32BigEndian(rest[(FixedSize - 9)..]) != report.Length || !session.All(char.IsAsciiHexDigitLower))
            return null;

        try
        {
            return new(body, session, attempt, report.IsEmpty ? null : JsonSerializer.Deserialize(report, StorageJson.Default.ReportFields)!.ToReport());
        }
        catch (Exception malformed) when (malformed is JsonException or ArgumentException or FormatException)
        {
            return null;
        }
    }
}
