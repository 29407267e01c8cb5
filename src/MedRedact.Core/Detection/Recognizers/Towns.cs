namespace MedRedact.Detection;

/// <summary>Towns that the name of a state or country behind them gives away, whatever words they are made of.</summary>
internal static class Towns
{
    /// <summary>"lives in State College, PA" is a town; "John Smith, PA" is somebody.</summary>
    public static bool BeforeCredential(in TextScan scan, int i)
    {
        int first = i;
        while (first > 0 && i - first < 3 && scan.SameLine(first - 1, i) && scan.IsWord(first - 1) && scan.Tokens[first - 1].IsCapitalized)
            first--;
        return AddressTail.IsZip(scan, i + 3) || (scan.SameLine(first - 1, i) && scan.Is(first - 1, Role.Locative | Role.Move) && !scan.Is(first, Role.Title));
    }

    /// <summary>"State College, Pennsylvania", "Munich, Germany": the first word of a town before the name of what it lies in; -1 when it is none.</summary>
    public static int BeforeLarger(in TextScan scan, int i)
    {
        if (scan.Case != CaseStyle.Mixed || !scan.SameLine(i + 2, i) || LabelReader.PhraseAt(scan, i + 2) is not { Kind: PhraseKind.StateName or PhraseKind.CountryName } larger || !scan.Tokens[larger.First].IsCapitalized)
            return -1;
        if (scan.Is(i, Role.NameStop | Role.Month | Role.Weekday | Role.Title | Role.Kin | Role.EponymHead) || NameEvidence.IsCredential(scan, i))
            return -1;
        int first = i;
        while (first > 0 && i - first < 3 && scan.SameLine(first - 1, i) && scan.IsWord(first - 1) && scan.Tokens[first - 1].IsCapitalized && !scan.Tokens[first].IsAfterGap
            && !scan.Is(first - 1, Role.NameStop | Role.Locative | Role.Month | Role.Title))
            first--;
        bool led = Places.IsLed(scan, first) || scan.IsSymbol(first - 1, ',');
        ref readonly WordInfo info = ref scan.Info(i);
        bool ordinary = (info.Class & (WordClass.Common | WordClass.Dictionary | WordClass.Clinical | WordClass.Eponym)) != 0;
        return led || (!ordinary && (info.City >= 3 || info is { Given: < 4, Surname: < 4 })) ? first : -1;
    }
}
