namespace MedRedact.Synthesis;

/// <summary>Makes up medical records. The same arguments give the same text, truth and pixels, on every machine.</summary>
public static class SyntheticRecords
{
    /// <summary>Makes up one document.</summary>
    /// <param name="kind">Its type.</param>
    /// <param name="seed">Any number; it chooses people, illness, wording and paper.</param>
    /// <param name="patient">Whose record it is; by default a person invented from <paramref name="seed"/>.</param>
    /// <returns>The record with its truth.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kind"/> is not a known kind.</exception>
    public static SyntheticRecord Create(DocumentKind kind, int seed, SyntheticPatient? patient = null)
    {
        Action<PageFlow, Scene> write = Writers.For(kind);
        var random = SeededRandom.For(kind.ToString(), seed);
        patient ??= SyntheticPatient.Create(seed);
        var scene = new Scene(patient, Writers.CaseFor(kind, patient, random), random);
        var flow = new PageFlow(Writers.StyleFor(kind, random), $"{scene.NameLastFirst}   MRN: {scene.Mrn}   DOB: {scene.Born}");
        write(flow, scene);
        Footer.Write(flow, kind, scene);
        return new SyntheticRecord(kind, seed, patient, flow.Style, Transcript.Of(flow.Pages), scene.Truth);
    }

    /// <summary>Makes up one document in a language.</summary>
    /// <param name="kind">Its type; one of <see cref="KindsIn"/>.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="language">What it is written in.</param>
    /// <returns>The record with its truth; in English the one that the other overload makes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The language has no such kind.</exception>
    public static SyntheticRecord Create(DocumentKind kind, int seed, DocumentLanguage language) => language switch
    {
        DocumentLanguage.English => Create(kind, seed),
        DocumentLanguage.Spanish => SpanishRecords.Create(kind, seed),
        _ => throw new ArgumentOutOfRangeException(nameof(language)),
    };

    /// <summary>The kinds that a language has.</summary>
    /// <param name="language">The language.</param>
    /// <returns>The kinds, in the order of a corpus.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such language.</exception>
    public static IReadOnlyList<DocumentKind> KindsIn(DocumentLanguage language) => language switch
    {
        DocumentLanguage.English => Enum.GetValues<DocumentKind>(),
        DocumentLanguage.Spanish => SpanishRecords.Kinds,
        _ => throw new ArgumentOutOfRangeException(nameof(language)),
    };

    /// <summary>Makes up several documents about one person, as a chart holds them.</summary>
    /// <param name="kinds">Their types, in order.</param>
    /// <param name="seed">Any number.</param>
    /// <returns>One record a kind.</returns>
    public static IReadOnlyList<SyntheticRecord> CreateChart(IEnumerable<DocumentKind> kinds, int seed)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        SyntheticPatient patient = SyntheticPatient.Create(seed);
        return [.. kinds.Select((kind, index) => Create(kind, unchecked(seed * 31 + index), patient))];
    }
}
