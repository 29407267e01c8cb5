using System.Collections.Immutable;

namespace MedRedact.Evaluation;

/// <summary>What an evaluation of detection says: the figures of each labelled set and of all together.</summary>
/// <param name="Policy">The policy whose removals were judged; <see langword="null"/> where everything found was.</param>
/// <param name="IgnoresAgesUnder90">Whether ages up to 89 were don't-care.</param>
/// <param name="Sets">Each set.</param>
/// <param name="All">All sets together.</param>
public sealed record DetectionReport(string? Policy, bool IgnoresAgesUnder90, ImmutableArray<DetectionSet> Sets, DetectionFigures All);

/// <summary>The figures of one labelled set.</summary>
/// <param name="Name">Its name; a number where its file's name may say too much.</param>
/// <param name="Figures">Its figures.</param>
/// <param name="Documents">Its documents with their texts, kept only of a set that was declared synthetic.</param>
public sealed record DetectionSet(string Name, DetectionFigures Figures, ImmutableArray<ScoredDocument> Documents);

/// <summary>A document and its score.</summary>
/// <param name="Gold">The document.</param>
/// <param name="Score">The score.</param>
public sealed record ScoredDocument(GoldDocument Gold, DocumentScore Score);
