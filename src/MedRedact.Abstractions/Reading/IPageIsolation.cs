namespace MedRedact;

/// <summary>Takes decoders, preparation and engines out of the host's process. At most one is registered; where none is, they run in the host. Thread-safe.</summary>
/// <remarks>What comes from the host's own plug-ins stays in the host unless the implementation was told to isolate it.</remarks>
public interface IPageIsolation
{
    /// <summary>The engine as it is reached from here.</summary>
    /// <param name="engine">An engine of the host's.</param>
    /// <returns>One that reads the same in a process of its own, or <paramref name="engine"/> where it is not isolated.</returns>
    IOcrEngine Isolate(IOcrEngine engine);

    /// <summary>The preparer as it is reached from here.</summary>
    /// <param name="preparer">A preparer of the host's.</param>
    /// <returns>One that prepares the same in a process of its own, or <paramref name="preparer"/> where it is not isolated.</returns>
    IPagePreparer Isolate(IPagePreparer preparer);

    /// <summary>The pages of a document as they are reached from here. The first call also sees to it that a process can be started.</summary>
    /// <param name="reader">Who opened the document.</param>
    /// <param name="document">Its bytes.</param>
    /// <param name="inspection">What the structural inspection found.</param>
    /// <param name="opened">What the reader opened; owned by what is returned.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Pages decoded in a process of their own, or <paramref name="opened"/> where the reader is not isolated.</returns>
    /// <exception cref="MedRedactException">No process can be started, or it lacks something on this machine: the document is not to blame.</exception>
    ValueTask<IPageSource> IsolateAsync(
        IPageReader reader, SourceDocument document, Inspection inspection, IPageSource opened, CancellationToken cancellationToken = default);

    /// <summary>Makes the worker of one document, which does everything for a page in one round trip.</summary>
    /// <param name="source">Its pages, as they are reached from here.</param>
    /// <param name="preparer">The preparer as it is reached from here, if there is one.</param>
    /// <param name="engine">The engine as it is reached from here.</param>
    /// <returns>The worker; <see langword="null"/> where preparation or engine run in the host, so that no single round trip does.</returns>
    IPageWorker? TryCreateWorker(IPageSource source, IPagePreparer? preparer, IOcrEngine engine);
}
