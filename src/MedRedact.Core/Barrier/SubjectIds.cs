using System.Security.Cryptography;
using System.Text;

namespace MedRedact.Barrier;

/// <summary>Names the person a record number belongs to, without showing the number: a MAC under the tenant's key of the purpose <c>subject-id</c>.</summary>
internal sealed class SubjectIds(IKeyProvider keys)
{
    private static readonly KeyPurpose Naming = new("subject-id");

    /// <summary>The subject of a record number.</summary>
    /// <param name="tenant">Whose records.</param>
    /// <param name="recordNumber">In its canonical form, as <see cref="Subject.RecordNumber"/> gives it.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async ValueTask<SubjectId> OfAsync(TenantId tenant, Phi<string> recordNumber, CancellationToken cancellationToken)
    {
        IMacKey key = await keys.GetMacKeyAsync(Naming, tenant, cancellationToken);
        byte[] message = Encoding.UTF8.GetBytes(recordNumber.Reveal());
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
