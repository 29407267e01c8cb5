using System.Collections.Immutable;
using MedRedact.Audit;
using MedRedact.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedRedact.Cli;

/// <summary>The public keys that exported documents are verified with.</summary>
internal static class ReleaseKeys
{
    private static readonly KeyPurpose Manifests = new("manifest-signing");

    /// <summary>The keys of a home, retired ones too: of manifests, of deletion certificates, and of its ledger where it has signed a checkpoint.</summary>
    public static async Task<IReadOnlyList<VerifierKey>> OfHomeAsync(IServiceProvider services, string home, CancellationToken cancellationToken)
    {
        var provider = services.GetRequiredService<IKeyProvider>();
        ImmutableArray<VerificationKey> ledger = await provider.GetVerificationKeysAsync(services.GetRequiredService<IOptions<AuditLedgerOptions>>().Value.SigningPurpose, cancellationToken);
        List<VerifierKey> keys =
        [
            .. from key in await provider.GetVerificationKeysAsync(Manifests, cancellationToken)
               select VerifierKey.Create(SignedManifest.SignerName(key.Key), key.PublicKey),
            .. from key in await provider.GetVerificationKeysAsync(DeletionCertificate.Signing, cancellationToken)
               select VerifierKey.Create(SignedDeletion.SignerName(key.Key), key.PublicKey),
        ];
        string checkpoint = Path.Combine(home, "ledger", "checkpoint");
        if (!File.Exists(checkpoint))
            return keys;

        byte[] note = await File.ReadAllBytesAsync(checkpoint, cancellationToken);
        if (ledger.Select(key => AuditCheckpoint.Open(note, key.PublicKey)).FirstOrDefault(opened => opened is not null) is { } signed)
            keys.AddRange(ledger.Select(key => VerifierKey.Create(signed.Origin, key.PublicKey)));
        return keys;
    }

    /// <summary>The keys that were named, or else those of a home.</summary>
    public static async Task<IReadOnlyList<VerifierKey>> NamedOrOfHomeAsync(string[] named, string? home, CancellationToken cancellationToken)
    {
        if (named.Length > 0 || home is null)
            return Read(named);
        if (!Directory.Exists(Path.Combine(home, "ledger")))
            throw Faults.NoLedger();

        await using ServiceProvider services = await LocalHost.StartAsync(home, policy: null, jobs: 1);
        return await OfHomeAsync(services, home, cancellationToken);
    }

    /// <summary>Reads keys from the command line: each a key as it is printed, or a file of such lines; empty lines and lines with <c>#</c> are passed over.</summary>
    public static IReadOnlyList<VerifierKey> Read(IEnumerable<string> named)
    {
        List<VerifierKey> keys = [.. named.SelectMany(Lines).Select(line => VerifierKey.Parse(line) ?? throw Faults.NoVerifierKey())];
        return keys.Count > 0 ? keys : throw Faults.NoVerifierKey();
    }

    private static IEnumerable<string> Lines(string named)
    {
        if (VerifierKey.Parse(named) is not null)
            return [named];

        try
        {
            return [.. File.ReadAllLines(named).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Faults.NoVerifierKey();
        }
    }
}
