using System.Security.Cryptography;
using MedRedact.Durability;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement;

/// <summary>The key ring on disk: header, then the keys in clear with a checksum or sealed under a passphrase.</summary>
internal sealed class KeyRingFile(string path, string? passphraseFile, PassphraseCost cost, TimeProvider time, IFileOperations operations)
{
    /// <summary>The version that is written; recovery bundles hold the keys in its layout.</summary>
    public const byte Version = 2;

    private const byte OldestVersion = 1;
    private const int FixedSize = 6;
    private const int ProtectedHeaderSize = FixedSize + PassphraseCost.Size + Passphrase.SaltSize;
    private const int MaxSize = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private enum Protection : byte
    {
        None = 0,
        Passphrase = 1,
    }

    public static KeyRingFile Of(LocalKeyRingOptions options, TimeProvider time, IFileOperations operations) => new(
        options.ResolvedFile, options.PassphraseFile, new PassphraseCost(options.PassphraseMemoryMiB * 1024, Passes: 3, Lanes: 4), time, operations);

    public bool IsProtected => passphraseFile is not null;

    private static ReadOnlySpan<byte> Magic => "MRKR"u8;

    public bool Exists => operations.Exists(path);

    /// <summary>Changes when the file does.</summary>
    public (DateTime Written, long Length) Stamp => new FileInfo(path) is { Exists: true } file ? (file.LastWriteTimeUtc, file.Length) : default;

    /// <summary>Lets one process at a time read-and-change the file. Whoever comes second waits a little: a change takes milliseconds.</summary>
    public async ValueTask<FileLock> LockAsync(bool createFolder, CancellationToken cancellationToken)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        try
        {
            if (createFolder)
                DurableDirectory.Create(folder, operations);
            else if (!operations.Exists(folder))
                throw Faults.Refuse(Faults.NoRing);

            return await FileLock.AcquireAsync(path + ".lock", Patience, time, operations, cancellationToken);
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(fault.Fault == DurabilityFault.Locked ? Faults.Busy : Faults.StorageFailed, fault);
        }
    }

    /// <summary>Removes what writers that were killed left beside the ring: a copy of it, with keys that may be destroyed in this one since. Called under the lock.</summary>
    public void SweepLeftovers()
    {
        try
        {
            AtomicFile.SweepTemporaries(Path.GetDirectoryName(Path.GetFullPath(path))!, operations);
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(Faults.StorageFailed, fault);
        }
    }

    public async ValueTask<KeyRing> ReadAsync(CancellationToken cancellationToken)
    {
        using SecretBuffer? file = SecretFile.Read(path, MaxSize, SecretFile.Sharing.None, operations);
        if (file is null || file.Length < FixedSize || !file.Span.StartsWith(Magic) || file.Span[4] is < OldestVersion or > Version)
            throw Faults.Refuse(Faults.UnreadableRing);

        KeyRing? ring = (Protection)file.Span[5] switch
        {
            Protection.None when IsProtected => throw Faults.Refuse(Faults.PassphraseMismatch),
            Protection.Passphrase when !IsProtected => throw Faults.Refuse(Faults.PassphraseMismatch),
            Protection.None => ReadClear(file.Span),
            Protection.Passphrase => await ReadSealedAsync(file.Memory, cancellationToken),
            _ => null,
        };
        return ring ?? throw Faults.Refuse(Faults.UnreadableRing);
    }

    /// <summary>Replaces the file durably, or creates it where none may be yet.</summary>
    public async ValueTask WriteAsync(KeyRing ring, bool replace, CancellationToken cancellationToken)
    {
        if (!ring.IsConsistent)
            throw Faults.Refuse(Faults.RingFull);

        using SecretBuffer content = KeyRingContent.Write(ring);
        try
        {
            DurableDirectory.Create(Path.GetDirectoryName(Path.GetFullPath(path))!, operations);
            using AtomicFile file = AtomicFile.Create(path, operations);
            if (IsProtected)
                await WriteSealedAsync(content, file.Content, cancellationToken);
            else
                WriteClear(content, file.Content);

            await file.CommitAsync(replace, cancellationToken);
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(Faults.StorageFailed, fault);
        }
    }

    private static KeyRing? ReadClear(ReadOnlySpan<byte> file)
    {
        int end = file.Length - SHA256.HashSizeInBytes;
        Span<byte> checksum = stackalloc byte[SHA256.HashSizeInBytes];
        if (end < FixedSize)
            return null;

        SHA256.HashData(file[..end], checksum);
        return checksum.SequenceEqual(file[end..]) ? KeyRingContent.TryRead(file[FixedSize..end], file[4]) : null;
    }

    private static void WriteClear(SecretBuffer content, Stream target)
    {
        using var file = new SecretBuffer(FixedSize + content.Length);
        WriteStart(file.Span, Protection.None);
        content.Span.CopyTo(file.Span[FixedSize..]);
        target.Write(file.Span);
        target.Write(SHA256.HashData(file.Span));
    }

    private async ValueTask<KeyRing?> ReadSealedAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        if (file.Length < ProtectedHeaderSize)
            return null;

        ReadOnlyMemory<byte> header = file[..ProtectedHeaderSize];
        PassphraseCost stored = PassphraseCost.Read(header.Span[FixedSize..]);
        if (!stored.IsAcceptable)
            return null;

        using SecretBuffer key = Stretch(header.Span[^Passphrase.SaltSize..], stored);
        try
        {
            // The copy is ciphertext; what it opens to goes straight into a secret buffer.
            await using Stream message = await Cobblestone.OpenReadAsync(
                new MemoryStream(file[ProtectedHeaderSize..].ToArray()), key.Memory, header, leaveOpen: false, cancellationToken);
            using var content = new SecretBuffer((int)message.Length);
            await message.ReadExactlyAsync(content.Memory, cancellationToken);
            return KeyRingContent.TryRead(content.Span, header.Span[4]);
        }
        catch (MedRedactException)
        {
            throw Faults.Refuse(Faults.WrongPassphrase);
        }
    }

    private async ValueTask WriteSealedAsync(SecretBuffer content, Stream target, CancellationToken cancellationToken)
    {
        byte[] header = new byte[ProtectedHeaderSize];
        WriteStart(header, Protection.Passphrase);
        cost.Write(header.AsSpan(FixedSize));
        RandomNumberGenerator.Fill(header.AsSpan(^Passphrase.SaltSize..));

        using SecretBuffer key = Stretch(header.AsSpan(^Passphrase.SaltSize..), cost);
        await target.WriteAsync(header, cancellationToken);
        await using Stream message = await Cobblestone.OpenWriteAsync(target, key.Memory, header, cancellationToken);
        await message.WriteAsync(content.Memory, cancellationToken);
    }

    private SecretBuffer Stretch(ReadOnlySpan<byte> salt, PassphraseCost how)
    {
        using Passphrase passphrase = Passphrase.Read(passphraseFile!, operations);
        return passphrase.Stretch(salt, how);
    }

    private static void WriteStart(Span<byte> file, Protection protection)
    {
        Magic.CopyTo(file);
        (file[4], file[5]) = (Version, (byte)protection);
    }
}
