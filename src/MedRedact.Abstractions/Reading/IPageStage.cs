namespace MedRedact;

/// <summary>A step on pixels before recognition. Thread-safe.</summary>
/// <remarks>It borrows the page and returns either that page's own raster, unchanged, or a new raster, which the core then owns.</remarks>
public interface IPageStage
{
    /// <summary>Runs the step.</summary>
    /// <param name="page">Borrowed for the call.</param>
    /// <param name="context">Where the page belongs.</param>
    /// <param name="cancellationToken">Stops the step.</param>
    /// <returns>The raster to go on with and the way back to the one that came in.</returns>
    ValueTask<StagedRaster> ProcessAsync(PageImage page, PageContext context, CancellationToken cancellationToken = default);
}

/// <summary>What a stage leaves behind.</summary>
/// <param name="Raster">The raster to go on with.</param>
/// <param name="ToInput">From this raster to the one the stage was given.</param>
public sealed record StagedRaster(Raster Raster, PageTransform ToInput);

/// <summary>Where a page belongs.</summary>
/// <param name="Document">Its document.</param>
/// <param name="Page">Its number.</param>
/// <param name="Memory">Where a stage allocates pixels.</param>
public sealed record PageContext(DocumentId Document, PageNumber Page, IRasterMemory Memory);

/// <summary>Carries out a <see cref="PreparationPlan"/>: the built-in steps. Thread-safe.</summary>
public interface IPagePreparer
{
    /// <summary>Prepares a page for recognition; each step first measures whether the page needs it.</summary>
    /// <param name="page">Borrowed for the call.</param>
    /// <param name="plan">What may be done.</param>
    /// <param name="context">Where the page belongs.</param>
    /// <param name="cancellationToken">Stops the preparation.</param>
    /// <returns>The raster to go on with, or the page's own.</returns>
    ValueTask<StagedRaster> PrepareAsync(PageImage page, PreparationPlan plan, PageContext context, CancellationToken cancellationToken = default);
}

/// <summary>Preparation as data, so that it can travel to a worker; built by <c>Prepare(...)</c>. The preparer chooses the order of the steps.</summary>
public sealed record PreparationPlan
{
    internal PreparationPlan()
    {
    }

    /// <summary>Nothing is done.</summary>
    public static PreparationPlan None { get; } = new();

    /// <summary>Makes a plan outside a pipeline: for tools, tests and workers.</summary>
    /// <param name="configure">Names the steps.</param>
    /// <returns>The plan.</returns>
    public static PreparationPlan Of(Action<PreparationBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var builder = new PreparationBuilder();
        configure(builder);
        return builder.Plan;
    }

    /// <summary>Turn pages that lie on their side or upside down.</summary>
    public bool Orient { get; internal init; }

    /// <summary>Straighten up to 15 degrees of skew, and flatten a sheet that was photographed from aside.</summary>
    public bool Deskew { get; internal init; }

    /// <summary>Even out light and contrast.</summary>
    public bool NormalizeContrast { get; internal init; }

    /// <summary>Filter noise where noise is measured, black margins and punch holes too.</summary>
    public bool Denoise { get; internal init; }

    /// <summary>Scale so that a line of text is about this many pixels high; 0: leave the size.</summary>
    public int TextHeight { get; internal init; }
}
