using System.Collections.Immutable;

namespace MedRedact.Languages;

/// <summary>Reads what belongs to a page as the page was read.</summary>
internal static class ChosenLanguages
{
    /// <param name="request">How pages are read.</param>
    /// <param name="chosen">The languages that were chosen for the page; empty where there was no choice.</param>
    public static OcrRequest In(this OcrRequest request, ImmutableArray<string> chosen) => chosen.IsDefaultOrEmpty ? request : request with { Languages = chosen };
}
