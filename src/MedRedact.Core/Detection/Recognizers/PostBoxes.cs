namespace MedRedact.Detection;

/// <summary>Boxes of post offices and of bases abroad: "P.O. Box 149", "PSC 0413, Box 8144", "Unit 4719 Box 7394", "Apartado de Correos 20134", "Postfach 12 34".</summary>
internal static class PostBoxes
{
    /// <summary>Reads a box that begins at a word; returns the token after it, or the same token.</summary>
    public static int Read(in TextScan scan, int i)
    {
        int j = i;
        switch (scan.Tokens[i].First)
        {
            case 'P' or 'p' when scan.Equals(i, "po"):
                j = PastPoint(scan, i + 1);
                break;

            // On a worn page a point is a comma, or nothing.
            case 'P' or 'p' when scan.Equals(i, "p") && PastPoint(scan, i + 1) is var o && (scan.Equals(o, "o") || (scan.IsNumber(o) && scan.Slice(o) is "0")):
                j = PastPoint(scan, o + 1);
                break;
            case 'P' or 'p' when scan.Equals(i, "postbox") || scan.Equals(i, "postfach") || scan.Equals(i, "postbus") || scan.Equals(i, "postboks"):
                return Number(scan, i, i + 1);
            case 'P' or 'p' or 'U' or 'u' or 'C' when (scan.Equals(i, "psc") || scan.Equals(i, "unit") || scan.Equals(i, "cmr")) && scan.IsNumber(i + 1):
                j = scan.IsSymbol(i + 2, ',') ? i + 3 : i + 2;
                break;
            case 'A' or 'a' when scan.Equals(i, "apartado"):
                j = scan.Equals(i + 1, "de") ? i + 2 : i + 1;
                j = scan.Equals(j, "correos") || scan.Equals(j, "postal") || scan.Equals(j, "aereo") ? j + 1 : j;
                return j > i + 1 || scan.Tokens[i].IsCapitalized ? Number(scan, i, j) : i;
            case 'C' or 'c' when scan.Equals(i, "casilla") && scan.Tokens[i].IsCapitalized:
                return Number(scan, i, scan.Equals(i + 1, "postal") ? i + 2 : i + 1);
        }

        return j > i && scan.Equals(j, "box") && scan.SameLine(j, i) ? Number(scan, i, j + 1) : i;
    }

    private static int PastPoint(in TextScan scan, int i) => scan.IsSymbol(i, '.') || scan.IsSymbol(i, ',') ? i + 1 : i;

    private static int Number(in TextScan scan, int first, int token)
    {
        if (scan.IsSymbol(token, '#') || scan.IsSymbol(token, '.') || scan.IsSymbol(token, ':'))
            token++;
        if (!scan.IsNumber(token) || !scan.SameLine(token, first))
            return first;

        // "Postfach 12 34"; what is long enough for a postal code begins the next part.
        return scan.IsNumber(token + 1) && scan.Tokens[token].Length <= 2 && scan.Tokens[token + 1].Length <= 2 && scan.SameLine(token + 1, token) ? token + 2 : token + 1;
    }
}
