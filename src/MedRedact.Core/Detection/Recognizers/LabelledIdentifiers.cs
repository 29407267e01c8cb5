namespace MedRedact.Detection;

/// <summary>Numbers and codes that a label announces, before them ("MRN: BH-0048213") or after ("BH-0048213 (MRN)").</summary>
internal sealed class LabelledIdentifiers : ITextRecognizer
{
    public void Recognize(in TextScan scan, HitList hits)
    {
        foreach (PhraseHit label in scan.Phrases)
        {
            PhiKind kind = KindOf(label.Kind);
            if (kind == PhiKind.None || EndsUnit(scan, label))
                continue;
            if (!Before(scan, label, kind, hits))
                After(scan, label, kind, hits);
        }
    }

    /// <summary>"g/dL" is no driver's licence.</summary>
    private static bool EndsUnit(in TextScan scan, in PhraseHit label) =>
        scan.Tokens[label.First].Length <= 2 && scan.IsSymbol(label.First - 1, '/') && scan.IsGlued(label.First) && scan.IsGlued(label.First - 1);

    private static bool Before(in TextScan scan, in PhraseHit label, PhiKind kind, HitList hits)
    {
        ValueStart value = LabelReader.After(scan, label);
        if (!value.Exists)
            return false;
        if (kind == PhiKind.Room && value.IsMarked)
            return Room(scan, label, value, hits);
        bool unannounced = label.Strength == LabelStrength.Marked && !value.IsMarked;
        if (LabelReader.PhraseAt(scan, value.Token) is { Kind: > PhraseKind.None and <= PhraseKind.Neutral } next && next.End - next.First > 0
            && !HasDigitChunk(scan, value.Token))
            return false;

        // "UDI: (01)…": the parts are told apart elsewhere, and the model stays.
        if (kind == PhiKind.Device && Udi.Begins(scan.Text[scan.Tokens[Math.Max(value.Token - 1, 0)].Start..]))
            return true;
        if (kind == PhiKind.Device && Udi.Spaced(scan, value.Token - 1, hits))
            return true;
        if (kind == PhiKind.Zip && PostalCodes.InAddress(scan, value.Token) is var code && code > value.Token && value.IsMarked)
        {
            hits.Add(scan, value.Token, code, kind, Rule.LabelledId, 0.95, new Ground(Rule.LabelBefore, scan.Tokens[label.First].Start, scan.Tokens[label.End - 1].End, 0.95f));
            return true;
        }

        // "DL: CA F1234567", "plate NY 4KB882": the state stands before the code.
        int first = value.Token;
        if (kind is PhiKind.DriverLicense or PhiKind.Plate or PhiKind.License && scan.Is(first, Role.StateCode) && scan.Tokens[first] is { IsAllCaps: true, Length: 2 } && !scan.IsGlued(first + 1) && scan.SameLine(first + 1, first))
            value = value with { Token = first + 1 };
        int end = CodeReader.Read(scan, value.Token, IsGrouped(kind), out int digits, out int letters);
        if (IsFormNumber(scan, label, value, end, digits, letters))
            kind = PhiKind.FormNumber;
        else if (end == value.Token || !IsCode(scan, value, end, digits, letters, kind) || (unannounced && !SpeaksForItself(scan, value.Token, digits, letters, kind)))
            return false;
        double confidence = (value.IsMarked, label.Strength) switch
        {
            (true, LabelStrength.Free) => 0.97,
            (true, _) => 0.85,
            _ => 0.90,
        };
        if (value.IsNextLine || label.IsDamaged)
            confidence -= 0.1;

        var labelGround = new Ground(Rule.LabelBefore, scan.Tokens[label.First].Start, scan.Tokens[label.End - 1].End, (float)confidence);
        Ground check = IdentifierChecks.Weigh(kind, scan.Text[scan.Tokens[value.Token].Start..scan.Tokens[end - 1].End]);
        if (kind == PhiKind.Mrn && value.IsMarked && EndsInGroup(scan, end))
            end++;
        if (kind == PhiKind.NationalId && digits >= 6 && scan.SameLine(end, first) && scan.IsWord(end) && !scan.IsGlued(end) && scan.Tokens[end] is { IsAllCaps: true, Length: <= 2 } or { IsCapitalized: true, Length: 1 })
            end++;
        hits.Add(scan, first, end, kind, Rule.LabelledId, confidence + check.Contribution, labelGround, check);
        return true;
    }

    /// <summary>"Diagnostic Form DF-196", "Form CMS-1500": capitals, a hyphen and a few digits right behind the word, without a colon that would announce a number of
    /// one copy.</summary>
    private static bool IsFormNumber(in TextScan scan, in PhraseHit label, ValueStart value, int end, int digits, int letters) =>
        !value.IsMarked && !value.IsNextLine && label.End - label.First == 1 && scan.Equals(label.First, "form") && scan.Tokens[label.First].IsCapitalized
        && end - value.Token == 3 && digits is >= 1 and <= 4 && letters is >= 1 and <= 5 && scan.Tokens[value.Token] is { IsWord: true, IsAllCaps: true }
        && scan.IsSymbol(value.Token + 1, '-') && scan.IsNumber(value.Token + 2);

    /// <summary>"NHC: 9764132 3": a last short group that ends its line.</summary>
    private static bool EndsInGroup(in TextScan scan, int end)
    {
        if (!scan.IsNumber(end) || !scan.IsNumber(end - 1) || scan.Tokens[end].Length > 4 || scan.Tokens[end].Start - scan.Tokens[end - 1].End != 1)
            return false;
        int after = scan.IsSymbol(end + 1, '.') ? end + 2 : end + 1;
        return !scan.SameLine(after, end) || scan.Tokens[after].IsAfterGap;
    }

    /// <summary>"group 851116", "Lic. LP187594", "plate PGM 2079": long enough, or of the form of its kind, to need no colon after a weak label.</summary>
    private static bool SpeaksForItself(in TextScan scan, int start, int digits, int letters, PhiKind kind) => kind switch
    {
        PhiKind.Device => letters is >= 1 and <= 4 && digits >= 4 && scan.Tokens[start].IsCapitalized,
        PhiKind.NationalId => digits >= 4 && digits + letters >= 8 && letters <= 8,
        PhiKind.Plate => digits >= 2 && letters is >= 2 and <= 4 && scan.Tokens[start].IsAllCaps,
        PhiKind.Plan or PhiKind.License or PhiKind.Account or PhiKind.Mrn or PhiKind.OtherId => digits >= (letters > 0 ? 5 : 6) && letters <= 4,
        _ => false,
    };

    /// <summary>"2 West / 29": all that the cell holds.</summary>
    private static bool Room(in TextScan scan, in PhraseHit label, ValueStart value, HitList hits)
    {
        int end = value.Token;
        bool hasDigit = false;
        while (end < scan.Count && end - value.Token < 6 && scan.SameLine(end, value.Token) && !(end > value.Token && scan.Tokens[end].IsAfterGap)
            && (scan.IsNumber(end) || scan.IsSymbol(end, '-') || scan.IsSymbol(end, '/') || (scan.IsWord(end) && scan.Tokens[end].IsCapitalized && !LabelReader.StartsLabel(scan, end))))
        {
            hasDigit |= scan.IsNumber(end);
            end++;
        }

        if (!hasDigit)
            return false;
        var ground = new Ground(Rule.LabelBefore, scan.Tokens[label.First].Start, scan.Tokens[label.End - 1].End, 0.85f);
        hits.Add(scan, value.Token, end, PhiKind.Room, Rule.LabelledId, 0.85, ground);
        return true;
    }

    private static bool HasDigitChunk(in TextScan scan, int token)
    {
        int end = scan.ChunkEnd(token);
        for (int i = token; i < end; i++)
        {
            if (scan.IsNumber(i))
                return true;
        }

        return false;
    }

    /// <summary>"BH-0048213 (MRN)".</summary>
    private static void After(in TextScan scan, in PhraseHit label, PhiKind kind, HitList hits)
    {
        if (!scan.IsSymbol(label.First - 1, '(') || !scan.IsSymbol(label.End, ')') || label.First < 2)
            return;
        int last = label.First - 2;
        int start = scan.ChunkStart(last);
        int end = CodeReader.Read(scan, start, groups: false, out int digits, out int letters);
        if (end == last + 1 && digits >= 3 && digits + letters >= 4)
        {
            var ground = new Ground(Rule.LabelAfter, scan.Tokens[label.First].Start, scan.Tokens[label.End - 1].End, 0.85f);
            hits.Add(scan, start, end, kind, Rule.LabelledAfter, 0.85, ground);
        }
    }

    private static bool IsCode(in TextScan scan, ValueStart value, int end, int digits, int letters, PhiKind kind)
    {
        if (IsDate(scan, value.Token, end))
            return false;
        if (kind is PhiKind.Biometric or PhiKind.Plate or PhiKind.OtherId && digits == 0)
            return value.IsMarked && letters >= 4 && end > value.Token + 1;
        if (digits == 0)
        {
            // A code in letters only: capitals that are no word.
            return value.IsMarked && letters is >= 4 and <= 14 && end == value.Token + 1 && scan.Tokens[value.Token].IsAllCaps
                && scan.Tokens[value.Token].Word == 0 && scan.Case == CaseStyle.Mixed;
        }

        int enough = kind == PhiKind.Room ? 1 : value.IsMarked ? 2 : 3;
        if (kind is PhiKind.SsnLast4)
            enough = 4;
        if (digits + letters < enough)
            return false;

        // "plan 5 mg", "specimen 2 of 3", "group 1".
        if (!value.IsMarked && digits < 4 && letters == 0)
            return false;
        return !(scan.SameLine(end, end - 1) && letters == 0 && digits < 5 && (scan.Is(end, Role.Unit) || scan.Is(end, Role.AgeUnit) || scan.IsSymbol(end, '%')));
    }

    /// <summary>n/n/n is a date, whatever the label says; the date rules take it. No year has more than four digits: 28/28/12345 is a number of a college.</summary>
    private static bool IsDate(in TextScan scan, int start, int end) =>
        end - start == 5 && scan.IsSymbol(start + 1, '/') && scan.IsSymbol(start + 3, '/') && scan.IsNumber(start) && scan.IsNumber(start + 2)
        && scan.Tokens[start].Length <= 2 && scan.Tokens[start + 2].Length <= 2 && scan.Tokens[start + 4].Length <= 4;

    private static bool IsGrouped(PhiKind kind) =>
        kind is PhiKind.Ssn or PhiKind.Plan or PhiKind.Mbi or PhiKind.Medicaid or PhiKind.Card or PhiKind.Account or PhiKind.Bank or PhiKind.NationalId
            or PhiKind.License or PhiKind.DriverLicense or PhiKind.Itin or PhiKind.Device or PhiKind.Npi or PhiKind.Passport or PhiKind.OtherId or PhiKind.Plate;

    private static PhiKind KindOf(PhraseKind kind) => kind switch
    {
        PhraseKind.Mrn => PhiKind.Mrn,
        PhraseKind.Encounter => PhiKind.Encounter,
        PhraseKind.Accession => PhiKind.Accession,
        PhraseKind.Claim => PhiKind.Claim,
        PhraseKind.Certificate => PhiKind.Certificate,
        PhraseKind.Plan => PhiKind.Plan,
        PhraseKind.Mbi => PhiKind.Mbi,
        PhraseKind.Medicaid => PhiKind.Medicaid,
        PhraseKind.Account => PhiKind.Account,
        PhraseKind.Card => PhiKind.Card,
        PhraseKind.Bank => PhiKind.Bank,
        PhraseKind.Ssn => PhiKind.Ssn,
        PhraseKind.SsnLast4 => PhiKind.SsnLast4,
        PhraseKind.Itin => PhiKind.Itin,
        PhraseKind.Npi => PhiKind.Npi,
        PhraseKind.Dea => PhiKind.Dea,
        PhraseKind.License => PhiKind.License,
        PhraseKind.DriverLicense => PhiKind.DriverLicense,
        PhraseKind.Passport => PhiKind.Passport,
        PhraseKind.Vin => PhiKind.Vin,
        PhraseKind.Plate => PhiKind.Plate,
        PhraseKind.Device => PhiKind.Device,
        PhraseKind.Biometric => PhiKind.Biometric,
        PhraseKind.NationalId => PhiKind.NationalId,
        PhraseKind.OtherId => PhiKind.OtherId,
        PhraseKind.Zip => PhiKind.Zip,
        PhraseKind.Ip => PhiKind.Ip,
        PhraseKind.Room => PhiKind.Room,
        _ => PhiKind.None,
    };
}
