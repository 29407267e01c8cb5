using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MedRedact.Redaction;

/// <summary>Draws for one value: the same draws for the same value, kind, purpose of use and scope, and others for any other. Drawn from a MAC, so that without the key nothing about
/// the value can be told from them.</summary>
/// <param name="key">The tenant's key.</param>
/// <param name="target">What is replaced.</param>
internal sealed class SurrogateDraw(IMacKey key, RedactionTarget target)
{
    /// <summary>Numbers for a word of the value, by kind and turn.</summary>
    public async ValueTask<DrawnNumbers> OfAsync(string kind, string word, int turn, CancellationToken cancellationToken)
    {
        // None of the parts but the last holds a zero byte.
        byte[] message = Encoding.UTF8.GetBytes($"{target.Purpose}\0{target.Scope}\0{kind}\0{turn}\0{FoldedText.Fold(PlainLetters.Of(word))}");
        try
        {
            return new((await key.ComputeAsync(message, cancellationToken)).ToArray());
        }
        finally
        {
            CryptographicOperations.ZeroMemory(message);
        }
    }
}

/// <summary>The bytes of a MAC as numbers, one after the other; after the last it begins again.</summary>
internal sealed class DrawnNumbers(byte[] bytes)
{
    private int _next;

    /// <summary>0 to <paramref name="bound"/> - 1. Sixteen bits a number: for bounds of a few hundred the bias is below a percent, and no secret hangs on it.</summary>
    public int Below(int bound)
    {
        int number = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(_next));
        _next = (_next + 2) % bytes.Length;
        return number % bound;
    }

    public string Of(ReadOnlySpan<string> words) => words[Below(words.Length)];

    /// <summary>A word that may be taken: the drawn one, or the next after it; <see langword="null"/> where none may.</summary>
    public string? Of(ReadOnlySpan<string> words, Func<string, bool> isFree)
    {
        int first = Below(words.Length);
        for (int i = 0; i < words.Length; i++)
        {
            if (words[(first + i) % words.Length] is var word && isFree(word))
                return word;
        }

        return null;
    }
}
