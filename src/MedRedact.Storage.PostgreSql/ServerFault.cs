using System.Net.Sockets;
using Npgsql;

namespace MedRedact.Storage.PostgreSql;

/// <summary>Turns what the driver throws into a coded fault without content.</summary>
internal static class ServerFault
{
    public static bool IsOne(Exception fault) => fault is NpgsqlException or TimeoutException or SocketException or IOException;

    /// <summary>Two transactions waited for each other, and the server ended this one; nothing of it was done.</summary>
    public static bool IsDeadlock(Exception fault) => fault is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };

    public static bool IsTaken(Exception fault) => fault is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    public static MedRedactException Of(Exception fault) => Faults.Refuse(fault switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } => Faults.ServerRefused,
        PostgresException server => server.SqlState[..2] switch
        {
            // 28: authorization, 3D: no such database.
            "28" or "3D" => Faults.ServerRefused,

            // 08: connection, 40: rolled back, 53: resources, 57: operator intervention.
            "08" or "40" or "53" or "57" => Faults.ServerUnavailable,
            _ => Faults.ServerFailed,
        },
        _ => Faults.ServerUnavailable,
    });
}
