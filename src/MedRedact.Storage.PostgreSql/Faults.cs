namespace MedRedact.Storage.PostgreSql;

/// <summary>The fault codes of this package. A server's own message can hold names and values, and is never passed on.</summary>
public static class Faults
{
    /// <summary><c>MR-VLT-010</c>: the server cannot be reached, is shutting down, has no room or lost the connection; whether the last call was done is not known, and
    /// doing it again is safe. What to do: try again; check that the server runs.</summary>
    public static FaultCode ServerUnavailable { get; } = new("MR-VLT-010");

    /// <summary><c>MR-VLT-011</c>: the server refuses this user or lets it do too little. What to do: check user, password and database, and grant what
    /// <c>docs/formats/token-vault.md</c> lists.</summary>
    public static FaultCode ServerRefused { get; } = new("MR-VLT-011");

    /// <summary><c>MR-VLT-012</c>: the connection would not be safe: commits would be acknowledged before they are durable, or the server is elsewhere and is not proved by
    /// its certificate. What to do: set <c>synchronous_commit</c> and <c>fsync</c> to <c>on</c>, and <c>SSL Mode=VerifyFull</c>.</summary>
    public static FaultCode UnsafeServer { get; } = new("MR-VLT-012");

    /// <summary><c>MR-VLT-013</c>: the schema holds something else, or tables of a version this release does not know. What to do: name another schema, or update.</summary>
    public static FaultCode UnknownSchema { get; } = new("MR-VLT-013");

    /// <summary><c>MR-VLT-014</c>: the server failed a statement. What to do: read the server's log at that moment; what was asked is not done.</summary>
    public static FaultCode ServerFailed { get; } = new("MR-VLT-014");

    internal static MedRedactException Refuse(FaultCode code) => new(code, code.Value switch
    {
        "MR-VLT-010" => "The vault's server cannot be reached or is busy. Try again; check that it runs.",
        "MR-VLT-011" => "The vault's server refuses this user. Check user, password, database and grants.",
        "MR-VLT-012" => "The vault's server is not safe: set synchronous_commit and fsync to on, and SSL Mode to VerifyFull.",
        "MR-VLT-013" => "The schema holds no vault that this release knows. Name another, or update.",
        _ => "The vault's server failed a statement. Read its log.",
    });
}
