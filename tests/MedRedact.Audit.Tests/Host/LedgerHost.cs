using System.Globalization;
using System.Security.Cryptography;

namespace MedRedact.Audit.Tests;

/// <summary>Turns this test program into a small host for a moment: a child that appends to a real ledger and prints each receipt, to be killed
/// or run under <c>strace</c>.</summary>
internal static class LedgerHost
{
    public const string Variable = "MEDREDACT_LEDGER_HOST";

    /// <summary>A signing key that parent and child share; it guards nothing.</summary>
    public static byte[] PrivateKey { get; } = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    /// <summary>Does what the environment variable asks for.</summary>
    /// <returns>Whether it asked for anything.</returns>
    public static async Task<bool> RunAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } request)
            return false;

        string[] parts = request.Split('|');
        await AppendAsync(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture));
        return true;
    }

    public static TestKeys Keys() => new(ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = PrivateKey }));

    private static async Task AppendAsync(string folder, int count)
    {
        using TestKeys keys = Keys();
        await using var ledger = new AuditLedger(new() { Folder = folder, CheckpointInterval = TimeSpan.FromMilliseconds(10), SegmentSize = 8 << 10 }, keys);
        for (int i = 0; i < count; i++)
        {
            try
            {
                AuditReceipt receipt = await ledger.AppendAsync(Sample.Event(i));
                Console.WriteLine($"{receipt.Sequence} {receipt.LeafHash}");
            }
            catch (MedRedactException fault)
            {
                Console.WriteLine(fault.Code);
            }
        }
    }
}
