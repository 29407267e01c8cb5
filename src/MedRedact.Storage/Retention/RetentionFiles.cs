using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MedRedact.Durability;

namespace MedRedact.Storage;

/// <summary>What a file of retention's holds; the number is part of the format.</summary>
internal enum RetentionFileKind : byte
{
    Clock = 1,
    Documents = 2,
    Hold = 3,
    QualityMark = 4,
    Plan = 5,
    Certificate = 6,
    SubjectPlan = 7,
    SubjectCertificate = 8,
}

/// <summary>The files that retention keeps of its own, under <c>retention</c> in the home (docs/formats/retention.md). Free of content.</summary>
/// <remarks>Each is written whole and durably, or not at all. One that cannot be read is a fault: what is not known may not be deleted.</remarks>
internal sealed class RetentionFiles(StorageHome home)
{
    public const string Suffix = ".mrrt";
    private const string TenantPrefix = "t-";
    private const byte Version = 1;
    private const int HeaderSize = 10;
    private const int MaxSize = 1 << 30;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly DurableFolders _folders = new(home.Operations);

    private static ReadOnlySpan<byte> Magic => "MRRT"u8;

    public string Clock => Path.Combine(Root, "clock" + Suffix);

    private string Root => Path.Combine(home.Folder, "retention");

    public string FileOf(TenantId tenant, params ReadOnlySpan<string> names) => FolderOf(tenant, names) + Suffix;

    public string FolderOf(TenantId tenant, params ReadOnlySpan<string> names)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant.Value, nameof(tenant));
        return Path.Combine([Root, TenantPrefix + tenant.Value, .. names]);
    }

    /// <summary>Whoever changes holds, or destroys what they could cover, does it under this lock.</summary>
    public async ValueTask<FileLock> LockHoldsAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            _folders.Ensure(Root, Root);
            return await FileLock.AcquireAsync(Path.Combine(Root, "holds.lock"), Patience, time, home.Operations, cancellationToken);
        }
        catch (DurabilityException fault)
        {
            throw Refused(fault);
        }
    }

    /// <summary>One run at a time.</summary>
    public FileLock LockRun()
    {
        try
        {
            _folders.Ensure(Root, Root);
            return FileLock.Acquire(Path.Combine(Root, "run.lock"), home.Operations);
        }
        catch (DurabilityException fault)
        {
            throw Refused(fault);
        }
    }

    public void Write<T>(string path, RetentionFileKind kind, T content, JsonTypeInfo<T> json) => StorageHome.Guard(() =>
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(content, json);
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, body.Length);
        byte[] bytes = [.. Magic, Version, (byte)kind, .. length, .. body];
        _folders.Ensure(Path.GetDirectoryName(path)!, Root);
        using AtomicFile file = AtomicFile.Create(path, home.Operations, home.Staging);
        file.Content.Write(bytes);
        file.Content.Write(SHA256.HashData(bytes));
        file.Commit();
        return 0;
    });

    /// <summary>Reads a file; <see langword="null"/> where there is none.</summary>
    public T? Find<T>(string path, RetentionFileKind kind, JsonTypeInfo<T> json)
        where T : class
    {
        byte[]? bytes = StorageHome.Guard(() =>
        {
            if (!home.Operations.Exists(path))
                return null;

            using IFileHandle file = home.Operations.Open(path, FileOpening.Read);
            byte[] all = new byte[Math.Min(file.Length, MaxSize)];
            return all[..file.ReadFully(all, 0)];
        });
        return bytes is null ? null : Parse(bytes, kind, json) ?? throw RetentionFaults.Refuse(RetentionFaults.BrokenFile);
    }

    /// <summary>The names of the files in a folder, without their suffix. A file of any other name is not ours, and is a fault: it could be one of ours, renamed.</summary>
    public IReadOnlyList<string> Names(string folder) => StorageHome.Guard(() => home.Operations.Exists(folder)
        ? home.Operations.List(folder)
            .Select(entry => !entry.IsDirectory && entry.Name.EndsWith(Suffix, StringComparison.Ordinal)
                ? entry.Name[..^Suffix.Length]
                : throw RetentionFaults.Refuse(RetentionFaults.BrokenFile))
            .ToList()
        : []);

    /// <summary>The tenants that there are files of.</summary>
    public IReadOnlyList<TenantId> Tenants() => StorageHome.Guard(() => home.Operations.Exists(Root)
        ? home.Operations.List(Root)
            .Where(entry => entry.IsDirectory && entry.Name.StartsWith(TenantPrefix, StringComparison.Ordinal))
            .Select(entry => new TenantId(entry.Name[TenantPrefix.Length..]))
            .ToList()
        : []);

    public bool Exists(string path) => StorageHome.Guard(() => home.Operations.Exists(path));

    public bool Delete(string path) => StorageHome.Guard(() =>
    {
        if (!home.Operations.Exists(path))
            return false;

        home.Operations.Delete(path);
        home.Operations.SyncDirectory(Path.GetDirectoryName(path)!);
        return true;
    });

    public static string NameOf(DocumentId document) => document.Value.ToString("N", CultureInfo.InvariantCulture);

    public static DocumentId DocumentOf(string name) =>
        Guid.TryParseExact(name, "N", out Guid id) ? new DocumentId(id) : throw RetentionFaults.Refuse(RetentionFaults.BrokenFile);

    private static T? Parse<T>(ReadOnlySpan<byte> file, RetentionFileKind kind, JsonTypeInfo<T> json)
        where T : class
    {
        int end = file.Length - SHA256.HashSizeInBytes;
        if (end < HeaderSize || !file.StartsWith(Magic) || file[4] != Version || file[5] != (byte)kind
            || BinaryPrimitives.ReadInt32BigEndian(file[6..]) != end - HeaderSize
            || !SHA256.HashData(file[..end]).AsSpan().SequenceEqual(file[end..]))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(file[HeaderSize..end], json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static MedRedactException Refused(DurabilityException fault) => fault.Fault == DurabilityFault.Locked
        ? RetentionFaults.Refuse(RetentionFaults.Busy, fault)
        : Faults.Refuse(Faults.StorageFailed, fault);
}
