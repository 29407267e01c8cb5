using MedRedact.Durability;

namespace MedRedact.Storage;

/// <summary>The files of erasable fields: a folder for each document, and a file for each value, which bears its commitment.</summary>
internal sealed class FieldFolder(string folder, IFileOperations operations)
{
    private const string Extension = ".field";

    /// <summary>A value, its salt and name, and an envelope with as many wrapped keys as there may be.</summary>
    private const int MostBytes = 128 << 10;

    private readonly string _root = Path.GetFullPath(folder);
    private readonly DurableFolders _folders = new(operations);

    /// <summary>Keeps an envelope: durable on return.</summary>
    public void Write(FieldPlace place, FieldCommitment commitment, ReadOnlySpan<byte> envelope)
    {
        string path = PathOf(place, commitment);
        try
        {
            _folders.Ensure(Path.GetDirectoryName(path)!, _root);
            using AtomicFile file = AtomicFile.Create(path, operations);
            file.Content.Write(envelope);
            file.Commit(replace: false);
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(Faults.FieldNotKept, fault);
        }
    }

    /// <summary>Reads an envelope; <see langword="null"/> where there is none.</summary>
    public byte[]? Read(FieldPlace place, FieldCommitment commitment)
    {
        try
        {
            return operations.ReadWhole(PathOf(place, commitment), MostBytes) ?? throw Faults.Refuse(Faults.BrokenField);
        }
        catch (DurabilityException fault) when (fault.Fault == DurabilityFault.NotFound)
        {
            return null;
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(Faults.StorageFailed, fault);
        }
    }

    /// <summary>Whether a value is kept. What cannot be looked at is not taken for gone.</summary>
    public bool Exists(FieldPlace place, FieldCommitment commitment) => Erasing(() => OrMissing(() =>
    {
        operations.Open(PathOf(place, commitment), FileOpening.Read).Dispose();
        return true;
    }));

    /// <summary>Lists what is kept of a document.</summary>
    public IReadOnlyList<FieldCommitment> List(FieldPlace place) => Erasing(() => Names(FolderOf(place)).Select(CommitmentOf).OfType<FieldCommitment>().ToList());

    /// <summary>Deletes files, and returns when their names are gone from the disk.</summary>
    /// <param name="place">Where they lie.</param>
    /// <param name="commitments">Which.</param>
    /// <param name="unfinished">Whether files go too that a crash left half written. A value that is being kept at this very moment is refused then.</param>
    public void Delete(FieldPlace place, IEnumerable<FieldCommitment> commitments, bool unfinished) => Erasing(() =>
    {
        string of = FolderOf(place);
        foreach (FieldCommitment commitment in commitments)
            operations.Delete(PathOf(place, commitment));
        foreach (string name in unfinished ? Names(of).Where(name => AtomicFile.IsTemporary(name)) : [])
            operations.Delete(Path.Combine(of, name));

        // Also where there was nothing: a call before this one may have deleted and then failed here.
        return OrMissing(() =>
        {
            operations.SyncDirectory(of);
            return true;
        });
    });

    private string[] Names(string of) => OrMissing(() => operations.List(of).Where(entry => !entry.IsDirectory).Select(entry => entry.Name).ToArray()) ?? [];

    private string FolderOf(FieldPlace place) => Path.Combine(_root, place.Folder);

    private string PathOf(FieldPlace place, FieldCommitment commitment) => Path.Combine(FolderOf(place), commitment + Extension);

    private static FieldCommitment? CommitmentOf(string name) =>
        name.EndsWith(Extension, StringComparison.Ordinal) && Digest256.TryParse(name.AsSpan(..^Extension.Length), out Digest256 digest) && digest + Extension == name
            ? new FieldCommitment(digest)
            : null;

    /// <summary>What is said of a file or folder, or nothing where it does not exist; any other fault is one.</summary>
    private static T? OrMissing<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (DurabilityException fault) when (fault.Fault == DurabilityFault.NotFound)
        {
            return default;
        }
    }

    private static T Erasing<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(Faults.FieldsNotErased, fault);
        }
    }
}
