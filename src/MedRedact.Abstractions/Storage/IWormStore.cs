namespace MedRedact;

/// <summary>Keeps objects that are written once: nothing in it changes or erases one, and how long it is kept can only be lengthened. Thread-safe.</summary>
/// <remarks>For evidence, such as segments and checkpoints of the audit ledger. What stands behind it decides how much the promise is worth: a store whose locks nobody can lift (S3 object lock in compliance
/// mode) keeps it against an administrator, a folder only against mistakes.</remarks>
public interface IWormStore
{
    /// <summary>Writes an object, unless there is one of that name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">All of its bytes.</param>
    /// <param name="until">When it may be erased at the earliest. Ignored where the object was there already.</param>
    /// <param name="cancellationToken">Stops the call; whether the object is there is then unknown, and writing it again is safe.</param>
    /// <returns>What the store holds now; the object is durable and locked unless it is <see cref="WormOutcome.Differs"/>.</returns>
    /// <exception cref="MedRedactException">The store failed.</exception>
    ValueTask<WormOutcome> PutAsync(ObjectName name, ReadOnlyMemory<byte> content, DateTimeOffset until, CancellationToken cancellationToken = default);

    /// <summary>Reads an object.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Its bytes, or <see langword="null"/> where there is none; the caller disposes the stream.</returns>
    /// <exception cref="MedRedactException">The store failed.</exception>
    ValueTask<Stream?> OpenAsync(ObjectName name, CancellationToken cancellationToken = default);

    /// <summary>Says until when an object is kept.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The moment, or <see langword="null"/> where there is no such object or it is not locked.</returns>
    /// <exception cref="MedRedactException">The store failed.</exception>
    ValueTask<DateTimeOffset?> FindRetentionAsync(ObjectName name, CancellationToken cancellationToken = default);

    /// <summary>Keeps an object for longer.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="until">When it may be erased at the earliest.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether it is now kept at least so long; not where there is no such object. An earlier moment than the present one changes nothing.</returns>
    /// <exception cref="MedRedactException">The store failed.</exception>
    ValueTask<bool> ExtendAsync(ObjectName name, DateTimeOffset until, CancellationToken cancellationToken = default);

    /// <summary>Lists what there is.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The names, in ordinal order.</returns>
    /// <exception cref="MedRedactException">The store failed.</exception>
    IAsyncEnumerable<ObjectName> ListAsync(CancellationToken cancellationToken = default);
}

/// <summary>What a write-once store holds under a name after a writing.</summary>
public enum WormOutcome
{
    /// <summary>Something else than what was to be written; it was there before and stays.</summary>
    Differs = 0,

    /// <summary>The very same, from before.</summary>
    AlreadyThere,

    /// <summary>What was written now.</summary>
    Written,
}
