namespace MedRedact.Egress;

/// <summary>The codes of the egress gate.</summary>
internal static class EgressFaults
{
    /// <summary><c>MR-EGR-001</c>: no agreement in force covers the engine, so the page stays. What to do: register the <see cref="Agreement"/>, or renew it.</summary>
    public static readonly HoldReason NoAgreement = new("MR-EGR-001");
}
