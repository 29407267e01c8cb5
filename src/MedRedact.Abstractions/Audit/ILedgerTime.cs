namespace MedRedact;

/// <summary>Says how far a ledger's own time has come: a second opinion for whoever must not trust the wall clock alone. Thread-safe.</summary>
public interface ILedgerTime
{
    /// <summary>Reads the time of the newest durable event.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The time, or <see langword="null"/> where the ledger holds no event.</returns>
    /// <exception cref="MedRedactException">The ledger cannot be opened or read.</exception>
    ValueTask<DateTimeOffset?> FindLatestAsync(CancellationToken cancellationToken = default);
}
