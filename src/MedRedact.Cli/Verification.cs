using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using MedRedact.Audit;
using MedRedact.Releases;
using MedRedact.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedRedact.Cli;

/// <summary>Verifies the ledger first, then documents against it: every manifest's digest must be the one the ledger recorded.</summary>
/// <param name="services">The host.</param>
/// <param name="home">The home folder.</param>
/// <param name="checkpoints">The folder of the checkpoint store, where there is one to verify against.</param>
/// <param name="witnesses">Who must have cosigned the ledger's checkpoint.</param>
internal sealed class Verification(IServiceProvider services, string home, string? checkpoints = null, WitnessPolicy? witnesses = null)
{
    private readonly List<string> _damage = [];
    private readonly Dictionary<string, HashSet<string>> _manifests = new(StringComparer.Ordinal);
    private readonly HashSet<string> _deleted = new(StringComparer.Ordinal);
    private long _events;
    private int _documents;

    public string Summary => string.Create(
        CultureInfo.InvariantCulture, $"{_events} events, {_documents} documents, {(_damage.Count == 0 ? "all verified" : $"{_damage.Count} damaged")}");

    /// <summary>The ledger and every stored document.</summary>
    public async Task<IReadOnlyList<string>> HomeAsync(CancellationToken cancellationToken)
    {
        await LedgerAsync(cancellationToken);
        var store = services.GetRequiredService<EncryptedFileStore>();
        var verifier = new DocumentStoreVerifier(store, services.GetRequiredService<IZoneStore>(), services.GetRequiredService<IObjectSealer>());
        var broken = new HashSet<DocumentId>();
        await foreach (DocumentDamage damage in verifier.VerifyAllAsync(LocalHost.Tenant, cancellationToken))
        {
            broken.Add(damage.Document);
            string at = damage.Envelope is { Damage: { } kind } envelope
                ? string.Create(CultureInfo.InvariantCulture, $" ({kind}{(envelope.Chunk is { } chunk ? $", chunk {chunk}" : "")})")
                : "";
            _damage.Add($"document {damage.Document}: {damage.Kind} {damage.Zone}/{damage.Name}{at}");
        }

        await foreach (DocumentId document in store.ListAsync(LocalHost.Tenant, cancellationToken))
        {
            _documents++;
            if (!broken.Contains(document))
                await StoredManifestAsync(store, document, cancellationToken);
        }

        return _damage;
    }

    /// <summary>Exported folders: the manifest against the ledger, the files against the manifest.</summary>
    public async Task<IReadOnlyList<string>> ExportAsync(string folder, bool showPaths, CancellationToken cancellationToken)
    {
        await LedgerAsync(cancellationToken);
        IReadOnlyList<VerifierKey> keys = await ReleaseKeys.OfHomeAsync(services, home, cancellationToken);
        string[] documents = ReleaseFolders.In(folder);
        if (documents.Length == 0)
            throw Faults.NothingReleased();
        _damage.AddRange(ReleaseFolders.Lines(ReleaseFolders.Strays(folder, documents), showPaths));
        foreach (string path in documents)
        {
            _documents++;
            string manifest = Path.Combine(path, ReleaseFiles.Manifest);
            IEnumerable<string> found = File.Exists(manifest) && !await IsRecordedAsync(path, manifest, cancellationToken)
                ? [$"{ReleaseFiles.Manifest} is not the one the ledger recorded"]
                : (await ReleaseFolders.VerifyAsync(path, keys, showPaths, cancellationToken)).Select(ReleaseFolders.Line);
            _damage.AddRange(found.Select(each => $"document {ReleaseFolders.Named(path, showPaths)}: {each}"));
        }

        return _damage;
    }

    private async Task LedgerAsync(CancellationToken cancellationToken)
    {
        KeyPurpose purpose = services.GetRequiredService<IOptions<AuditLedgerOptions>>().Value.SigningPurpose;
        ImmutableArray<VerificationKey> keys = await services.GetRequiredService<IKeyProvider>().GetVerificationKeysAsync(purpose, cancellationToken);
        if (keys.IsEmpty)
        {
            _damage.Add("ledger: its signing key was disabled");
            return;
        }

        string folder = Path.Combine(home, "ledger");
        AuditCheckpoint? kept = await KeptAsync(folder, keys, cancellationToken);
        var expected = new AuditVerificationOptions { FormerPublicKeys = [.. keys.Skip(1).Select(key => key.PublicKey)], KnownCheckpoint = kept, Witnesses = witnesses };
        AuditVerificationReport report = await AuditLedgerVerifier.VerifyAsync(folder, keys[0].PublicKey, expected, cancellationToken: cancellationToken);
        _events = report.Events;
        _damage.AddRange(report.Findings.Select(finding => $"ledger: {finding}"));
        if (kept is not null && report.Findings.FirstOrDefault(finding => finding.Kind == AuditFindingKind.HistoryRewritten) is { } rewritten)
        {
            // At the size of the kept checkpoint it is about another root there. Before it events are missing, or all are there and only the checkpoint is older.
            string verdict = rewritten.Sequence == kept.Size ? EvidenceFile.Word(EvidenceCheck.Forked)
                : report.Events < kept.Size ? EvidenceFile.Word(EvidenceCheck.RolledBack)
                : "its own checkpoint is older: put back alone, or its writer ended before it published one; opening the ledger judges it";
            _damage.Add(string.Create(CultureInfo.InvariantCulture, $"ledger: the checkpoint store holds a signed checkpoint over {kept.Size} events, the ledger has {report.Events}: {verdict}"));
        }

        if (!report.IsIntact)
        {
            if (report.Findings.IsEmpty)
                _damage.Add("ledger: no signed checkpoint");
            return;
        }

        await foreach (AuditRecord record in AuditLedgerReader.ReadAsync(folder, cancellationToken: cancellationToken))
        {
            if (record.Kind == RetentionEvents.DeletionBegun.Name && record.Document is { } deleted)
                _deleted.Add(deleted.ToString());
            string? manifest = record.Fields.Where(field => field.Name == "manifest").Select(field => field.Value.Text).FirstOrDefault();
            if (manifest is not null && record.Document is { } document)
                (_manifests.TryGetValue(document.ToString(), out HashSet<string>? known) ? known : _manifests[document.ToString()] = []).Add(manifest);
        }
    }

    /// <summary>What the checkpoint store holds of the ledger: without its own checkpoint a ledger has no name to ask by, and is damaged anyway.</summary>
    private async Task<AuditCheckpoint?> KeptAsync(string folder, ImmutableArray<VerificationKey> keys, CancellationToken cancellationToken)
    {
        string checkpoint = Path.Combine(folder, "checkpoint");
        if (checkpoints is null || !File.Exists(checkpoint))
            return null;

        byte[] note = await File.ReadAllBytesAsync(checkpoint, cancellationToken);
        if (keys.Select(key => AuditCheckpoint.Open(note, key.PublicKey)).FirstOrDefault(opened => opened is not null) is not { } published)
            return null;

        ReadOnlyMemory<byte>? held = await new FileCheckpointStore(checkpoints).FindAsync(published.Origin, cancellationToken);
        AuditCheckpoint? kept = held is { } bytes ? keys.Select(key => AuditCheckpoint.Open(bytes, key.PublicKey)).FirstOrDefault(opened => opened is not null) : null;
        if (kept is null)
            _damage.Add(held is null ? "ledger: the checkpoint store holds nothing of it" : "ledger: none of its keys signed what the checkpoint store holds");
        return kept;
    }

    private async Task StoredManifestAsync(EncryptedFileStore store, DocumentId document, CancellationToken cancellationToken)
    {
        await using Stream? artefact =
            await store.ReadArtifactAsync(document, LocalHost.Tenant, StorageZone.Structured, new ObjectName(ReleaseFiles.Manifest), cancellationToken);

        // What the signed commit record names no more went with a deletion, if the ledger knows of one.
        if (artefact is null && _deleted.Contains(document.ToString()))
            return;

        using var content = new MemoryStream();
        if (artefact is not null)
            await artefact.CopyToAsync(content, cancellationToken);
        if (!IsRecorded(document.ToString(), Digest256.From(SHA256.HashData(content.ToArray()))))
            _damage.Add($"document {document}: the stored manifest is not the one the ledger recorded");
    }

    /// <summary>A folder of another name than an id is asked of any document: the signature says of which.</summary>
    private async Task<bool> IsRecordedAsync(string path, string manifest, CancellationToken cancellationToken)
    {
        await using FileStream content = File.OpenRead(manifest);
        var digest = Digest256.From(await SHA256.HashDataAsync(content, cancellationToken));
        return ReleaseFolders.HasId(path) ? IsRecorded(Path.GetFileName(Path.GetFullPath(path)), digest) : _manifests.Values.Any(known => known.Contains(digest.ToString()));
    }

    private bool IsRecorded(string document, Digest256 manifest) =>
        _manifests.TryGetValue(document, out HashSet<string>? recorded) && recorded.Contains(manifest.ToString());
}
