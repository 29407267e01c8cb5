namespace MedRedact.Detection;

/// <summary>Streets whose kind stands before their name, as in Spanish, Italian, Portuguese, French and Polish: "Calle Mayor, 23, 1D", "ul. Długa 5".</summary>
internal static class PrefixedStreets
{
    /// <summary>"Calle Carmen Romero, 23, 1D"; "C/ Manuel Silvela nº 2, 6º A"; "Avda. de la Paz s/n".</summary>
    public static int Read(in TextScan scan, int i)
    {
        int j = i + 1;
        bool marked = false;
        while (scan.IsSymbol(j, '.') || scan.IsSymbol(j, '/'))
        {
            marked = true;
            j++;
        }

        if (scan.Tokens[i].Length <= 2 && !(marked && (scan.Tokens[i].Length == 2 || scan.IsSymbol(i + 1, '/'))))
            return i;
        // "via" and "plaza" in small letters are ordinary words.
        if (!scan.Tokens[i].IsCapitalized && (scan.Tokens[i].Length < 3 && !scan.Equals(i, "ul") && !marked || scan.Equals(i, "via") || scan.Equals(i, "local") || scan.Case == CaseStyle.Upper))
            return i;
        int words = 0;
        while (j < scan.Count && scan.SameLine(j, i) && words < 7)
        {
            if (scan.IsWord(j) && (scan.Tokens[j].IsCapitalized || scan.Is(j, Role.Particle) || scan.Equals(j, "do") || (marked && words == 0)) && scan.Tokens[j].Length > 1)
                words++;
            else if (scan.IsNumber(j) && words == 0 && scan.Tokens[j].Length <= 3)
                words++;
            else if (words > 0 && scan.Equals(j, "y") && scan.IsWord(j + 1) && scan.Tokens[j + 1].IsCapitalized && scan.SameLine(j + 1, j))
                words++;   // "Calle Ramón y Cajal"
            else if (!scan.IsSymbol(j, '-') && !scan.IsOrdinalSign(j) && !(scan.IsSymbol(j, '.') && scan.IsGlued(j) && scan.Tokens[j - 1].Length <= 4))
                break;
            j++;
        }

        if (words == 0)
            return i;
        int house = HouseNumber(scan, j);
        if (!scan.Tokens[i].IsCapitalized && house == j)
            return i;
        bool certain = house > j || (marked && scan.Is(i, Role.StreetPrefix) && words > 0);
        if (!certain && scan.Tokens[i].Length < 5)
            return i;
        if (house == j && !certain && scan.IsWord(i + 1) && (scan.Info(i + 1).Class & (WordClass.Common | WordClass.Clinical)) != 0 && !scan.Is(i + 1, Role.Particle))
            return i;
        return house > j || certain ? Math.Max(j, house) : scan.Equals(i, "calle") || scan.Equals(i, "avenida") || scan.Equals(i, "paseo") || scan.Equals(i, "plaza") ? j : i;
    }

    /// <summary>", 23, 1º D", "nº 2 - 6", "s/n".</summary>
    private static int HouseNumber(in TextScan scan, int j)
    {
        int end = j;
        int i = j;
        for (int parts = 0; parts < 8 && i < scan.Count && scan.SameLine(i, j - 1); parts++)
        {
            int start = i;
            while (i < scan.Count && (scan.IsSymbol(i, ',') || scan.IsSymbol(i, '-') || scan.IsOrdinalSign(i) || (scan.IsSymbol(i, '.') && scan.IsGlued(i + 1)) || scan.IsSymbol(i, '/') || IsBreak(scan, i)) && i - start < 3)
                i++;
            if (scan.Equals(i, "n") || scan.Equals(i, "no") || scan.Equals(i, "num") || scan.Equals(i, "nº"))
            {
                i++;
                while (scan.IsOrdinalSign(i) || scan.IsSymbol(i, '.'))
                    i++;
            }

            if (scan.Equals(i, "s") && scan.IsSymbol(i + 1, '/') && scan.Equals(i + 2, "n"))
                i += 3;
            else if (scan.Equals(i, "sn") || (end > j && scan.IsGlued(i) && scan.Tokens[i].Length == 1 && scan.Tokens[i].First is 'o' or 'a'))
                i++;
            else if (scan.Equals(i, "km") && scan.IsNumber(i + 1))
                i += scan.IsGlued(i + 3) && scan.IsNumber(i + 3) ? 4 : 2;
            else if (end > j && Crossing(scan, i) is var crossing && crossing > i)
                i = crossing;
            else if (scan.IsNumber(i) && scan.Tokens[i].Length <= 4 && scan.SameLine(i, j - 1))
                i++;
            else if (end > j && scan.IsWord(i) && scan.SameLine(i, j - 1) && (scan.Is(i, Role.Dwelling) || (scan.Tokens[i].Length == 1 && scan.Tokens[i].IsCapitalized)))
                i++;
            else
                break;
            end = i;
        }

        while (end > j && scan.IsOrdinalSign(end))
            end++;
        return end;
    }

    /// <summary>"Calle La Ventilla. 98": a full stop before a number that counts nothing.</summary>
    private static bool IsBreak(in TextScan scan, int i) =>
        scan.IsSymbol(i, '.') && scan.IsNumber(i + 1) && scan.SameLine(i + 1, i) && scan.Tokens[i + 1].Length <= 3 && !scan.Is(i + 2, Role.Unit | Role.AgeUnit | Role.Month) && !scan.Equals(i + 2, "de");

    /// <summary>"e/ 12 y 14", "esquina San Eloy": the streets on either side; the token after them, or the same token.</summary>
    private static int Crossing(in TextScan scan, int i)
    {
        bool between = (scan.Equals(i, "e") && scan.IsSymbol(i + 1, '/')) || scan.Equals(i, "entre");
        if (!between && !scan.Equals(i, "esquina") && !scan.Equals(i, "esq"))
            return i;
        int end = i;
        for (int k = i + 1; k < scan.Count && k - i <= 8 && scan.SameLine(k, i); k++)
        {
            if (scan.IsNumber(k) || (scan.IsWord(k) && scan.Tokens[k].IsCapitalized))
                end = k + 1;
            else if (!scan.IsSymbol(k, '/') && !scan.IsSymbol(k, '.') && !scan.Is(k, Role.Particle))
                break;
        }

        return end;
    }
}
