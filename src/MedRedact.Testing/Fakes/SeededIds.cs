using System.Security.Cryptography;
using System.Text;

namespace MedRedact.Testing;

/// <summary>Ids and bytes that a test can replay: SHA-256 over seed and counter. Thread-safe. Never use it for secrets.</summary>
/// <param name="seed">The same seed gives the same sequence.</param>
public sealed class SeededIds(int seed)
{
    private long _counter;

    /// <summary>The next bytes.</summary>
    /// <param name="count">1 or more.</param>
    /// <returns>The bytes.</returns>
    public byte[] NextBytes(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var bytes = new byte[count];
        for (int filled = 0; filled < count; filled += SHA256.HashSizeInBytes)
        {
            byte[] hash = SHA256.HashData(Encoding.ASCII.GetBytes($"{seed}:{Interlocked.Increment(ref _counter)}"));
            hash.AsSpan(0, Math.Min(hash.Length, count - filled)).CopyTo(bytes.AsSpan(filled));
        }

        return bytes;
    }

    /// <summary>The next number from 0 up to, but not including, a bound.</summary>
    /// <param name="bound">1 or more.</param>
    /// <returns>The number.</returns>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        return (int)(BitConverter.ToUInt64(NextBytes(8)) % (ulong)bound);
    }

    /// <summary>The next decimal digits; the first is not zero.</summary>
    /// <param name="count">1 or more.</param>
    /// <returns>The digits.</returns>
    public string NextDigits(int count) => string.Concat(Enumerable.Range(0, count).Select(i => (char)(i == 0 ? '1' + NextInt(9) : '0' + NextInt(10))));

    /// <summary>The next document identity.</summary>
    /// <returns>The identity.</returns>
    public DocumentId NextDocument() => new(new Guid(NextBytes(16)));

    /// <summary>The next token.</summary>
    /// <returns>The token.</returns>
    public Token NextToken() => new("TOK-" + Convert.ToHexString(NextBytes(8)));

    /// <summary>The next digest.</summary>
    /// <returns>The digest.</returns>
    public Digest256 NextDigest() => Digest256.From(NextBytes(Digest256.Size));
}
