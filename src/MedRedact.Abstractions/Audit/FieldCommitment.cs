using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace MedRedact;

/// <summary>What an event holds in the place of a value that may have to go: a digest of a random salt, the field's name and the value. Without the salt nobody can try guesses against it.</summary>
/// <param name="Value">The digest.</param>
public readonly record struct FieldCommitment(Digest256 Value)
{
    /// <summary>How long a value may be: 4,096 bytes of UTF-8.</summary>
    public const int MostBytes = 4_096;

    private static ReadOnlySpan<byte> Domain => "medredact/erasable-field/1\0"u8;

    /// <summary>Commits to a value: SHA-256 of <c>medredact/erasable-field/1</c>, a zero byte, the salt, and name and value, each prefixed with its length as a 32-bit big-endian number.</summary>
    /// <param name="name">The field's name, of the id grammar.</param>
    /// <param name="salt">32 random bytes, drawn for this value alone.</param>
    /// <param name="value">1 to <see cref="MostBytes"/> bytes of UTF-8.</param>
    /// <returns>The commitment.</returns>
    /// <exception cref="ArgumentException">The name breaks the grammar, or the value is empty, too long or no Unicode text; the message repeats neither.</exception>
    public static FieldCommitment Of(string name, Phi<Digest256> salt, Phi<string> value)
    {
        Span<byte> text = stackalloc byte[MostBytes], salted = stackalloc byte[Digest256.Size];
        try
        {
            // A lone surrogate has no bytes of its own: two values would share a commitment, and neither would come back as it was.
            if (value.Reveal() is not { Length: > 0 } words || Utf8.FromUtf16(words, text, out _, out int length, replaceInvalidSequences: false) != OperationStatus.Done)
                throw new ArgumentException("A value is Unicode text of 1 to 4,096 bytes.", nameof(value));

            salt.Reveal().CopyTo(salted);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(Domain);
            hash.AppendData(salted);
            Append(hash, Encoding.ASCII.GetBytes(IdGrammar.Check(name, nameof(name))));
            Append(hash, text[..length]);
            return new(Digest256.From(hash.GetHashAndReset()));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
            CryptographicOperations.ZeroMemory(salted);
        }
    }

    /// <summary>Reads a commitment from a field of an event.</summary>
    /// <param name="field">The field.</param>
    /// <param name="commitment">The commitment, or zero. Whether the digest is one at all, the event's kind tells.</param>
    /// <returns>Whether the field is a digest.</returns>
    public static bool TryRead(AuditField field, out FieldCommitment commitment)
    {
        commitment = default;
        if (field.Value is not { Type: AuditValueType.Digest, Text: var text } || !Digest256.TryParse(text, out Digest256 digest))
            return false;

        commitment = new(digest);
        return true;
    }

    /// <summary>The commitment as a field of an event.</summary>
    /// <param name="name">The field's name; the event's kind must declare it.</param>
    /// <returns>The field.</returns>
    public AuditField ToField(string name) => new(name, AuditValue.Of(Value));

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }
}

/// <summary>What opens a commitment: shown the event and this, anybody can tell that the value is the one that was committed to, and with the ledger's proof, when.</summary>
/// <remarks>The salt is as secret as the value: who has it can try guesses against the ledger, also after the value was erased.</remarks>
/// <param name="Name">The field's name.</param>
/// <param name="Salt">The salt.</param>
/// <param name="Value">The value.</param>
public sealed record FieldOpening(string Name, Phi<Digest256> Salt, Phi<string> Value)
{
    /// <summary>The commitment that this opens.</summary>
    /// <exception cref="ArgumentException">It opens none: see <see cref="FieldCommitment.Of"/>.</exception>
    public FieldCommitment Commitment() => FieldCommitment.Of(Name, Salt, Value);

    /// <summary>Says whether this is what a field of an event was committed to.</summary>
    /// <param name="field">The field, as it stands in the ledger.</param>
    /// <returns>Whether name, salt and value give its digest.</returns>
    /// <exception cref="ArgumentException">This opens nothing: see <see cref="FieldCommitment.Of"/>.</exception>
    public bool Opens(AuditField field) => field.Name == Name && FieldCommitment.TryRead(field, out FieldCommitment commitment) && commitment == Commitment();
}
