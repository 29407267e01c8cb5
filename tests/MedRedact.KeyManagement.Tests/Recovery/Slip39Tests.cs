using System.Text;
using System.Text.Json;
using CsCheck;
using MedRedact.Envelope;
using MedRedact.KeyManagement.Recovery;

namespace MedRedact.KeyManagement.Tests.Recovery;

public sealed class Slip39Tests
{
    // Made with another implementation of the standard. Secrets: 00 01 02 …
    private static readonly string[] OfTwoGroups =
    [
        "smell necklace acrobat leader angry preach echo tracks royal observe bundle freshman ticket distance item perfect counter sled mobile armed valid memory have adult actress forbid vitamins survive costume smear dominant satoshi stay",
        "smell necklace beard leaf activity burning sister amount username friar fragment syndrome deliver voice lily type furl bucket reaction profile briefing slavery pencil moment lair float watch plan hormone muscle dwarf drink have",
        "smell necklace beard lungs agree glimpse mother aviation earth crazy boring adult nail domain multiple upgrade rescue herd watch desert metric ivory headset smell nail plot float verdict impulse unhappy element husband equation",
    ];

    private static readonly string[] OfThree =
    [
        "secret morning academic agree alive advocate racism decrease domestic eclipse rebound ceramic filter equation strategy wrote phrase strategy pumps review vampire jury total national engage glance smith rainbow plunge enlarge trouble vexed entrance",
        "secret morning academic axle always home boring prize building lobe index receiver gather eclipse party engage swing frost costume safari problem lobe python obtain scramble drift jewelry cylinder season execute faint python daughter",
        "secret morning academic arcade acid teacher angry ruler extra husband hazard closet sled slavery result quiet bike desert overall join tracks quiet repeat crunch priority adult arcade lair lunar edge downtown arcade premium",
    ];

    private const string Alone = "column clay academic academic armed dress review premium imply typical dominant daisy voting random agency bike dive smart junk award";

    [Fact]
    public void Shares_that_another_implementation_made_are_combined()
    {
        Assert.Equal(Counting(32), Combine(OfTwoGroups, "TREZOR"));
        Assert.NotEqual(Counting(32), Combine(OfTwoGroups, "trezor"));
        Assert.Equal(Counting(32), Combine(OfThree));
        Assert.Equal(Counting(16), Combine([Alone.ToUpperInvariant().Replace(" ", "\r\n\t", StringComparison.Ordinal) + "\n"]));
    }

    [Fact]
    public void The_vectors_of_the_standard_hold()
    {
        string? file = OptionalData.Find("vectors/slip39/vectors.json");
        Assert.SkipWhen(file is null, "The vectors of SLIP-39 do not lie beside the repository.");
        using JsonDocument vectors = JsonDocument.Parse(File.ReadAllText(file!));

        int held = 0;
        foreach (JsonElement vector in vectors.RootElement.EnumerateArray())
        {
            string[] shares = [.. vector[1].EnumerateArray().Select(share => share.GetString()!)];
            string secret = vector[2].GetString()!;
            if (secret.Length > 0)
                Assert.Equal(secret, Convert.ToHexStringLower(Combine(shares, "TREZOR")));
            else
                Assert.StartsWith("MR-KEY-05", Assert.Throws<MedRedactException>(() => Combine(shares, "TREZOR")).Code.Value, StringComparison.Ordinal);
            held++;
        }

        Assert.Equal(45, held);
    }

    [Fact]
    public void What_was_split_is_combined_whatever_the_groups() => (
        from groups in (from members in Gen.Int[1, 5] from threshold in Gen.Int[1, members] select new Slip39Group(threshold, threshold == 1 ? 1 : members)).Array[1, 4]
        from groupThreshold in Gen.Int[1, groups.Length]
        from secret in Gen.Byte.Array[8, 24]
        from extendable in Gen.Bool
        from passphrase in Gen.String[Gen.Char[' ', '~'], 0, 12]
        select (groups, groupThreshold, secret, extendable, passphrase)).Sample(
        split =>
        {
            byte[] secret = [.. split.secret, .. split.secret];
            byte[] passphrase = Encoding.ASCII.GetBytes(split.passphrase);
            var plan = new Slip39Plan { Groups = [.. split.groups], GroupThreshold = split.groupThreshold, Extendable = split.extendable };
            var shares = Slip39.Split(secret, plan, passphrase);

            SecretBuffer[] brought =
            [
                .. shares.Zip(split.groups).Reverse().Take(split.groupThreshold).SelectMany(group => group.First.Reverse().Take(group.Second.Threshold)),
            ];
            using SecretBuffer combined = Slip39.Combine([.. brought.Select(share => (ReadOnlyMemory<byte>)share.Memory)], passphrase);

            Assert.Equal(secret, combined.Span.ToArray());
        },
        iter: 40);

    [Fact]
    public void Wrong_shares_are_refused_by_what_is_wrong_with_them()
    {
        string[] words = OfThree[0].Split(' ');
        for (int at = 0; at < words.Length; at++)
        {
            string[] changed = [.. words];
            changed[at] = words[at] == "academic" ? "zero" : "academic";
            Assert.Equal(Faults.UnreadableShare, Refusal([string.Join(' ', changed), OfThree[1], OfThree[2]]));
        }

        Assert.Equal(Faults.UnreadableShare, Refusal([OfThree[0] + " zero", OfThree[1], OfThree[2]]));
        Assert.Equal(Faults.UnreadableShare, Refusal(["no such word", OfThree[1], OfThree[2]]));
        Assert.Equal(Faults.UnreadableShare, Refusal([""]));
        Assert.Equal(Faults.ShareTwice, Refusal([OfThree[0], OfThree[0], OfThree[1]]));
        Assert.Equal(Faults.WrongNumberOfShares, Refusal(OfThree[..2]));
        Assert.Equal(Faults.WrongNumberOfShares, Refusal([]));
        Assert.Equal(Faults.SharesOfDifferentSets, Refusal([OfThree[0], OfThree[1], OfTwoGroups[0]]));
    }

    [Fact]
    public void Only_what_the_standard_allows_is_split()
    {
        Assert.Throws<ArgumentException>(() => Slip39.Split(new byte[15], Of(new Slip39Group(2, 3))));
        Assert.Throws<ArgumentException>(() => Slip39.Split(new byte[17], Of(new Slip39Group(2, 3))));
        Assert.Throws<ArgumentException>(() => Slip39.Split(new byte[16], Of(new Slip39Group(1, 3))));
        Assert.Throws<ArgumentException>(() => Slip39.Split(new byte[16], Of(new Slip39Group(4, 3))));
        Assert.Throws<ArgumentException>(() => Slip39.Split(new byte[16], Of(new Slip39Group(2, 17))));
        Assert.Throws<ArgumentException>(() => Slip39.Split(new byte[16], Of(new Slip39Group(2, 3)) with { GroupThreshold = 2 }));
        Assert.Throws<ArgumentException>(() => Slip39.Split(new byte[16], Of(new Slip39Group(2, 3)) with { IterationExponent = 16 }));
        Assert.Throws<ArgumentException>(() => Slip39.Split(new byte[16], Of(new Slip39Group(2, 3)), "ä"u8));
    }

    private static Slip39Plan Of(Slip39Group group) => new() { Groups = [group] };

    private static byte[] Counting(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)i)];

    private static FaultCode Refusal(string[] shares) => Assert.Throws<MedRedactException>(() => Combine(shares)).Code;

    private static byte[] Combine(string[] shares, string passphrase = "")
    {
        using SecretBuffer secret = Slip39.Combine([.. shares.Select(share => (ReadOnlyMemory<byte>)Encoding.ASCII.GetBytes(share))], Encoding.ASCII.GetBytes(passphrase));
        return secret.Span.ToArray();
    }
}
