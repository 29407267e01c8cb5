using MedRedact.Detection;

namespace MedRedact.Core.Tests.Detection;

/// <summary>What detection says of a text, in a form that assertions read well.</summary>
internal static class Detect
{
    /// <summary>Each finding as "category=text".</summary>
    public static List<string> In(string text) => [.. TextDetection.Detect(text).Select(finding => $"{finding.Category.Name}={Covered(text, finding)}")];

    /// <summary>The stretches found, of any category.</summary>
    public static List<string> Texts(string text) => [.. TextDetection.Detect(text).Select(finding => Covered(text, finding))];

    public static string Covered(string text, Finding finding)
    {
        TextSpan span = ((Location.Text)finding.Location).Span;
        return text.Substring(span.Start, span.Length);
    }
}
