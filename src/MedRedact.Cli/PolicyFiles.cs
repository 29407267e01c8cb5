using System.Collections.Immutable;
using System.CommandLine;
using MedRedact.Access;

namespace MedRedact.Cli;

/// <summary>Access policies and the files beside them, as the command line names them.</summary>
internal static class PolicyFiles
{
    public static Argument<string> Argument(string name) => new(name) { Description = "An access policy file." };

    public static AccessPolicy Load(string path) => Opened(() => AccessPolicy.Load(path));

    /// <summary>The cases beside a policy, or <see langword="null"/> where there are none.</summary>
    public static ImmutableArray<AccessPolicyCase>? Cases(string policy)
    {
        string path = AccessPolicyCases.PathFor(policy);
        return File.Exists(path) ? Opened(() => AccessPolicyCases.Load(path)) : null;
    }

    private static T Opened<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Faults.AccessPolicyUnreadable();
        }
    }
}
