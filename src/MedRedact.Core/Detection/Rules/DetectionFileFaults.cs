namespace MedRedact.Detection;

/// <summary>The codes of files that detection reads, rules and form templates (<c>MR-DET</c>), each with the fixed text that says what to do.</summary>
internal static class DetectionFileFaults
{
    /// <summary>The file is not JSON, or larger than it may be. Correct the syntax at the given place; comments are allowed, trailing commas are not.</summary>
    public static readonly DetectionFileFault Syntax = new("MR-DET-101", "not valid JSON, or larger than 4 MiB. Comments are allowed, trailing commas are not.");

    /// <summary>A key that this object does not have. A misspelt key would otherwise be a rule that never holds.</summary>
    public static readonly DetectionFileFault UnknownKey = new("MR-DET-102", "unknown key. Correct or remove it; the format page names the keys.");

    /// <summary>A category that is neither well known nor of a taxonomy of your own, or one that cannot be used here.</summary>
    public static readonly DetectionFileFault Category = new(
        "MR-DET-103", "unknown category. Name a well-known one, or one of a taxonomy of your own as taxonomy:name. Label phrases need a well-known one, or none.");

    /// <summary>A value of the wrong type, outside its range or its grammar, or a key written twice.</summary>
    public static readonly DetectionFileFault Value = new("MR-DET-104", "a value has the wrong type or is out of range, or its key is written twice. See the format page.");

    /// <summary>A required key is missing.</summary>
    public static readonly DetectionFileFault Missing = new("MR-DET-105", "a required key is missing. See the format page.");

    /// <summary>A name that another rule, list, template, anchor or zone bears, in this file or in another that is used with it.</summary>
    public static readonly DetectionFileFault Duplicate = new("MR-DET-106", "this name is taken, here, in another file that is used together with this one, or by a built-in rule. Choose another.");

    /// <summary>A pattern that does not follow the grammar, or that would match next to nothing or too much.</summary>
    public static readonly DetectionFileFault Pattern = new(
        "MR-DET-107", "not a pattern: it needs 2 to 64 characters, at most 128 places, no *, +, ^, $ or bare dot. See the format page for its grammar.");

    /// <summary>A check that does not exist.</summary>
    public static readonly DetectionFileFault Check = new("MR-DET-108", "unknown check. The format page lists the checks by name.");

    /// <summary>More than there may be, so that no file can make detection slow.</summary>
    public static readonly DetectionFileFault TooMany = new("MR-DET-109", "too many of these. See the format page for the bounds.");

    /// <summary>A phrase without a word, with too many words, or too short to be told from others.</summary>
    public static readonly DetectionFileFault Phrase = new("MR-DET-110", "not a phrase: it needs 1 to 12 words; in a fuzzy list 4 to 32 letters in at most 4 words.");
}

/// <summary>A code and its remedy.</summary>
internal sealed record DetectionFileFault(string Code, string Remedy);
