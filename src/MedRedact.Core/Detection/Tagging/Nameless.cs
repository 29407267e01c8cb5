namespace MedRedact.Detection;

/// <summary>Words with a capital that name nobody and no place, whatever the tagger takes them for.</summary>
internal static class Nameless
{
    private const int LongestPlaceholder = 6;

    /// <summary>Short capitals are a test or a disease more often than a firm.</summary>
    private const float SureOfAcronym = 0.8f;

    /// <summary>Abbreviations, placeholders, medicines, tobacco, diets, adjectives of a country or direction, and a body of which there are many or which employs a nation.</summary>
    public static bool Is(in TextScan scan, EntityKind kind, float share, int first, int end)
    {
        if (kind is EntityKind.Organization or EntityKind.Facility or EntityKind.Region && IsGeneric(scan, first, end))
            return true;
        if (kind is EntityKind.Organization or EntityKind.Facility && end - first > 1 && IsAllSmall(scan, first, end))
            return true;
        if (kind is EntityKind.Organization or EntityKind.Facility && (IsDepartment(scan, first, end) || IsRestOfDepartment(scan, first, end)))
            return true;
        if (kind == EntityKind.Organization && IsJob(scan, first, end))
            return true;
        if (kind is EntityKind.Place or EntityKind.Region or EntityKind.Organization or EntityKind.Facility && end - first == 1 && IsDiet(scan, end))
            return true;
        if (kind is EntityKind.Name && end - first == 1 && IsHardware(scan, end))
            return true;
        return (end - first) switch
        {
            1 => IsAbbreviation(scan, first) || (kind == EntityKind.Organization && share < SureOfAcronym && scan.Tokens[first] is { IsAllCaps: true, Length: <= 4 } && scan.Case == CaseStyle.Mixed) || IsPlaceholder(scan, first) || Suppressors.IsTobacco(scan, first) || IsOrdinary(scan, first) || IsSmall(scan, kind, first),
            2 => kind == EntityKind.Facility && scan.Tokens[first].IsPossessive && (scan.Info(first).Class & WordClass.Common) != 0 && scan.Is(first + 1, Role.Facility),
            _ => false,
        };
    }

    /// <summary>"Department of Pathology and Artificial Science": what follows "and" is a field too, where its words are ordinary ones and none says what kind of house it is.</summary>
    private static bool IsRestOfDepartment(in TextScan scan, int first, int end)
    {
        if (!scan.Equals(first - 1, "and") && !scan.IsSymbol(first - 1, '&'))
            return false;
        return AreOrdinary(scan, first, end) && (EndsDepartment(scan, first - 2) || (scan.Tokens[first - 1].IsFirstOnLine && first > 1 && EndsDepartment(scan, EndOfFirstColumn(scan, first - 2))));
    }

    /// <summary>"Department of Pathology": which one, only the house says.</summary>
    private static bool IsDepartment(in TextScan scan, int first, int end) =>
        end - first > 2 && scan.Equals(first + 1, "of") && IsDepartmentWord(scan, first) && AreOrdinary(scan, first + 2, end);

    private static bool AreOrdinary(in TextScan scan, int first, int end)
    {
        for (int i = first; i < end; i++)
        {
            if (!scan.IsWord(i) || (scan.Info(i).Class & (WordClass.Common | WordClass.Dictionary | WordClass.Clinical)) == 0 || scan.Is(i, Role.Facility))
                return false;
        }

        return true;
    }

    private static bool IsDepartmentWord(in TextScan scan, int token) =>
        scan.Equals(token, "department") || scan.Equals(token, "departments") || scan.Equals(token, "dept") || scan.Equals(token, "division") || scan.Equals(token, "section");

    /// <summary>"Department of Pathology", with its last word.</summary>
    private static bool EndsDepartment(in TextScan scan, int last)
    {
        int of = last;
        while (of > last - 5 && scan.IsWord(of) && !scan.Equals(of, "of"))
            of--;
        return of < last && scan.Equals(of, "of") && IsDepartmentWord(scan, of - 1);
    }

    /// <summary>A letterhead in two columns, read across: the address stands between the halves of a department's name. The last token of the line's first column.</summary>
    private static int EndOfFirstColumn(in TextScan scan, int last)
    {
        int first = last;
        while (first > 0 && !scan.Tokens[first].IsFirstOnLine)
            first--;
        int end = first;
        while (end < last && scan.IsWord(end + 1) && !scan.Tokens[end + 1].IsAfterGap)
            end++;
        return end;
    }

    /// <summary>"Insurance Agent", "Billing Coordinator": what somebody does, in ordinary words.</summary>
    private static bool IsJob(in TextScan scan, int first, int end)
    {
        int last = end - 1;
        if (!(scan.Equals(last, "agent") || scan.Equals(last, "coordinator") || scan.Equals(last, "manager") || scan.Equals(last, "clerk") || scan.Equals(last, "representative")
            || scan.Equals(last, "technician") || scan.Equals(last, "technologist") || scan.Equals(last, "secretary") || scan.Equals(last, "receptionist") || scan.Equals(last, "supervisor")))
            return false;
        for (int i = first; i < last; i++)
        {
            if (!scan.IsWord(i) || (scan.Info(i).Class & (WordClass.Common | WordClass.Dictionary | WordClass.Clinical)) == 0 || scan.Info(i).Surname >= 7)
                return false;
        }

        return true;
    }

    /// <summary>"Mediterranean diet": the word stands in the same column and is no label.</summary>
    private static bool IsDiet(in TextScan scan, int token) =>
        scan.SameLine(token, token - 1) && !scan.Tokens[token].IsAfterGap && !scan.IsSymbol(token + 1, ':') && (scan.Equals(token, "diet") || scan.Equals(token, "diets"));

    /// <summary>"Steel plate", "Richards screws": what is put into bones bears the name of a metal or a maker.</summary>
    private static bool IsHardware(in TextScan scan, int token) =>
        scan.SameLine(token, token - 1) && scan.IsWord(token) && !scan.Tokens[token].IsCapitalized
        && (scan.Equals(token, "plate") || scan.Equals(token, "plates") || scan.Equals(token, "screw") || scan.Equals(token, "screws") || scan.Equals(token, "rod") || scan.Equals(token, "rods")
            || scan.Equals(token, "wire") || scan.Equals(token, "wires") || scan.Equals(token, "nail") || scan.Equals(token, "mesh"));

    /// <summary>"XYZ", "ABCD", "XXX": letters in a row, or one letter again and again.</summary>
    public static bool IsPlaceholder(in TextScan scan, int token)
    {
        ReadOnlySpan<char> word = scan.Slice(token);
        if (word.Length is < 3 or > LongestPlaceholder || !scan.Tokens[token].IsAllCaps)
            return false;
        int step = word[1] - word[0];
        if (step is not (0 or 1))
            return false;
        for (int i = 1; i < word.Length; i++)
        {
            if (word[i] - word[i - 1] != step)
                return false;
        }

        return true;
    }

    /// <summary>"the Army", "the Fire Department", "the Emergency Room": each of the words alone says what kind, and none says which.</summary>
    public static bool IsGeneric(in TextScan scan, int first, int end)
    {
        bool any = false;
        for (int i = first; i < end; i++)
        {
            if (scan.Is(i, Role.GenericBody))
                any = true;
            else if (!(scan.Equals(i, "the") || scan.Equals(i, "of") || scan.Equals(i, "and") || scan.Equals(i, "us") || scan.Equals(i, "u") || scan.Equals(i, "s") || scan.IsSymbol(i, '.')))
                return false;
        }

        return any;
    }

    /// <summary>A medicine, or an adjective such as "Russian" or "Eastern", that nobody to speak of is called.</summary>
    private static bool IsOrdinary(in TextScan scan, int token) =>
        scan.Is(token, Role.Drug | Role.PlaceAdjective) && scan.Info(token) is { Given: < 5, Surname: < 7 } && !scan.Is(token - 1, Role.Title) && !scan.IsSymbol(token - 1, '.');

    /// <summary>"in sales", "its mission": an ordinary word without a capital, where the text has capitals.</summary>
    private static bool IsSmall(in TextScan scan, EntityKind kind, int token) =>
        scan.Case == CaseStyle.Mixed && scan.IsWord(token) && !scan.Tokens[token].IsCapitalized && kind is EntityKind.Place or EntityKind.Region or EntityKind.Organization or EntityKind.Facility
        && (scan.Info(token).Class & (WordClass.Common | WordClass.Clinical)) != 0;

    /// <summary>"a cardboard shop": ordinary words without a capital, where the text has capitals.</summary>
    private static bool IsAllSmall(in TextScan scan, int first, int end)
    {
        for (int i = first; i < end; i++)
        {
            if (scan.Case != CaseStyle.Mixed || !scan.IsWord(i) || scan.Tokens[i].IsCapitalized || (scan.Info(i).Class & (WordClass.Common | WordClass.Clinical)) == 0)
                return false;
        }

        return true;
    }

    /// <summary>"ADLs", "UTIs", "OU": capitals that stand for a term, where the text has small letters too.</summary>
    private static bool IsAbbreviation(in TextScan scan, int token)
    {
        ReadOnlySpan<char> word = scan.Slice(token);
        bool isPlural = word is [.., 's'] && word.Length >= 3 && !word[..^1].ContainsAnyExceptInRange('A', 'Z');
        bool isShort = word.Length <= 2 && !word.ContainsAnyExceptInRange('A', 'Z');
        bool isTerm = scan.Tokens[token].IsAllCaps && scan.Is(token, Role.Abbreviation);
        return scan.Case == CaseStyle.Mixed && (isPlural || isShort || isTerm);
    }
}
