using System.Globalization;
using System.Security.Cryptography;

namespace MedRedact.Audit.Tests;

/// <summary>Turns this test program into a small host for a moment: a child that appends to a real ledger and prints each receipt, to be killed
/// or run under <c>strace</c>.</summary>
internal static class LedgerHost
{
    /// <summary>The folder, the number of events of each producer and the number of producers, with bars between. Store and witness lie beside the folder.</summary>
    public const string Variable = "MEDREDACT_LEDGER_HOST";

    private const string Origin = "clinic.example/audit";

    private static readonly byte[] WitnessKey = [.. Enumerable.Range(33, 32).Select(i => (byte)i)];

    /// <summary>A signing key that parent and child share; it guards nothing.</summary>
    public static byte[] PrivateKey { get; } = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    /// <summary>Does what the environment variable asks for.</summary>
    /// <returns>Whether it asked for anything.</returns>
    public static async Task<bool> RunAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } request)
            return false;

        string[] parts = request.Split('|');
        await AppendAsync(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), int.Parse(parts[2], CultureInfo.InvariantCulture));
        return true;
    }

    public static TestKeys Keys() => Keys(PrivateKey);

    /// <summary>The witness of a ledger.</summary>
    public static FileWitness Witness(string folder, TestKeys ledger) =>
        new(folder + "-witness", "witness.example/w1", Keys(WitnessKey), [VerifierKey.Create(Origin, ledger.PublicKey)]);

    /// <summary>A ledger with a checkpoint store and a witness, as parent and child open it.</summary>
    public static AuditLedger Open(string folder, TestKeys keys)
    {
        AuditLedgerOptions options = new()
        {
            Folder = folder, Origin = Origin, CheckpointFolder = folder + "-checkpoints", CheckpointInterval = TimeSpan.FromMilliseconds(10), SegmentSize = 8 << 10,
            WitnessPatience = TimeSpan.FromMinutes(1),
        };
        return new(options, keys, witnesses: [Witness(folder, keys)]);
    }

    private static TestKeys Keys(byte[] key) => new(ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = key }));

    private static async Task AppendAsync(string folder, int count, int producers)
    {
        using TestKeys keys = Keys();
        await using AuditLedger ledger = Open(folder, keys);
        var gate = new Lock();
        await Task.WhenAll(Enumerable.Range(0, producers).Select(producer => Task.Run(() => ProduceAsync(ledger, producer, count, gate))));
    }

    private static async Task ProduceAsync(AuditLedger ledger, int producer, int count, Lock gate)
    {
        for (int i = 0; i < count; i++)
        {
            string line;
            try
            {
                AuditReceipt receipt = await ledger.AppendAsync(Sample.Event(i, producer == 0 ? null : producer));
                line = $"{receipt.Sequence} {receipt.LeafHash}";
            }
            catch (MedRedactException fault)
            {
                line = fault.Code.Value;
            }

            lock (gate)
                Console.WriteLine(line);
        }
    }
}
