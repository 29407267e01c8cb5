using System.CommandLine;
using System.Globalization;
using MedRedact.Audit;

namespace MedRedact.Cli;

/// <summary><c>--witness KEY --witnesses K</c>: how many of which witnesses must have cosigned a checkpoint.</summary>
internal sealed class WitnessOptions
{
    public Option<string[]> Keys { get; } = new("--witness")
    {
        Description = "A witness's key (name+id+key, Ed25519 or ECDSA), or a file of such lines; may be repeated. Its cosignature must be on the checkpoint.",
        DefaultValueFactory = _ => [],
    };

    public Option<int?> Required { get; } = new("--witnesses") { Description = "How many of the witnesses must have cosigned. Default: all of them." };

    /// <returns>The policy, or <see langword="null"/> where no witness was named.</returns>
    /// <exception cref="MedRedactException"><c>MR-CLI-035</c>: a key cannot be understood, or there are not so many witnesses.</exception>
    public WitnessPolicy? Read(ParseResult parsed)
    {
        WitnessKey[] keys = [.. parsed.GetValue(Keys)!.SelectMany(Lines).Select(line => WitnessKey.Parse(line) ?? throw Faults.NoWitnesses())];
        int? required = parsed.GetValue(Required);
        if (keys.Length == 0)
            return required is null ? null : throw Faults.NoWitnesses();

        try
        {
            return new(required ?? keys.Length, keys);
        }
        catch (ArgumentException)
        {
            throw Faults.NoWitnesses();
        }
    }

    /// <summary>Says whether a verified checkpoint is witnessed as asked for.</summary>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public static string? Judge(WitnessPolicy? policy, AuditCheckpoint checkpoint)
    {
        if (policy is null || policy.IsMetBy(checkpoint))
            return null;
        return string.Create(CultureInfo.InvariantCulture, $"the checkpoint over {checkpoint.Size} events is cosigned by {policy.WitnessesOf(checkpoint).Length} of the witnesses, {policy.Required} are required");
    }

    private static IEnumerable<string> Lines(string named)
    {
        if (WitnessKey.Parse(named) is not null)
            return [named];

        try
        {
            return [.. File.ReadAllLines(named).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Faults.NoWitnesses();
        }
    }
}
