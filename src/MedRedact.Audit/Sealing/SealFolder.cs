using System.Globalization;
using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Where seals lie: beside the ledger and no part of it. All of them may be lost or damaged: the segments are then read, and sealed again.</summary>
/// <param name="path">The folder, which several ledgers may share.</param>
/// <param name="origin">The ledger's origin.</param>
/// <param name="operations">The file system.</param>
internal sealed class SealFolder(string path, string origin, IFileOperations operations)
{
    private const int DigitsOfOrigin = 16;
    private const string Suffix = ".seal";

    private readonly string _prefix = SegmentHeader.HashOf(origin).ToString()[..DigitsOfOrigin] + "-";

    /// <summary>Removes what a crash left of a seal that was being written.</summary>
    public void Sweep()
    {
        try
        {
            if (operations.Exists(path))
                AtomicFile.SweepTemporaries(path, operations);
        }
        catch (DurabilityException)
        {
            // What cannot be swept hinders nobody.
        }
    }

    /// <summary>Removes every seal, so that the next opening reads everything.</summary>
    public void Clear()
    {
        try
        {
            foreach (FileEntry entry in operations.Exists(path) ? operations.List(path) : [])
            {
                if (entry.Name.StartsWith(_prefix, StringComparison.Ordinal) && entry.Name.EndsWith(Suffix, StringComparison.Ordinal))
                    operations.Delete(Path.Combine(path, entry.Name));
            }
        }
        catch (DurabilityException)
        {
            // A seal that stays hides nothing from a verifier, nor from who reads again while the ledger is open.
        }
    }

    /// <summary>The seal of a segment, where one of the keys signed it; anything amiss makes it none.</summary>
    public SegmentSeal? Find(long segment, IReadOnlyCollection<VerifierKey> keys)
    {
        try
        {
            return operations.Exists(NameOf(segment)) && operations.ReadWhole(NameOf(segment), SegmentSeal.MaxSize) is { } bytes
                && SegmentSeal.Read(bytes) is { } seal && seal.First == segment && SealNote.IsSigned(seal, keys)
                    ? seal
                    : null;
        }
        catch (DurabilityException)
        {
            return null;
        }
    }

    /// <exception cref="DurabilityException">It cannot be written; one that was there before is whole.</exception>
    public void Keep(SegmentSeal seal)
    {
        DurableDirectory.Create(path, operations);
        using AtomicFile file = AtomicFile.Create(NameOf(seal.First), operations);
        file.Content.Write(seal.Body.Span);
        file.Content.Write(seal.Note.Span);
        file.Commit();
    }

    /// <summary>Reads some bytes of a seal again.</summary>
    /// <returns>Whether it reaches so far.</returns>
    /// <exception cref="DurabilityException">It cannot be read.</exception>
    public bool TryRead(long segment, long offset, Span<byte> bytes)
    {
        using IFileHandle file = operations.Open(NameOf(segment), FileOpening.Read);
        return file.ReadFully(bytes, offset) == bytes.Length;
    }

    private string NameOf(long segment) => Path.Combine(path, _prefix + segment.ToString("D20", CultureInfo.InvariantCulture) + Suffix);
}
