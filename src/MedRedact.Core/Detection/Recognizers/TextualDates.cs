namespace MedRedact.Detection;

/// <summary>Dates with a month's name, or told by weekday and season.</summary>
internal static class TextualDates
{
    /// <summary>Reads a date that begins at a word or number; returns the token after it, or the same token.</summary>
    public static int Read(in TextScan scan, int i, HitList hits)
    {
        if (scan.Tokens[i].IsNumber)
            return DayFirst(scan, i, i, hits);
        ref readonly WordInfo info = ref scan.Info(i);
        if (info.Is(Role.Month) && (DateParts.IsMonth(scan, i) || DateWords.IsMonthOfYear(scan, i) || DateWords.IsCuedMonth(scan, i)))
            return MonthFirst(scan, i, hits);
        if (info.Is(Role.Ordinal | Role.NumberWord))
            return InWords(scan, i, hits);
        if (info.Is(Role.Relative) && scan.SameLine(i, i + 1) && (scan.Is(i + 1, Role.Weekday) || (scan.Is(i + 1, Role.Month) && DateParts.IsMonth(scan, i + 1))
) && scan.Tokens[i + 1].Length > 2 && !scan.Equals(i, "every") && !scan.Equals(i, "since"))
        {
            int end = DateParts.OptionalYear(scan, i + 2);
            hits.Add(scan, i, end, PhiKind.PartialDate, Rule.DateRelative, 0.6);
            return end;
        }

        if (info.Is(Role.Season))
        {
            int year = DateParts.OptionalYear(scan, i + 1);
            if (year > i + 1 && !scan.IsSymbol(i + 1, '.') && !scan.IsSymbol(i + 1, '-'))
            {
                hits.Add(scan, i, year, PhiKind.PartialDate, Rule.DatePartial, 0.6);
                return year;
            }
        }

        // "week 23 of 2021", "semana 12 de 2020"
        if ((scan.Equals(i, "week") || scan.Equals(i, "wk") || scan.Equals(i, "semana")) && scan.IsNumber(i + 1) && scan.Value(i + 1) is >= 1 and <= 53 && DateParts.OptionalYear(scan, i + 2) is var week && week > i + 2
            && !scan.IsSymbol(i + 2, '.') && !scan.IsSymbol(i + 2, '/'))
        {
            hits.Add(scan, i, week, PhiKind.PartialDate, Rule.DatePartial, 0.6);
            return week;
        }

        // Q3 2023
        if (scan.Tokens[i].First is 'Q' or 'q' && scan.Tokens[i].Length == 1 && scan.IsNumber(i + 1) && scan.IsGlued(i + 1) && scan.Value(i + 1) is >= 1 and <= 4
            && DateParts.IsYear(scan, i + 2))
        {
            hits.Add(scan, i, i + 3, PhiKind.PartialDate, Rule.DatePartial, 0.6);
            return i + 3;
        }

        return i;
    }

    /// <summary>March 3, 2024; Jan 20th '23; March 3-5; January 2022; "in July".</summary>
    private static int MonthFirst(in TextScan scan, int i, HitList hits)
    {
        int start = i > 1 && Weekday(scan, i) is var weekday and >= 0 ? weekday : i;
        int day = i + 1;
        if (scan.IsSymbol(day, '.') || scan.IsSymbol(day, '-'))
            day++;
        if (scan.Equals(day, "the"))
            day++;
        if (DateParts.IsDay(scan, day) && scan.SameLine(day, i) && !scan.IsSymbol(day + 1, ':') && !IsDecimal(scan, day))
        {
            int end = AfterDay(scan, day);
            while ((scan.IsSymbol(end, '-') || scan.IsSymbol(end, '/') || scan.Equals(end, "and") || scan.Equals(end, "to") || scan.IsSymbol(end, '&') || scan.Equals(end, "through"))
                && DateParts.IsDay(scan, end + 1) && scan.SameLine(end + 1, i) && end - i < 12)
                end = AfterDay(scan, end + 1);
            int year = DateParts.OptionalYear(scan, end);
            if (year == end && (scan.IsSymbol(end, '-') || scan.IsSymbol(end, '/')) && scan.IsNumber(end + 1) && scan.Tokens[end + 1].Length is 2 or 4)
                year = end + 2;
            bool weak = scan.Is(day + 1, Role.Unit) && !scan.Equals(day + 1, "in") && year == end && !scan.Is(day + 1, Role.OrdinalMark);
            if (!weak)
            {
                end = DateParts.WithTime(scan, year);
                hits.Add(scan, start, end, PhiKind.Date, Rule.DateTextual, year > day + 1 ? 0.97 : 0.85);
                return end;
            }
        }
        else if (scan.Is(day, Role.Ordinal) && scan.SameLine(day, i))
        {
            int end = day + 1;
            if (scan.IsSymbol(end, '-') && scan.Is(end + 1, Role.Ordinal))
                end += 2;
            end = DateWords.Year(scan, DateParts.OptionalYear(scan, end));
            hits.Add(scan, start, end, PhiKind.Date, Rule.DateWords, 0.8);
            return end;
        }
        else if (scan.Is(day, Role.NumberWord) && DateWords.Year(scan, day) > day + 1)
        {
            int end = DateWords.Year(scan, day);
            hits.Add(scan, start, end, PhiKind.Date, Rule.DateWords, 0.8);
            return end;
        }

        int after = DateParts.OptionalYear(scan, i + 1);
        if (after > i + 1)
        {
            hits.Add(scan, Math.Min(DateWords.FirstOfRange(scan, i), DateWords.WithDamagedDay(scan, i)), after, PhiKind.Date, Rule.DateTextual, 0.9);
            return after;
        }

        if (DateWords.IsCuedMonth(scan, i))
        {
            hits.Add(scan, i, i + 1, PhiKind.PartialDate, Rule.DatePartial, 0.6);
            return i + 1;
        }

        bool isCued = DateParts.Cue(scan, i) >= 0 || scan.Is(i - 1, Role.Relative) || scan.Equals(i - 1, "of") || scan.Equals(i - 1, "early") || scan.Equals(i - 1, "late") || scan.Equals(i - 1, "mid");
        bool isPlain = scan.Tokens[i].Length > 3 && !scan.Is(i, Role.MayMonth);
        if (scan.Tokens[i].IsCapitalized && (isCued || isPlain) && scan.Tokens[i].Length > 3 && (scan.Case == CaseStyle.Mixed || isPlain) && !scan.Tokens[i].IsPossessive)
        {
            hits.Add(scan, i, i + 1, PhiKind.PartialDate, Rule.DatePartial, isCued ? 0.6 : 0.45);
            return i + 1;
        }

        return i;
    }

    private static bool IsDecimal(in TextScan scan, int day) => scan.IsSymbol(day + 1, '.') && scan.IsGlued(day + 1) && scan.IsNumber(day + 2) && scan.IsGlued(day + 2);

    /// <summary>15th of January 2022; 15 de enero de 2022; 15 ago. 2025; the 14th of March; "12 to 15 March 2022".</summary>
    private static int DayFirst(in TextScan scan, int first, int i, HitList hits)
    {
        if (!DateParts.IsDay(scan, i) || (scan.Tokens[i].IsGlued && i > 0 && scan.Tokens[i - 1].Kind != TokenKind.Symbol))
            return first;
        int month = AfterDay(scan, i);
        if ((scan.IsSymbol(month, '-') || scan.Equals(month, "to") || scan.Equals(month, "and") || scan.Equals(month, "al") || scan.Equals(month, "y")) && DateParts.IsDay(scan, month + 1))
            month = AfterDay(scan, month + 1);
        if (scan.Equals(month, "day"))
            month++;
        if (scan.Equals(month, "of") || scan.Equals(month, "de"))
            month++;
        if (scan.IsSymbol(month, '-') || scan.IsSymbol(month, ','))
            month++;
        if (!scan.Is(month, Role.Month) || !scan.SameLine(month, i) || (!DateParts.IsMonth(scan, month) && month == i + 1 && DateParts.OptionalYear(scan, month + 1) == month + 1))
            return first;
        int end = month + 1;
        if (scan.IsSymbol(end, '.'))
            end++;
        int year = DateParts.OptionalYear(scan, end);
        if (year == end && scan.IsNumber(end) && scan.Tokens[end].Length == 2 && scan.SameLine(end, i) && end == month + 1)
            year = end + 1;
        if (year == end && (scan.Equals(end, "del") || scan.Equals(end, "de")) && scan.IsNumber(end + 1) && scan.Tokens[end + 1].Length == 2 && scan.SameLine(end + 1, i))
            year = end + 2;
        if (year == end && end == month + 2)
            year = end = month + 1;
        end = DateParts.WithTime(scan, year);
        hits.Add(scan, first, end, PhiKind.Date, Rule.DateTextual, 0.95);
        return end;
    }

    /// <summary>"the fourteenth of March", "March third, twenty twenty-four".</summary>
    private static int InWords(in TextScan scan, int i, HitList hits)
    {
        int month = i + 1;
        if ((scan.IsSymbol(month, '-') || scan.Equals(month, "y")) && scan.Is(month + 1, Role.Ordinal | Role.NumberWord))
            month += 2;
        if (scan.Equals(month, "of") || scan.Equals(month, "de"))
            month++;
        else if (!scan.Is(i, Role.Ordinal))
            return i;
        if (!scan.Is(month, Role.Month) || !DateParts.IsMonth(scan, month) || !scan.SameLine(month, i))
            return i;
        int end = DateWords.Year(scan, DateParts.OptionalYear(scan, month + 1));
        hits.Add(scan, i, end, PhiKind.Date, Rule.DateWords, 0.8);
        return end;
    }

    private static int AfterDay(in TextScan scan, int day) =>
        scan.IsGlued(day + 1) && scan.Is(day + 1, Role.OrdinalMark) ? day + 2 : scan.IsGlued(day + 1) && scan.IsOrdinalSign(day + 1) ? day + 2 : day + 1;

    private static int Weekday(in TextScan scan, int i)
    {
        int weekday = scan.IsSymbol(i - 1, ',') || scan.IsSymbol(i - 1, '.') ? i - 2 : i - 1;
        return scan.Is(weekday, Role.Weekday) && scan.SameLine(weekday, i) ? weekday : -1;
    }
}
