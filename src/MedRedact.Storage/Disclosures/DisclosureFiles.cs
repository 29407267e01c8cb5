using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MedRedact.Durability;

namespace MedRedact.Storage;

/// <summary>Disclosures as sealed files, a folder for each patient of a tenant. They are sealed under the tenant's key of evidence and not under the patient's: what left must be accounted for
/// after the patient's own data was destroyed.</summary>
/// <remarks>Hosts may share the folder. Nothing is ever changed or removed here; entries older than six years may be removed by whoever keeps the folder.</remarks>
public sealed class DisclosureFiles : IDisclosureLedger
{
    private const int MostRecipient = 500, MostText = 2_000, MostBytes = 64 << 10;
    private const string Extension = ".disclosure";

    private static readonly KeyPurpose Sealing = new("disclosure");

    private readonly string _folder;
    private readonly IObjectSealer _sealer;
    private readonly IAuditSink _audit;
    private readonly TimeProvider _time;
    private readonly IFileOperations _operations;
    private readonly IDisclosureEvidence? _evidence;

    /// <summary>Names the folder; nothing is read yet.</summary>
    /// <param name="folder">The folder; made where it is missing.</param>
    /// <param name="sealer">Seals the entries.</param>
    /// <param name="audit">Knows of each entry first.</param>
    /// <param name="time">Says when.</param>
    /// <param name="evidence">What the audit ledger knows; without it an entry that is gone is not missed.</param>
    /// <param name="operations">The file system; this machine's by default.</param>
    public DisclosureFiles(string folder, IObjectSealer sealer, IAuditSink audit, TimeProvider time, IDisclosureEvidence? evidence = null, IFileOperations? operations = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(sealer);
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(time);
        (_folder, _sealer, _audit, _time, _evidence, _operations) = (folder, sealer, audit, time, evidence, operations ?? PhysicalFileOperations.Instance);
    }

    /// <inheritdoc/>
    public async ValueTask<AuditReceipt> RecordAsync(Disclosure disclosure, ActorId by, CancellationToken cancellationToken = default)
    {
        Check(disclosure, _time.GetUtcNow());
        byte[] salt = RandomNumberGenerator.GetBytes(Digest256.Size), facts = DisclosureEntry.Facts(disclosure, new ActorId(by.Value)), entry = [];
        try
        {
            AuditReceipt receipt = await _audit.AppendAsync(
                new AuditEvent(AuditKind.DisclosureMade, _time.GetUtcNow(), by)
                {
                    Tenant = disclosure.Tenant,
                    Document = disclosure.Document,
                    Fields = [new("ground", AuditValue.Of((long)disclosure.Ground)), new("commitment", AuditValue.Of(DisclosureEntry.Commit(salt, facts))), new("subject", AuditValue.Of(disclosure.Subject.Value))],
                },
                cancellationToken);
            entry = DisclosureEntry.Format(salt, receipt, facts);
            await KeepAsync(disclosure, receipt, entry);
            return receipt;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(facts);
            CryptographicOperations.ZeroMemory(entry);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<DisclosureAccount> AccountAsync(SubjectId subject, AccessGrant grant, DateTimeOffset? from = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(grant);
        DateTimeOffset now = _time.GetUtcNow(), since = from ?? now.AddYears(-6);
        if (grant.Request is not { Action: AccessAction.AccountDisclosures, Document: null } || grant.ExpiresAt <= now)
            throw Faults.Refuse(Faults.NoAccountGranted);

        TenantId tenant = grant.Request.Tenant;
        var kept = new List<KeptDisclosure>();
        foreach (string path in Entries(tenant, subject))
        {
            cancellationToken.ThrowIfCancellationRequested();
            kept.Add(await OpenAsync(path, tenant, subject, cancellationToken));
        }

        ImmutableArray<KeptDisclosure> accounted =
        [
            .. kept.Where(each => each.Disclosure.IsAccounted && each.Disclosure.At >= since && each.Disclosure.At <= now && !(each.Disclosure.WithheldUntil > now))
                .OrderBy(each => each.Disclosure.At).ThenBy(each => each.Receipt.Sequence),
        ];
        int? missing = _evidence is null ? null : (await _evidence.FindCommitmentsAsync(tenant, subject, cancellationToken)).Except(kept.Select(each => each.Commitment)).Count;
        await _audit.AppendAsync(
            new AuditEvent(AuditKind.DisclosuresAccounted, now, grant.Request.Actor)
            {
                Tenant = tenant,
                Purpose = grant.Request.Purpose,
                Decision = AuditDecision.Permitted,
                Fields =
                [
                    new("grant", AuditValue.Of(grant.Receipt.Sequence)), new("subject", AuditValue.Of(subject.Value)), new("count", AuditValue.Of(accounted.Length)),
                    .. missing is { } gap ? [new AuditField("missing", AuditValue.Of(gap))] : (ReadOnlySpan<AuditField>)[],
                ],
            },
            cancellationToken);
        return new DisclosureAccount(subject, since, now, accounted) { Missing = missing };
    }

    private async ValueTask KeepAsync(Disclosure disclosure, AuditReceipt receipt, byte[] entry)
    {
        using var envelope = new MemoryStream();
        await using (Stream message = await _sealer.OpenWriteAsync(envelope, Place(disclosure.Tenant), CancellationToken.None))
            await message.WriteAsync(entry);

        string folder = FolderOf(disclosure.Tenant, disclosure.Subject);
        OnDisk(() =>
        {
            DurableDirectory.Create(folder, _operations);
            using AtomicFile file = AtomicFile.Create(Path.Combine(folder, receipt.Sequence.ToString("D19", CultureInfo.InvariantCulture) + Extension), _operations);
            file.Content.Write(envelope.GetBuffer().AsSpan(0, (int)envelope.Length));
            file.Commit(replace: false);
            return true;
        });
    }

    private async ValueTask<KeptDisclosure> OpenAsync(string path, TenantId tenant, SubjectId subject, CancellationToken cancellationToken)
    {
        byte[] envelope = OnDisk(() => _operations.ReadWhole(path, MostBytes) ?? throw Faults.Refuse(Faults.BrokenDisclosure), Faults.StorageFailed), entry = [];
        try
        {
            await using Stream message = await _sealer.OpenReadAsync(new MemoryStream(envelope, writable: false), Place(tenant), cancellationToken);
            entry = GC.AllocateUninitializedArray<byte>(checked((int)message.Length), pinned: true);
            await message.ReadExactlyAsync(entry, cancellationToken);

            // A file that was renamed, or put into another patient's folder, is not what its name says.
            return DisclosureEntry.Parse(entry, tenant, subject) is { } kept && Path.GetFileName(path) == kept.Receipt.Sequence.ToString("D19", CultureInfo.InvariantCulture) + Extension
                ? kept
                : throw Faults.Refuse(Faults.BrokenDisclosure);
        }
        catch (MedRedactException fault) when (fault.Code != Faults.BrokenDisclosure && fault is not KeyServiceException { IsUnjudged: true })
        {
            throw Faults.Refuse(Faults.BrokenDisclosure, fault);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(entry);
        }
    }

    private string[] Entries(TenantId tenant, SubjectId subject)
    {
        string folder = FolderOf(tenant, subject);
        return OnDisk(() => _operations.Exists(folder)
            ? _operations.List(folder).Where(entry => entry.Name.EndsWith(Extension, StringComparison.Ordinal)).Select(entry => Path.Combine(folder, entry.Name)).ToArray()
            : [], Faults.StorageFailed);
    }

    private string FolderOf(TenantId tenant, SubjectId subject) =>
        Path.Combine(_folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"{new TenantId(tenant.Value)}\n{subject}"))));

    private static KeyContext Place(TenantId tenant) => new(Sealing, StorageZone.Proofs, tenant, null);

    private static void Check(Disclosure disclosure, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(disclosure);
        _ = new TenantId(disclosure.Tenant.Value);
        if (!Enum.IsDefined(disclosure.Ground) || !Fits(disclosure.Recipient, MostRecipient) || !Fits(disclosure.Description, MostText) || !Fits(disclosure.Purpose, MostText)
            || (disclosure.Address is { } address && !Fits(address, MostRecipient)))
            throw new ArgumentException("A disclosure says its ground, its recipient, what and why, each within its length.", nameof(disclosure));

        // What no account would ever show is not recorded as if it would.
        if (disclosure.At > now.AddDays(1) || disclosure.At < now.AddYears(-10))
            throw new ArgumentException("A disclosure is of about now: not more than a day ahead, and not more than ten years ago.", nameof(disclosure));
        if (disclosure.WithheldUntil is { } until && (disclosure.Ground is not (DisclosureGround.HealthOversight or DisclosureGround.LawEnforcement) || until > now.AddYears(10)))
            throw new ArgumentException("A patient is kept from knowing for an agency of health oversight or law enforcement alone, and for so long as it said.", nameof(disclosure));
    }

    private static bool Fits(Phi<string> text, int most) => text.Reveal() is { } words && words.Length <= most && !string.IsNullOrWhiteSpace(words);

    private static T OnDisk<T>(Func<T> work, FaultCode? otherwise = null)
    {
        try
        {
            return work();
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(otherwise ?? Faults.DisclosureNotKept, fault);
        }
    }
}
