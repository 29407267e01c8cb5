namespace MedRedact.Detection;

/// <summary>A rule, or a tagger, that reads one scan and says what it found. Stateless, so that one instance serves all threads.</summary>
/// <remarks>Work must grow with the text's length: whatever is looked at around a token is bounded.</remarks>
internal interface ITextRecognizer
{
    void Recognize(in TextScan scan, HitList hits);
}
