namespace MedRedact.Detection;

/// <summary>Months by the words beside them, and years in words, in English and Spanish.</summary>
internal static class DateWords
{
    /// <summary>"mayo de 2006", "march 2006": a year makes a month of a word that is an ordinary one in small letters.</summary>
    public static bool IsMonthOfYear(in TextScan scan, int i)
    {
        int year = scan.Equals(i + 1, "de") || scan.Equals(i + 1, "del") || scan.Equals(i + 1, "of") ? i + 2 : i + 1;
        return scan.SameLine(year, i) && DateParts.IsYear(scan, year) && (year > i + 1 || scan.Tokens[i].Length > 2);
    }

    /// <summary>"en abril", "desde marzo", "mes de abril", "a finales de junio": months that Spanish writes small.</summary>
    public static bool IsCuedMonth(in TextScan scan, int i) =>
        scan.Is(i, Role.SmallMonth) && scan.SameLine(i - 1, i) && (scan.Equals(i - 1, "en") || scan.Equals(i - 1, "desde") || scan.Equals(i - 1, "hasta") || scan.Equals(i - 1, "pasado")
            || ((scan.Equals(i - 1, "de") || scan.Equals(i - 1, "del")) && (scan.Equals(i - 2, "mes") || scan.Equals(i - 2, "finales") || scan.Equals(i - 2, "principios") || scan.Equals(i - 2, "mediados") || scan.Equals(i - 2, "inicios"))));

    /// <summary>The day before a month that recognition misread, "l5 March 2020"; the month when none stands there.</summary>
    public static int WithDamagedDay(in TextScan scan, int month)
    {
        int day = month - 2;
        if (day < 0 || !scan.SameLine(day, month) || !scan.IsGlued(month - 1) || scan.IsGlued(day) || scan.IsNumber(day) == scan.IsNumber(month - 1) || scan.Tokens[month - 1].End - scan.Tokens[day].Start != 2)
            return month;
        int letter = scan.IsNumber(day) ? month - 1 : day;
        return scan.Tokens[letter].First is 'l' or 'I' or 'i' or 'O' or 'o' or 'Z' or 'S' or 'B' ? day : month;
    }

    /// <summary>The month before "and", "to" or a hyphen in "febrero y abril de 2002", "Jan-Mar 2023"; the same month when none stands there.</summary>
    public static int FirstOfRange(in TextScan scan, int month)
    {
        bool joined = scan.IsSymbol(month - 1, '-') || scan.IsSymbol(month - 1, '/') || scan.IsSymbol(month - 1, '&') || scan.Equals(month - 1, "y") || scan.Equals(month - 1, "and") || scan.Equals(month - 1, "to")
            || scan.Equals(month - 1, "through") || scan.Equals(month - 1, "a") || scan.Equals(month - 1, "e") || scan.Equals(month - 1, "or") || scan.Equals(month - 1, "o");
        return joined && scan.SameLine(month - 2, month) && scan.Is(month - 2, Role.Month) ? month - 2 : month;
    }

    /// <summary>"nineteen eighty-four", "two thousand six", "dos mil seis"; the token after them, or the same token.</summary>
    public static int Year(in TextScan scan, int token)
    {
        int i = scan.IsSymbol(token, ',') ? token + 1 : token;
        if (scan.Equals(i, "of") || scan.Equals(i, "de") || scan.Equals(i, "del"))
            i++;
        int start = i;

        // "dos mil seis", "mil novecientos ochenta y cuatro"
        if (scan.Equals(i, "mil") || (scan.Equals(i, "dos") && scan.Equals(i + 1, "mil")))
        {
            while (i < scan.Count && i - start < 8 && scan.SameLine(i, start) && (scan.Is(i, Role.NumberWord) || scan.Equals(i, "novecientos") || (scan.Equals(i, "y") && scan.Is(i + 1, Role.NumberWord))))
                i++;
            return i;
        }

        if (!(scan.Equals(i, "nineteen") || scan.Equals(i, "twenty") || (scan.Equals(i, "two") && scan.Equals(i + 1, "thousand"))))
            return token;
        while (i < scan.Count && i - start < 7 && scan.SameLine(i, start)
            && (scan.Is(i, Role.NumberWord) || scan.Equals(i, "thousand") || scan.Equals(i, "and") || scan.IsSymbol(i, '-')))
            i++;
        return i - start >= 2 ? i : token;
    }
}
