namespace MedRedact.Durability;

/// <summary>Why a durable operation failed, and with that what to do about it.</summary>
public enum DurabilityFault
{
    /// <summary>The device or the operating system failed. What was not acknowledged must be taken for lost: reopen from disk.</summary>
    Io = 0,

    /// <summary>The volume or the quota is full. Free room, then reopen.</summary>
    NoSpace,

    /// <summary>The process may not do this here: wrong owner, wrong mode, or a volume mounted read-only.</summary>
    AccessDenied,

    /// <summary>The file or a folder on the way to it does not exist.</summary>
    NotFound,

    /// <summary>The name is taken, and replacing it was not asked for.</summary>
    AlreadyExists,

    /// <summary>Another process, or another owner in this one, holds the lock. Stop the other one first.</summary>
    Locked,

    /// <summary>An earlier write or sync on this handle failed, so what the disk holds is unknown. Reopen from disk;
    /// trying again on the same handle could report success for data that is gone.</summary>
    Poisoned,
}
