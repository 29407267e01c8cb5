using System.Collections.Immutable;
using System.Security.Cryptography;

namespace MedRedact.Alerts;

/// <summary>Rules of alerts, read from a file: data that is reviewed, versioned and tested like an access policy. The format is in <c>docs/formats/alert-rules.md</c>.</summary>
public sealed class AlertRules
{
    private static readonly Lazy<AlertRules> s_default = new(ReadDefault);

    private AlertRules(ImmutableArray<AlertRule> rules, Digest256 sha256) => (Rules, Sha256) = (rules, sha256);

    /// <summary>The largest file, in bytes.</summary>
    public const int MaxBytes = 256 << 10;

    /// <summary>The rules that come with the package: bulk access, unusual hours, detokenization, refusals, broken glass, keys, verification, silence, clocks and changes of policy.</summary>
    public static AlertRules Default => s_default.Value;

    /// <summary>The rules, in the order of the file.</summary>
    public ImmutableArray<AlertRule> Rules { get; }

    /// <summary>SHA-256 of the file.</summary>
    public Digest256 Sha256 { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="utf8">Its bytes, at most <see cref="MaxBytes"/>.</param>
    /// <returns>The rules.</returns>
    /// <exception cref="MedRedactException"><c>MR-ALR-001</c>: it is not JSON or too large; <c>MR-ALR-002</c>: a key or a value is not one the format knows; <c>MR-ALR-003</c>: a rule
    /// has no condition, or more than one, or its name is there twice.</exception>
    public static AlertRules Read(ReadOnlySpan<byte> utf8) => new(AlertRulesReader.Read(utf8), Digest256.From(SHA256.HashData(utf8)));

    private static AlertRules ReadDefault()
    {
        using Stream file = typeof(AlertRules).Assembly.GetManifestResourceStream("MedRedact.Alerts.default-rules.json")!;
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return Read(bytes);
    }
}
