namespace MedRedact.Durability;

/// <summary>The step that failed.</summary>
public enum FileOperation
{
    /// <summary>Opening or creating a file.</summary>
    Open = 0,

    /// <summary>Reading bytes.</summary>
    Read,

    /// <summary>Writing bytes.</summary>
    Write,

    /// <summary>Cutting a file to a length.</summary>
    SetLength,

    /// <summary>Waiting until the bytes of a file are on disk.</summary>
    SyncFile,

    /// <summary>Waiting until the names in a folder are on disk.</summary>
    SyncDirectory,

    /// <summary>Renaming a file or a folder.</summary>
    Rename,

    /// <summary>Deleting a file.</summary>
    Delete,

    /// <summary>Creating a folder.</summary>
    CreateDirectory,

    /// <summary>Listing a folder.</summary>
    List,

    /// <summary>Taking a lock.</summary>
    Lock,
}
