using System.Collections.Immutable;

namespace MedRedact;

/// <summary>Finds PHI on one page. A thread-safe singleton; pages come in any order, several at once.</summary>
/// <remarks>It answers about the page it is given and about nothing else; what a page reveals about others is the core's work.
/// A detector that throws withholds the page.</remarks>
public interface IPhiDetector
{
    /// <summary>Who it is and what it may find.</summary>
    DetectorInfo Info { get; }

    /// <summary>Examines one page.</summary>
    /// <param name="page">Borrowed for the call; any use afterwards throws.</param>
    /// <param name="known">What the caller knows about the patient, if anything.</param>
    /// <param name="cancellationToken">Stops the examination.</param>
    /// <returns>Findings in any order; they may overlap.</returns>
    ValueTask<ImmutableArray<Finding>> DetectAsync(PageView page, KnownPatient? known, CancellationToken cancellationToken = default);
}

/// <summary>Tells what kind of document a page begins. A thread-safe singleton.</summary>
public interface IDocumentClassifier
{
    /// <summary>Classifies by one page; the core asks about the pages in order and takes the first answer.</summary>
    /// <param name="page">Borrowed for the call.</param>
    /// <param name="cancellationToken">Stops the classification.</param>
    /// <returns>The type, or <see langword="null"/> where the page does not tell.</returns>
    ValueTask<DocumentType?> ClassifyAsync(PageView page, CancellationToken cancellationToken = default);
}

/// <summary>Who a detector is and what it may find.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Version">Goes into manifests: change it when findings may change.</param>
/// <param name="Categories">What it may find.</param>
/// <param name="NeedsPixels">Whether <see cref="PageView.Pixels"/> must be given.</param>
public sealed record DetectorInfo(DetectorId Id, Version Version, ImmutableArray<PhiCategory> Categories, bool NeedsPixels = false);

/// <summary>What the caller knows about the patient: searched for everywhere, tolerant of OCR errors.</summary>
/// <param name="Identifiers">Values with their categories; several of one category are fine.</param>
public sealed record KnownPatient(ImmutableArray<KnownIdentifier> Identifiers);

/// <summary>One known value.</summary>
/// <param name="Category">What it is, e.g. <see cref="PhiCategory.PersonName"/>.</param>
/// <param name="Value">The value as the hospital's system holds it.</param>
public readonly record struct KnownIdentifier(PhiCategory Category, Phi<string> Value);
