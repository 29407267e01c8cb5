using MedRedact.Detection;

namespace MedRedact.Access;

/// <summary>The codes of access policy files and of their cases, each with the fixed text that says what to do.</summary>
internal static class AccessFileFaults
{
    /// <summary>The file is not JSON, or larger than it may be. Correct the syntax at the given place; comments are allowed, trailing commas are not.</summary>
    public static readonly DetectionFileFault Syntax = new("MR-ACC-101", "not valid JSON, or larger than 4 MiB. Comments are allowed, trailing commas are not.");

    /// <summary>A key that this object does not have. A misspelt condition would otherwise be none.</summary>
    public static readonly DetectionFileFault UnknownKey = new("MR-ACC-102", "unknown key. Correct or remove it; the format page names the keys.");

    /// <summary>A value of the wrong type, outside its range or its grammar, or a key written twice.</summary>
    public static readonly DetectionFileFault Value = new("MR-ACC-103", "a value has the wrong type or is out of range, or its key is written twice. See the format page.");

    /// <summary>A required key is missing.</summary>
    public static readonly DetectionFileFault Missing = new("MR-ACC-104", "a required key is missing. See the format page.");

    /// <summary>Two rules, roles or cases of one name, or one value twice in a list.</summary>
    public static readonly DetectionFileFault Duplicate = new("MR-ACC-105", "this name or value stands here twice. Keep one.");

    /// <summary>A role that the policy does not know.</summary>
    public static readonly DetectionFileFault Role = new("MR-ACC-106", "unknown role. Use clinician, coder, auditor, reviewer, researcher or service, or declare your own under roles.");

    /// <summary>A purpose that HL7 v3 PurposeOfUse does not have.</summary>
    public static readonly DetectionFileFault Purpose = new("MR-ACC-107", "unknown purpose. Use a code of HL7 v3 PurposeOfUse; the format page lists them.");

    /// <summary>More than there may be, so that no policy can make decisions slow.</summary>
    public static readonly DetectionFileFault TooMany = new("MR-ACC-108", "too many of these. See the format page for the bounds.");

    /// <summary>A permission without any condition would permit everything to everybody.</summary>
    public static readonly DetectionFileFault Unbounded = new(
        "MR-ACC-109", "a permission names its actions, and whom it is for by roles, actors, scopes or clientKeys. Add what is missing.");
}
