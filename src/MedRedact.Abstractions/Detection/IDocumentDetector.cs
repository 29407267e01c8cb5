using System.Collections.Immutable;

namespace MedRedact;

/// <summary>Looks for what the pages of a document reveal about one another: a name that one page labels and another one only mentions. A thread-safe
/// singleton; each document gets an examination of its own.</summary>
public interface IDocumentDetector
{
    /// <summary>Who it is and what it may find.</summary>
    DetectorInfo Info { get; }

    /// <summary>Begins with a document.</summary>
    /// <param name="known">What the caller knows about the patient, if anything.</param>
    /// <returns>The examination; used for one document and then dropped.</returns>
    IDocumentExamination Begin(KnownPatient? known);
}

/// <summary>The examination of one document. First it is shown every page that could be read, then it is asked about every page.</summary>
/// <remarks>So that a document of a thousand pages takes no more memory than one of ten, pages are lent one at a time: what is to be known of them later is kept
/// in the examination. <see cref="PageView.Pixels"/> is null here. An examination that throws ends the run with a code.</remarks>
public interface IDocumentExamination
{
    /// <summary>Learns from a page. Called in page order, one page at a time, each once.</summary>
    /// <param name="page">Borrowed for the call; its document type is what this page says.</param>
    /// <param name="found">What the page detectors found on it.</param>
    /// <param name="cancellationToken">Stops the examination.</param>
    /// <returns>When the page is no longer needed.</returns>
    ValueTask LearnAsync(PageView page, ImmutableArray<Finding> found, CancellationToken cancellationToken = default);

    /// <summary>Looks on a page for what was learned. Called after the last page was learned; from several threads at once, and again for a page that was read
    /// again.</summary>
    /// <param name="page">Borrowed for the call; its document type is that of the document.</param>
    /// <param name="cancellationToken">Stops the examination.</param>
    /// <returns>Further findings on this page, in any order; they may overlap.</returns>
    ValueTask<ImmutableArray<Finding>> FindAsync(PageView page, CancellationToken cancellationToken = default);
}
