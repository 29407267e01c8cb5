using System.Security.Cryptography;
using System.Text;

namespace MedRedact.Barrier;

/// <summary>Names the person a record number belongs to, without showing the number: a MAC under the tenant's key of the purpose <c>subject-id</c>. Thread-safe.</summary>
/// <param name="keys">Holds the key; the caller owns it.</param>
public sealed class SubjectIds(IKeyProvider keys)
{
    private static readonly KeyPurpose Naming = new("subject-id");

    /// <summary>The subject of a record number, as ingestion names it.</summary>
    /// <param name="tenant">Whose records.</param>
    /// <param name="recordNumber">The number, however it is written: only its letters and digits count, in either case.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The subject; also of a number that no document bears.</returns>
    /// <exception cref="ArgumentException">The number has no letter and no digit.</exception>
    /// <exception cref="MedRedactException">The key cannot be used.</exception>
    public async ValueTask<SubjectId> OfAsync(TenantId tenant, Phi<string> recordNumber, CancellationToken cancellationToken = default)
    {
        string canonical = Subject.Canonical(recordNumber.Reveal());
        if (canonical.Length == 0)
            throw new ArgumentException("A record number has letters or digits.", nameof(recordNumber));

        IMacKey key = await keys.GetMacKeyAsync(Naming, tenant, cancellationToken);
        byte[] message = Encoding.UTF8.GetBytes(canonical);
        try
        {
            return new SubjectId(await key.ComputeAsync(message, cancellationToken));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(message);
        }
    }
}
