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

    private readonly string _folder = Path.Combine(path, SegmentHeader.HashOf(origin).ToString()[..DigitsOfOrigin]);

    /// <summary>Removes what a crash left of a seal that was being written.</summary>
    public void Sweep()
    {
        try
        {
            if (operations.Exists(_folder))
                AtomicFile.SweepTemporaries(_folder, operations);
        }
        catch (DurabilityException)
        {
            // What cannot be swept hinders nobody.
        }
    }

    /// <summary>Removes every seal, so that the next opening reads everything.</summary>
    public void Clear()
    {
        Try(() =>
        {
            foreach (FileEntry entry in operations.Exists(_folder) ? operations.List(_folder) : [])
            {
                if (entry.Name.EndsWith(Suffix, StringComparison.Ordinal))
                    Try(() => operations.Delete(Path.Combine(_folder, entry.Name)));
            }

            operations.SyncDirectory(_folder);
        });

        // A seal that stays hides nothing from a verifier, nor from who reads again while the ledger is open.
        static void Try(Action remove)
        {
            try
            {
                remove();
            }
            catch (DurabilityException)
            {
                // The others go all the same.
            }
        }
    }

    /// <summary>The seal of a segment, where one of the keys signed it; anything amiss makes it none.</summary>
    public SegmentSeal? Find(long segment, IReadOnlyCollection<VerifierKey> keys)
    {
        try
        {
            return operations.Exists(NameOf(segment)) && Read(segment) is { } seal && seal.First == segment && SealNote.IsSigned(seal, keys) ? seal : null;
        }
        catch (Exception fault) when (fault is DurabilityException or NotSupportedException)
        {
            // Unreadable, or no file at all.
            return null;
        }
    }

    /// <summary>What stands in the file of a segment's seal, whoever signed it.</summary>
    /// <exception cref="DurabilityException">It cannot be read.</exception>
    public SegmentSeal? Read(long segment) => operations.ReadWhole(NameOf(segment), SegmentSeal.MaxSize) is { } bytes ? SegmentSeal.Read(bytes) : null;

    /// <exception cref="DurabilityException">It cannot be written; one that was there before is whole.</exception>
    public void Keep(SegmentSeal seal)
    {
        DurableDirectory.Create(_folder, operations);
        using AtomicFile file = AtomicFile.Create(NameOf(seal.First), operations);
        file.Content.Write(seal.Body.Span);
        file.Content.Write(seal.Note.Span);
        file.Commit();
    }

    private string NameOf(long segment) => Path.Combine(_folder, segment.ToString("D20", CultureInfo.InvariantCulture) + Suffix);
}
