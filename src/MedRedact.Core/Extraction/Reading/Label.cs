using MedRedact.Wording;

namespace MedRedact.Extraction;

/// <summary>A label on a row: a phrase with a colon, a phrase that fills its cell, or one that needs neither.</summary>
/// <param name="Meaning">What it announces.</param>
/// <param name="Last">Its last token.</param>
/// <param name="IsExact">Whether it was read as it is written.</param>
/// <param name="IsWholeCell">Whether it fills its cell.</param>
internal sealed record Label(FieldLabel Meaning, int Last, bool IsExact, bool IsWholeCell)
{
    /// <summary>The label that begins at a token.</summary>
    public static Label? At(ChartRow row, int at)
    {
        if (ChartLexicon.Labels.Match(row.Keys, at) is not { } match)
            return null;

        int last = at + match.WordCount - 1;

        // "MRN #", "Acct. No." and "DOB -" go on with a sign.
        while (last + 1 < row.Tokens.Length && row.Tokens[last + 1].Cell == row.Tokens[last].Cell
            && row.Tokens[last + 1].Text is "#" or "-" or "–" or "No")
            last++;

        bool startsCell = row.StartsCell(at), endsCell = row.EndsCell(last);
        bool hasColon = row.Tokens[last].HasColon || row.Tokens[at..last].Any(token => token.HasColon);
        bool isWholeCell = startsCell && endsCell && (hasColon || !LooksLikeHeading(row, at, last));
        bool isBare = match.Meaning.IsBare && !endsCell && (
            row.Tokens[last + 1].HasDigit || row.Tokens[last + 1].IsRemoved || match.Meaning.Kind == ValueKind.Sex)
            && (startsCell || at == 0 || row.Tokens[at - 1].HasComma || row.Tokens[at - 1].IsRemoved || row.Tokens[at - 1].HasDigit);
        return hasColon || isWholeCell || isBare ? new Label(match.Meaning, last, match.IsExact, isWholeCell) : null;
    }

    // A cell in lower case is a word of a sentence that was cut by a gap.
    private static bool LooksLikeHeading(ChartRow row, int first, int last) => first == last && char.IsLower(row.Tokens[first].Text[0]);
}
