using System.Collections.Immutable;
using System.Security.Cryptography;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement.Recovery;

/// <summary>A group of a SLIP-39 set.</summary>
/// <param name="Threshold">Members that it takes, 1 to <paramref name="Members"/>. 1 only where there is one member: others get a copy of its share.</param>
/// <param name="Members">Members there are, 1 to 16.</param>
public readonly record struct Slip39Group(int Threshold, int Members);

/// <summary>How a secret is split.</summary>
public sealed record Slip39Plan
{
    /// <summary>Groups that it takes, 1 to the number of <see cref="Groups"/>.</summary>
    public int GroupThreshold { get; init; } = 1;

    /// <summary>The groups, 1 to 16.</summary>
    public required ImmutableArray<Slip39Group> Groups { get; init; }

    /// <summary>Doubles the cost of trying a passphrase: 10,000 · 2ⁿ iterations. 0 to 15.</summary>
    public int IterationExponent { get; init; }

    /// <summary>Whether another split of the same secret and passphrase stays compatible with this one. Default: <see langword="true"/>.</summary>
    public bool Extendable { get; init; } = true;
}

/// <summary>SLIP-39: a secret as shares of words, of which a threshold gives it back and fewer say nothing.</summary>
/// <remarks>Standard: <c>github.com/satoshilabs/slips</c>, SLIP-0039. Shares are ASCII in pinned memory that is cleared on disposal.</remarks>
public static class Slip39
{
    /// <summary>Splits a secret.</summary>
    /// <param name="secret">An even number of bytes, 16 to 256.</param>
    /// <param name="plan">The groups and what each takes.</param>
    /// <param name="passphrase">Printable ASCII, or nothing. A wrong one is not noticed when shares are combined: another secret comes out.</param>
    /// <returns>The shares, group by group; the caller disposes them.</returns>
    /// <exception cref="ArgumentException">Secret, plan or passphrase is out of its range.</exception>
    public static ImmutableArray<ImmutableArray<SecretBuffer>> Split(ReadOnlySpan<byte> secret, Slip39Plan plan, ReadOnlySpan<byte> passphrase = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Check(secret, plan, passphrase);
        var set = new Slip39Set(RandomNumberGenerator.GetInt32(1 << 15), plan.Extendable, plan.IterationExponent, plan.GroupThreshold, plan.Groups.Length);
        using SecretBuffer encrypted = Slip39Cipher.Encrypt(secret, passphrase, set);
        SharePoint[] groups = Shamir.Split(plan.GroupThreshold, plan.Groups.Length, encrypted.Span, RandomNumberGenerator.Fill);
        var shares = ImmutableArray.CreateBuilder<ImmutableArray<SecretBuffer>>();
        foreach ((SharePoint group, Slip39Group members) in groups.Zip(plan.Groups))
        {
            SharePoint[] points = Shamir.Split(members.Threshold, members.Members, group.Y.Span, RandomNumberGenerator.Fill);
            shares.Add([.. points.Select(point => Slip39Text.Write(new(set, group.X, members.Threshold, point)))]);
            foreach (SharePoint point in points)
                point.Dispose();
            group.Dispose();
        }

        return shares.ToImmutable();
    }

    /// <summary>Gives a secret back.</summary>
    /// <param name="shares">Words as ASCII: of as many groups as it takes, as many members as each takes, in any order.</param>
    /// <param name="passphrase">The one that the secret was split with.</param>
    /// <returns>The secret; the caller disposes it.</returns>
    /// <exception cref="MedRedactException"><see cref="Faults.UnreadableShare"/>, <see cref="Faults.SharesOfDifferentSets"/>, <see cref="Faults.ShareTwice"/>,
    /// <see cref="Faults.WrongNumberOfShares"/> or <see cref="Faults.SharesDoNotFit"/>.</exception>
    public static SecretBuffer Combine(IReadOnlyCollection<ReadOnlyMemory<byte>> shares, ReadOnlySpan<byte> passphrase = default)
    {
        ArgumentNullException.ThrowIfNull(shares);
        CheckPassphrase(passphrase);
        var read = new List<Slip39Share>(shares.Count);
        try
        {
            foreach (ReadOnlyMemory<byte> share in shares)
                read.Add(Slip39Text.TryRead(share.Span) ?? throw Faults.Refuse(Faults.UnreadableShare));

            using SecretBuffer encrypted = Recover(read);
            return Slip39Cipher.Decrypt(encrypted.Span, passphrase, read[0].Set);
        }
        finally
        {
            foreach (Slip39Share share in read)
                share.Dispose();
        }
    }

    private static SecretBuffer Recover(List<Slip39Share> shares)
    {
        if (shares.Count == 0)
            throw Faults.Refuse(Faults.WrongNumberOfShares);
        if (shares.Any(share => share.Set != shares[0].Set || share.Value.Length != shares[0].Value.Length))
            throw Faults.Refuse(Faults.SharesOfDifferentSets);

        ILookup<int, Slip39Share> groups = shares.ToLookup(share => share.Group);
        foreach (IGrouping<int, Slip39Share> group in groups)
        {
            if (group.Any(share => share.MemberThreshold != group.First().MemberThreshold))
                throw Faults.Refuse(Faults.SharesOfDifferentSets);
            if (group.DistinctBy(share => share.Point.X).Count() != group.Count())
                throw Faults.Refuse(Faults.ShareTwice);
            if (group.Count() != group.First().MemberThreshold)
                throw Faults.Refuse(Faults.WrongNumberOfShares);
        }

        if (groups.Count != shares[0].Set.GroupThreshold)
            throw Faults.Refuse(Faults.WrongNumberOfShares);

        var points = new List<SharePoint>(groups.Count);
        try
        {
            foreach (IGrouping<int, Slip39Share> group in groups)
                points.Add(new((byte)group.Key, Shamir.Recover([.. group.Select(share => share.Point)]) ?? throw Faults.Refuse(Faults.SharesDoNotFit)));
            return Shamir.Recover(points) ?? throw Faults.Refuse(Faults.SharesDoNotFit);
        }
        finally
        {
            foreach (SharePoint point in points)
                point.Dispose();
        }
    }

    private static void Check(ReadOnlySpan<byte> secret, Slip39Plan plan, ReadOnlySpan<byte> passphrase)
    {
        if (!Slip39Share.IsSecretSize(secret.Length))
            throw new ArgumentException("A secret has an even number of bytes, 16 to 256.", nameof(secret));
        if (plan.Groups.IsDefault || plan.Groups.Length is 0 or > Shamir.MaxShares || plan.GroupThreshold < 1 || plan.GroupThreshold > plan.Groups.Length
            || plan.Groups.Any(group => group.Members is < 1 or > Shamir.MaxShares || group.Threshold < 1 || group.Threshold > group.Members
                || (group.Threshold == 1 && group.Members > 1)))
            throw new ArgumentException("Groups and members are 1 to 16, thresholds 1 to as many; where one member is enough there is one.", nameof(plan));
        if (plan.IterationExponent is < 0 or > 15)
            throw new ArgumentException("The iteration exponent is 0 to 15.", nameof(plan));
        CheckPassphrase(passphrase);
    }

    private static void CheckPassphrase(ReadOnlySpan<byte> passphrase)
    {
        if (passphrase.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
            throw new ArgumentException("A passphrase is printable ASCII.", nameof(passphrase));
    }
}
