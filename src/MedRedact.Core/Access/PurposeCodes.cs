using System.Collections.Frozen;

namespace MedRedact.Access;

/// <summary>The codes of HL7 v3 PurposeOfUse (value set 2.16.840.1.113883.1.11.20448, code system ActReason).</summary>
internal static class PurposeCodes
{
    public static FrozenSet<string> All { get; } = new[]
    {
        "PURPOSEOFUSE", "HMARKT", "HOPERAT", "CAREMGT", "DONAT", "FRAUD", "GOV", "HACCRED", "HCOMPL", "HDECD", "HDIRECT", "HDM", "HLEGAL", "HOUTCOMS", "HPRGRP",
        "HQUALIMP", "HSYSADMIN", "LABELING", "METAMGT", "MEMADMIN", "MILCDM", "PATADMIN", "PATSFTY", "PERFMSR", "RECORDMGT", "SYSDEV", "HTEST", "TRAIN",
        "HPAYMT", "CLMATTCH", "COVAUTH", "COVERAGE", "ELIGDTRM", "ELIGVER", "ENROLLM", "MILDCRG", "REMITADV",
        "HRESCH", "BIORCH", "CLINTRCH", "CLINTRCHNPC", "CLINTRCHPC", "PRECLINTRCH", "DSRCH", "POARCH", "TRANSRCH",
        "PATRQT", "FAMRQT", "PWATRNY", "SUPNWK", "PUBHLTH", "DISASTER", "THREAT", "TREAT", "COC", "ETREAT", "BTG", "ERTREAT", "POPHLTH",
    }.ToFrozenSet(StringComparer.Ordinal);
}
