using System.Security.Cryptography;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement.Recovery;

/// <summary>A point of the polynomials: where, and their values there.</summary>
/// <param name="X">The place. Shares lie at 0 to 15, the digest at 254, the secret at 255.</param>
/// <param name="Y">One value for each byte of the secret; the point owns it.</param>
internal sealed record SharePoint(byte X, SecretBuffer Y) : IDisposable
{
    public void Dispose() => Y.Dispose();
}

/// <summary>Fills a buffer with random bytes.</summary>
internal delegate void RandomBytes(Span<byte> target);

/// <summary>Shamir's secret sharing over GF(256) as SLIP-39 has it: one polynomial for each byte, and a digest of the secret on the polynomials too, so that shares
/// that do not belong together are noticed.</summary>
internal static class Shamir
{
    public const int MaxShares = 16;
    private const byte DigestPlace = 254, SecretPlace = 255;
    private const int DigestSize = 4;

    /// <summary>Splits a secret: any <paramref name="threshold"/> of the points give it back, fewer say nothing about it.</summary>
    public static SharePoint[] Split(int threshold, int count, ReadOnlySpan<byte> secret, RandomBytes random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxShares);
        if (threshold == 1)
        {
            var same = new SharePoint[count];
            for (int x = 0; x < count; x++)
                same[x] = new((byte)x, SecretBuffer.Copy(secret));
            return same;
        }

        var points = new List<SharePoint>(count + 2);
        for (int x = 0; x < threshold - 2; x++)
        {
            points.Add(new((byte)x, new SecretBuffer(secret.Length)));
            random(points[x].Y.Span);
        }

        using var digest = new SharePoint(DigestPlace, new SecretBuffer(secret.Length));
        using var atSecret = new SharePoint(SecretPlace, SecretBuffer.Copy(secret));
        random(digest.Y.Span[DigestSize..]);
        WriteDigest(digest.Y.Span[DigestSize..], secret, digest.Y.Span[..DigestSize]);

        SharePoint[] known = [.. points, digest, atSecret];
        for (int x = points.Count; x < count; x++)
            points.Add(new((byte)x, At((byte)x, known)));
        return [.. points];
    }

    /// <summary>The secret, or null where the digest says that the points do not belong together.</summary>
    /// <param name="points">As many as the threshold; places differ and are below 16, values have one length.</param>
    public static SecretBuffer? Recover(IReadOnlyList<SharePoint> points)
    {
        if (points.Count is 0 or > MaxShares || points.Any(point => point.X >= MaxShares || point.Y.Length != points[0].Y.Length)
            || points.DistinctBy(point => point.X).Count() != points.Count)
            throw new ArgumentException("Shares have different places below 16 and one length.", nameof(points));
        if (points.Count == 1)
            return SecretBuffer.Copy(points[0].Y.Span);

        SecretBuffer secret = At(SecretPlace, points);
        using SecretBuffer digest = At(DigestPlace, points);
        Span<byte> expected = stackalloc byte[DigestSize];
        WriteDigest(digest.Span[DigestSize..], secret.Span, expected);
        if (CryptographicOperations.FixedTimeEquals(expected, digest.Span[..DigestSize]))
            return secret;

        secret.Dispose();
        return null;
    }

    /// <summary>Lagrange's interpolation: the values at a place of the polynomials through the points.</summary>
    private static SecretBuffer At(byte x, IReadOnlyList<SharePoint> points)
    {
        var values = new SecretBuffer(points[0].Y.Length);
        foreach (SharePoint point in points)
        {
            byte weight = 1;
            foreach (SharePoint other in points)
            {
                if (other.X != point.X)
                    weight = Gf256.Multiply(weight, Gf256.Multiply((byte)(x ^ other.X), Gf256.Invert((byte)(point.X ^ other.X))));
            }

            for (int i = 0; i < values.Length; i++)
                values.Span[i] ^= Gf256.Multiply(weight, point.Y.Span[i]);
        }

        return values;
    }

    private static void WriteDigest(ReadOnlySpan<byte> key, ReadOnlySpan<byte> secret, Span<byte> digest)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, secret, mac);
        mac[..DigestSize].CopyTo(digest);
        CryptographicOperations.ZeroMemory(mac);
    }
}
