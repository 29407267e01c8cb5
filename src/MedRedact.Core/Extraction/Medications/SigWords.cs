using System.Collections.Frozen;
using MedRedact.Wording;

namespace MedRedact.Extraction;

/// <summary>The words of a prescription line.</summary>
internal enum SigPart
{
    Form,
    Route,
    Frequency,
    Prn,
    Quantity,
    Refills,
    NoRefills,
    Duration,
    Start,
}

/// <summary>The grammar of what may follow a drug's name, in English and Spanish.</summary>
internal static class SigWords
{
    private static readonly FrozenSet<string> StrengthUnits = Words(
        "mg", "mcg", "µg", "μg", "ug", "g", "gm", "gram", "grams", "meq", "units", "unit", "u", "iu", "ml", "cc", "%", "mg/ml", "mcg/ml", "mg/5ml", "g/ml", "units/ml", "mcg/hr", "mcg/h", "mg/hr", "mg/h",
        "mcg/act", "mcg/actuation", "mg/actuation", "mcg/puff", "mg/kg", "mcg/kg", "mcg/kg/min", "mmol", "mg/24hr", "unidades");

    public static PhraseBook<SigPart> Book { get; } = new(
    [
        .. Of(SigPart.Form, "tablet", "tablets", "tab", "tabs", "capsule", "capsules", "cap", "caps", "solution", "suspension", "susp",
            "syrup", "elixir", "cream", "ointment", "gel", "lotion", "patch",
            "patches", "inhaler", "spray", "sprays", "drop", "drops", "gtt", "gtts", "suppository", "injection", "vial", "pen", "puff", "puffs", "lozenge", "powder", "packet", "chewable tablet",
            "er tablet", "xr tablet", "delayed release capsule", "extended release tablet", "tableta", "tabletas", "cápsula", "cápsulas", "comprimido", "comprimidos", "jarabe", "gotas", "parche"),
        .. Of(SigPart.Route, "po", "by mouth", "per os", "orally", "oral", "iv", "intravenous", "intravenously", "ivpb", "iv push", "im",
            "intramuscular", "intramuscularly", "sc", "sq", "subq", "sub-q", "subcut",
            "subcutaneous", "subcutaneously", "sl", "sublingual", "under the tongue", "pr", "rectal", "rectally", "topical", "topically", "transdermal", "td", "inhaled", "inh", "inhalation", "via inhaler",
            "nebulized", "neb", "nebulizer", "via nebulizer", "nasal", "nasally", "intranasal", "ophthalmic", "ou", "os", "od", "otic", "vaginal", "ng", "via ng tube", "per g tube", "vo", "vía oral", "por vía oral",
            "por boca", "intravenosa", "subcutánea", "intramuscular"),
        .. Of(SigPart.Frequency, "daily", "once daily", "qd", "q.d.", "q day", "every day", "once a day", "each day", "per day", "bid",
            "b.i.d.", "twice daily", "twice a day", "two times daily", "two times a day", "tid", "t.i.d.",
            "three times daily", "three times a day", "qid", "q.i.d.", "four times daily", "four times a day", "qhs", "hs", "at bedtime", "nightly", "every night", "at night", "qam", "q am", "every morning", "in the morning", "qpm",
            "q pm", "every evening", "in the evening", "weekly", "once weekly", "once a week", "every week", "monthly", "once monthly", "every other day", "qod", "stat", "once", "one time", "now", "ac", "pc", "with meals",
            "before meals", "after meals", "with breakfast", "with food", "continuous", "diario", "diariamente", "una vez al día", "dos veces al día", "tres veces al día", "cada día", "cada noche", "al acostarse",
            "before breakfast", "ac and hs", "daily with breakfast", "daily at bedtime"),
        .. Of(SigPart.Prn, "prn", "as needed", "si es necesario", "según necesidad"),
        .. Of(SigPart.Quantity, "disp", "dispense", "qty", "quantity", "cantidad", "surtir"),
        .. Of(SigPart.Refills, "refills", "refill", "rf", "resurtidos"),
        .. Of(SigPart.NoRefills, "no refills", "zero refills", "sin resurtidos"),
        .. Of(SigPart.Duration, "x", "for", "por", "durante"),
        .. Of(SigPart.Start, "sig", "take", "give", "inject", "apply", "inhale", "use", "instill", "place", "directions", "tomar", "tome",
            "aplicar", "indicaciones"),
    ]);

    public static bool IsStrengthUnit(Token token) => StrengthUnits.Contains(token.Text);

    /// <summary>One number, or several parted by dashes or slashes: <c>5</c>, <c>500-125</c>, <c>5/325</c>, <c>0.5</c>, <c>1,000</c>.</summary>
    public static bool IsAmount(Token token) => token.Text.Length > 0 && char.IsAsciiDigit(token.Text[0])
        && token.Text.All(c => char.IsAsciiDigit(c) || c is '.' or ',' or '-' or '/' or '–');

    /// <summary>A small number, also as a word.</summary>
    public static bool IsCount(Token token) => (IsAmount(token) && token.Text.Length <= 5)
        || token.IsAny("one", "two", "three", "four", "half", "one-half", "una", "un", "dos", "tres", "½");

    /// <summary><c>q6h</c>, <c>q4-6h</c>, <c>q12hr</c>, <c>q8</c>, <c>q3days</c>.</summary>
    public static bool IsEveryCode(Token token)
    {
        string text = token.Text;
        if (text.Length < 2 || text[0] is not ('q' or 'Q' or 'g' or '9') || !(char.IsAsciiDigit(text[1]) || text[1] is 'G' or 'B' or 'l'))
            return false;

        string rest = text[2..].TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '-', '–');
        return (rest.Length > 0 || text[0] is 'q' or 'Q') && rest.ToUpperInvariant() is "" or "H" or "HR" or "HRS" or "HOURS" or "D" or "DAYS" or "MIN" or "W" or "WK";
    }

    public static bool IsTimeUnit(Token token) => token.IsAny(
        "h", "hr", "hrs", "hour", "hours", "hourly", "day", "days", "week", "weeks", "wk", "month", "months", "min", "minutes", "hora", "horas", "día", "dias", "días", "semana", "semanas");

    private static IEnumerable<(string, SigPart)> Of(SigPart part, params string[] phrases) => phrases.Select(phrase => (phrase, part));

    private static FrozenSet<string> Words(params string[] words) => words.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
