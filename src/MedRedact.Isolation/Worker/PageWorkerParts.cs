using System.Collections.Immutable;

namespace MedRedact.Isolation;

/// <summary>What a worker program holds.</summary>
public sealed record PageWorkerParts
{
    /// <summary>Readers that decode pages.</summary>
    public ImmutableArray<IPageReader> Readers { get; init; } = [];

    /// <summary>Prepares pages, if anything does.</summary>
    public IPagePreparer? Preparer { get; init; }

    /// <summary>Engines that read pages.</summary>
    public ImmutableArray<IOcrEngine> Engines { get; init; } = [];

    internal Ready Introduce() => new(
    [
        .. Readers.Select(reader => new WorkerPart(PageWorkerOptions.NameOf(reader.GetType()), "")),
        .. Preparer is null ? [] : (WorkerPart[])[new WorkerPart(PageWorkerOptions.NameOf(Preparer.GetType()), "")],
        .. Engines.Select(engine => new WorkerPart(PageWorkerOptions.NameOf(engine.GetType()), engine.Version)),
    ]);

    internal IPageReader Reader(string type) => Readers.FirstOrDefault(reader => PageWorkerOptions.NameOf(reader.GetType()) == type) ?? throw Faults.NotTheParts();

    internal IOcrEngine Engine(string type) => Engines.FirstOrDefault(engine => PageWorkerOptions.NameOf(engine.GetType()) == type) ?? throw Faults.NotTheParts();
}
