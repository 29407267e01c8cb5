namespace MedRedact.Policies;

/// <summary>The codes of policy files (<c>MR-POL</c>), each with the fixed text that says what to do.</summary>
internal static class PolicyFaults
{
    /// <summary>The file is not JSON, or larger than a policy may be. Correct the syntax at the given place; comments are allowed, trailing commas are not.</summary>
    public static readonly PolicyFault Syntax = new("MR-POL-001", "not valid JSON. Correct the syntax; comments are allowed, trailing commas are not.");

    /// <summary>A key that no policy has. Correct or remove it; a misspelt key would otherwise be a rule that never holds.</summary>
    public static readonly PolicyFault UnknownKey = new("MR-POL-002", "unknown key. See the policy format for the keys of a policy and of a rule.");

    /// <summary>A category that is neither well known nor of a taxonomy of your own (<c>taxonomy:name</c>).</summary>
    public static readonly PolicyFault UnknownCategory = new(
        "MR-POL-003", "unknown category. Name a well-known one, or one of a taxonomy of your own as taxonomy:name.");

    /// <summary>A disposition that does not exist.</summary>
    public static readonly PolicyFault UnknownDisposition = new(
        "MR-POL-004", "unknown disposition. Use redact, tokenize, tokenize-one-way, pseudonym, format-preserving, generalize, shift-date, surrogate, review or keep.");

    /// <summary>A value of the wrong type or outside its grammar, or a key that is written twice.</summary>
    public static readonly PolicyFault Value = new("MR-POL-005", "a value is malformed or its key is written twice. See the policy format.");

    /// <summary>A required key is missing.</summary>
    public static readonly PolicyFault Missing = new("MR-POL-006", "a required key is missing. A policy needs name, version, default and rules; a rule needs categories and disposition.");

    /// <summary>Two rules decide the same category for the same type of document, so that the order of the file would matter.</summary>
    public static readonly PolicyFault Contradiction = new("MR-POL-007", "another rule already decides this category for this type of document. Keep one of them.");

    /// <summary>The policy claims a standard that a rule breaks, e.g. Safe Harbor with shifted dates. Change the rule, or the name and the standard.</summary>
    public static readonly PolicyFault Standard = new(
        "MR-POL-008", "the policy does not meet the standard that it names. Redact or generalize here, or name another standard; shifted dates, pseudonyms, enciphered numbers and surrogates are not Safe Harbor.");

    /// <summary>A ZIP table that does not exist.</summary>
    public static readonly PolicyFault UnknownTable = new("MR-POL-009", "unknown ZIP table. Use zip3/strict, zip3/census-2020 or zip3/hhs-2000.");

    /// <summary>The default would let unknown findings stay.</summary>
    public static readonly PolicyFault UnsafeDefault = new("MR-POL-010", "the default must remove what no rule names. Use redact, tokenize, tokenize-one-way or review.");
}

/// <summary>A code and its remedy.</summary>
internal sealed record PolicyFault(string Code, string Remedy);
