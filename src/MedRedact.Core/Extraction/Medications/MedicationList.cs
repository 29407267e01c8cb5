using System.Collections.Immutable;

namespace MedRedact.Extraction;

/// <summary>Medicines: a known name, or an unknown one with a strength, and the prescription that follows it on its row and on rows that go on with it.</summary>
internal static class MedicationList
{
    public static void Read(ChartPage page, ImmutableArray<Section> sections, FieldList fields)
    {
        Sig? open = null;
        double openBottom = 0;
        foreach (ChartRow row in page.Rows)
        {
            int at = 0;
            if (open is not null && row.Top - openBottom < 2.5 * page.WordHeight && GoesOn(row))
            {
                at = open.ReadOn(row, 0);
                openBottom = row.Bottom;
            }
            else
            {
                Close(open, fields);
                open = null;
            }

            for (; at < row.Tokens.Length; at++)
            {
                if (NameAt(row, at, sections) is not { } name)
                    continue;

                Close(open, fields);
                open = new Sig();
                open.Keep(Sig.Drug, row, at, name.Last);
                (at, openBottom) = (open.ReadOn(row, name.Last + 1) - 1, row.Bottom);
                if (!name.IsKnown && !open.Has(Sig.Strength))
                    open = null;
            }
        }

        Close(open, fields);
    }

    private static void Close(Sig? sig, FieldList fields)
    {
        if (sig is not { HasDetail: true })
            return;

        // A name and a strength alone may be a plan or a memory; with a route or frequency it is an order.
        double sure = sig.Has(Sig.Frequency) || sig.Has(Sig.Route) || sig.Has(Sig.Quantity) ? 0.95 : 0.75;
        fields.Add(ChartFieldNames.Medication, sig.Whole, sure * sig.Confidence, [.. sig.Parts]);
    }

    private static (int Last, bool IsKnown)? NameAt(ChartRow row, int at, ImmutableArray<Section> sections)
    {
        Token token = row.Tokens[at];
        string section = Sections.At(sections, token.Span);
        if (token.Opens)
            return null;

        // An allergy has no strength.
        if (ChartLexicon.Drugs.Match(row.Keys, at) is { WordCount: var count })
            return IsOrdered(row, at, at + count - 1) && (section != "allergies" || IsStrengthAt(row, at + count)) ? (at + count - 1, true) : null;

        // In a list of medicines the words before a strength are a name, known or not.
        if (section != "medications" || !(at == 0 || row.StartsCell(at) || IsBullet(row.Tokens[at - 1])) || IsBullet(token)
            || token.HasDigit || token.HasColon)
            return null;

        int last = at;
        while (last + 2 < row.Tokens.Length && last - at < 3 && !row.Tokens[last + 1].HasDigit && !row.Tokens[last].HasComma)
            last++;

        return IsStrengthAt(row, last + 1) ? (last, false) : null;
    }

    private static bool IsStrengthAt(ChartRow row, int at) =>
        at + 1 < row.Tokens.Length && SigWords.IsAmount(row.Tokens[at]) && SigWords.IsStrengthUnit(row.Tokens[at + 1]);

    // "Potassium 4.1" and "vancomycin trough 15" are results, "allergic to aspirin" is none of his medicines.
    private static bool IsOrdered(ChartRow row, int first, int last)
    {
        for (int i = Math.Max(0, first - 3); i < first; i++)
        {
            if (row.Tokens[i].IsAny("allergic", "allergy", "allergies", "intolerant", "alergia", "alérgico", "alérgica"))
                return false;
        }

        return last + 1 >= row.Tokens.Length || !LabTokens.IsNumber(row.Tokens[last + 1])
            || (last + 2 < row.Tokens.Length && (SigWords.IsStrengthUnit(row.Tokens[last + 2])
                || SigWords.Book.Match(row.Keys, last + 2) is not null));
    }

    private static bool GoesOn(ChartRow row) =>
        ChartLexicon.Drugs.Match(row.Keys, 0) is null
        && SigWords.Book.Match(row.Keys, 0) is { Meaning: SigPart.Start or SigPart.Quantity or SigPart.Refills or SigPart.NoRefills or SigPart.Frequency or SigPart.Route or SigPart.Prn };

    private static bool IsBullet(Token token) => token.Text is "-" or "–" or "•" or "*"
        || (token.HasDigit && token.Text.Length <= 2 && (token.HasStop || token.Closes));
}
