namespace MedRedact.KeyManagement.AwsKms;

/// <summary>The fault codes of this package. No message holds a key's name, an account or anything the service said.</summary>
public static class Faults
{
    /// <summary><c>MR-KEY-044</c>: the service lacks a key that is needed, and <see cref="AwsKmsOptions.CreateIfMissing"/> is off, or nothing of its role is active.
    /// What to do: check account, region and <see cref="AwsKmsOptions.Ring"/>, or rotate the role.</summary>
    public static FaultCode NoActiveKey { get; } = new("MR-KEY-044");

    /// <summary><c>MR-KEY-045</c>: an option is missing or out of its range. What to do: correct the option that the message names.</summary>
    public static FaultCode BadOptions { get; } = new("MR-KEY-045");

    /// <summary><c>MR-KEY-046</c>: the host has no credentials for the service. What to do: give it a role, a profile or variables, or set
    /// <see cref="AwsKmsOptions.Credentials"/>.</summary>
    public static FaultCode NoCredentials { get; } = new("MR-KEY-046");

    /// <summary><c>MR-KEY-047</c>: under a name of this ring lies a key that MedRedact did not make: another kind, imported material, or a description of another key. Nothing is
    /// wrapped or opened then. What to do: find out who set the alias, remove it, and let only the host's role set aliases of MedRedact.</summary>
    public static FaultCode StrangeKey { get; } = new("MR-KEY-047");

    internal static KeyServiceException Refuse(FaultCode code) => new(code, KeyFailure.Unavailable, code.Value switch
    {
        "MR-KEY-044" => "The service has no active key of that role. Check account, region and ring, or rotate the role.",
        "MR-KEY-045" => "An option of the key service is missing or out of its range. Correct it.",
        "MR-KEY-046" => "The host has no credentials for the key service. Give it a role, a profile or variables.",
        _ => "Under a name of this ring lies a key that MedRedact did not make. Find out who set the alias, and remove it.",
    });
}
