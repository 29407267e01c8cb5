using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MedRedact.Storage;

/// <summary>Seals the value of a token together with the token, its scope and its category, so that rows cannot be exchanged.</summary>
internal sealed class SealedValues(IObjectSealer sealer)
{
    private const byte Version = 1;

    private static readonly KeyPurpose Sealing = new("token-value");

    public async ValueTask<byte[]> SealAsync(
        Phi<string> value, Token token, PhiCategory category, TenantId tenant, TokenScope scope, SubjectId? subject, CancellationToken cancellationToken)
    {
        byte[] start = Start(token, category, scope);
        byte[] text = Encoding.UTF8.GetBytes(value.Reveal());
        using var envelope = new MemoryStream();
        try
        {
            await using Stream message = await sealer.OpenWriteAsync(envelope, Place(tenant, subject), cancellationToken);
            await message.WriteAsync(start, cancellationToken);
            await message.WriteAsync(text, cancellationToken);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
        }

        return envelope.ToArray();
    }

    /// <summary>The value of a row; a row that does not open, or that holds another row's value, is broken.</summary>
    public async ValueTask<Phi<string>> OpenAsync(VaultEntry entry, CancellationToken cancellationToken)
    {
        byte[] start = Start(entry.Token, entry.Category, entry.Scope);
        byte[] plain = [];
        try
        {
            await using Stream message =
                await sealer.OpenReadAsync(new MemoryStream(entry.Envelope.ToArray(), writable: false), Place(entry.Tenant, entry.Subject), cancellationToken);
            plain = GC.AllocateUninitializedArray<byte>(checked((int)message.Length), pinned: true);
            await message.ReadExactlyAsync(plain, cancellationToken);
            return plain.AsSpan().StartsWith(start)
                ? new Phi<string>(Encoding.UTF8.GetString(plain.AsSpan(start.Length)))
                : throw Faults.Refuse(Faults.BrokenRow);
        }
        catch (MedRedactException fault) when (fault.Code != Faults.BrokenRow && fault is not KeyServiceException { IsUnjudged: true })
        {
            throw Faults.Refuse(Faults.BrokenRow, fault);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>A value of one person is sealed under that person's key, one of several under the tenant's.</summary>
    private static KeyContext Place(TenantId tenant, SubjectId? subject) => new(Sealing, StorageZone.Tokens, tenant, null) { Subject = subject };

    /// <summary>Version, then token, scope and category, each preceded by its length.</summary>
    private static byte[] Start(Token token, PhiCategory category, TokenScope scope)
    {
        List<byte> start = [Version];
        foreach (string part in new[] { token.Value, scope.Value, category.ToString() })
        {
            byte[] length = new byte[2];
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)part.Length);
            start.AddRange(length);
            start.AddRange(Encoding.ASCII.GetBytes(part));
        }

        return [.. start];
    }
}
