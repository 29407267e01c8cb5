namespace MedRedact.Detection;

/// <summary>Tells the country that ends an address ("28034 Madrid. (España)") from one that a sentence mentions.</summary>
internal static class AddressCountries
{
    private const int Farthest = 12;

    /// <summary>Adds a hit for each country that follows a street, a postal code or a facility with nothing but capitalized words between.</summary>
    public static void Mark(in TextScan scan, HitList hits)
    {
        HashSet<int>? ends = null;
        foreach (PhraseHit phrase in scan.Phrases)
        {
            if (phrase.Kind != PhraseKind.CountryName || !scan.Tokens[phrase.First].IsCapitalized)
                continue;
            ends ??= Ends(hits);
            if (Follows(scan, phrase.First, ends) || IsBeforeContact(scan, phrase.End))
                hits.Add(scan, phrase.First, phrase.End, PhiKind.AddressCountry, Rule.PlaceContext, 0.8);
        }
    }

    /// <summary>"Valladolid (España) E-mail: …": how to reach somebody goes on.</summary>
    private static bool IsBeforeContact(in TextScan scan, int i)
    {
        int start = i;
        while (i - start < 3 && (scan.IsSymbol(i, ')') || scan.IsSymbol(i, '.') || scan.IsSymbol(i, ',')))
            i++;
        return scan.SameLine(i, start - 1) && (LabelReader.PhraseAt(scan, i).Kind is PhraseKind.Email or PhraseKind.Phone or PhraseKind.Fax) && (scan.IsSymbol(i + 1, ':') || scan.IsSymbol(i + 1, '-') || scan.IsSymbol(i + 3, ':') || scan.IsSymbol(i + 1, '.'));
    }

    private static HashSet<int> Ends(HitList hits)
    {
        var ends = new HashSet<int>();
        for (int i = 0; i < hits.Count; i++)
        {
            if (hits[i].Kind is PhiKind.Street or PhiKind.Zip or PhiKind.Facility)
                ends.Add(hits[i].End);
        }

        return ends;
    }

    private static bool Follows(in TextScan scan, int country, HashSet<int> ends)
    {
        for (int i = country - 1; i >= 0 && country - i <= Farthest && scan.Tokens[country].Line - scan.Tokens[i].Line <= 2; i--)
        {
            ref readonly Token token = ref scan.Tokens[i];
            if (ends.Contains(token.End))
                return true;
            bool goesOn = token.Kind == TokenKind.Symbol ? token.First is ',' or '.' or '(' or ')' or '-' or '/'
                : token.IsNumber || (token.IsCapitalized && !scan.Is(i, Role.NameStop)) || (scan.Is(i, Role.Particle) && !scan.Equals(i, "e") && !scan.Equals(i, "y"));
            if (!goesOn)
                return false;
        }

        return false;
    }
}
