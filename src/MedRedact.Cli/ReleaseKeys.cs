using MedRedact.Audit;
using MedRedact.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedRedact.Cli;

/// <summary>The public keys that exported documents are verified with.</summary>
internal static class ReleaseKeys
{
    private static readonly KeyPurpose Manifests = new("manifest-signing");

    /// <summary>The keys of a home: of manifests, of deletion certificates, and of its ledger where it has signed a checkpoint.</summary>
    public static async Task<IReadOnlyList<VerifierKey>> OfHomeAsync(IServiceProvider services, string home, CancellationToken cancellationToken)
    {
        var provider = services.GetRequiredService<IKeyProvider>();
        ISigner manifests = await provider.GetSignerAsync(Manifests, cancellationToken);
        ISigner ledger = await provider.GetSignerAsync(services.GetRequiredService<IOptions<AuditLedgerOptions>>().Value.SigningPurpose, cancellationToken);
        ISigner deletions = await provider.GetSignerAsync(DeletionCertificate.Signing, cancellationToken);
        var keys = new List<VerifierKey>
        {
            VerifierKey.Create(SignedManifest.SignerName(manifests.Key), manifests.PublicKey),
            VerifierKey.Create(SignedDeletion.SignerName(deletions.Key), deletions.PublicKey),
        };
        string checkpoint = Path.Combine(home, "ledger", "checkpoint");
        if (File.Exists(checkpoint) && AuditCheckpoint.Open(await File.ReadAllBytesAsync(checkpoint, cancellationToken), ledger.PublicKey) is { } signed)
            keys.Add(VerifierKey.Create(signed.Origin, ledger.PublicKey));
        return keys;
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
