namespace MedRedact.Audit.Forwarding;

/// <summary>How a target stands.</summary>
/// <param name="Target">Its name.</param>
/// <param name="Settled">How many events of the ledger, from the first on, it certainly has.</param>
/// <param name="Sent">How many it was sent, of which the last ones may not have settled.</param>
/// <param name="Available">How many there were when it last looked; the difference is its lag.</param>
/// <param name="Failures">How many attempts failed since the last one that worked.</param>
/// <param name="Fault">Why the last attempt failed, while it does.</param>
/// <param name="IsStalled">Whether it fails for so long, or so finally, that the ledger says so.</param>
public sealed record ForwardingStatus(string Target, long Settled, long Sent, long Available, int Failures, FaultCode? Fault, bool IsStalled);
