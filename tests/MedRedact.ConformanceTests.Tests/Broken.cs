using System.Buffers;
using System.Collections.Immutable;
using MedRedact.Testing;

namespace MedRedact.ConformanceTests.Tests;

// Implementations that are wrong in one way each. Decorators over the sound ones, so that nothing else is wrong.
internal sealed class GappySink : IAuditSink
{
    private long _next;

    public ValueTask<AuditReceipt> AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(new AuditReceipt(_next += 2, new LeafHash(new SeededIds((int)_next).NextDigest())));
}

internal sealed class RacingSink : IAuditSink
{
    private int _next;

    public async ValueTask<AuditReceipt> AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default)
    {
        int mine = _next;
        await Task.Yield();
        Thread.SpinWait(2_000);
        _next = mine + 1;
        return new AuditReceipt(mine, new LeafHash(new SeededIds(mine).NextDigest()));
    }
}

internal sealed class EditedSink(Func<AuditReceipt, AuditReceipt> edit) : IAuditSink
{
    private readonly RecordingAuditSink _sound = new();

    public async ValueTask<AuditReceipt> AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default) => edit(await _sound.AppendAsync(auditEvent, cancellationToken));
}

internal sealed class CarelessSink : IAuditSink
{
    private readonly RecordingAuditSink _sound = new();

    public ValueTask<AuditReceipt> AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default) => _sound.AppendAsync(auditEvent with { Fields = [] }, cancellationToken);
}

internal sealed class CancellationEatingSink : IAuditSink
{
    private readonly RecordingAuditSink _sound = new();

    public ValueTask<AuditReceipt> AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? throw new InvalidOperationException("Something went wrong.") : _sound.AppendAsync(auditEvent, CancellationToken.None);
}

internal sealed class BrokenPolicy(Func<Finding, int, Disposition> decide, Func<int, Digest256>? hash = null) : IDispositionPolicy
{
    private int _asked;

    public string Name => "broken";

    public PolicyHash Hash => new(hash?.Invoke(_asked) ?? new Digest256(3, 4));

    public ImmutableHashSet<Disposition> Uses => [Disposition.Redact, Disposition.Keep, Disposition.ShiftDate];

    public Disposition Decide(Finding finding, DecisionContext context) => decide(finding, Interlocked.Increment(ref _asked));
}

internal sealed class BrokenRedactor(Func<RedactionTarget, Replacement?> propose, Disposition serves = Disposition.Generalize) : IRedactor
{
    public Disposition Serves => serves;

    public ImmutableArray<PhiCategory> Categories => [];

    public ValueTask<Replacement?> ProposeAsync(RedactionTarget target, CancellationToken cancellationToken = default) => ValueTask.FromResult(propose(target));
}

internal sealed class BrokenEngine(Func<PageText, PageImage, PageText> spoil) : IOcrEngine
{
    public FakeOcrEngine? Sound { get; set; }

    public bool IgnoresCancellation { get; init; }

    public EngineId Id => new("broken");

    public string Version { get; init; } = "0";

    public async ValueTask<PageText> RecognizeAsync(PageImage page, OcrRequest request, CancellationToken cancellationToken = default) =>
        spoil(await Sound!.RecognizeAsync(page, request, IgnoresCancellation ? CancellationToken.None : cancellationToken), page);
}

internal sealed class BrokenDetector(Func<Finding, int, Finding> spoil) : IPhiDetector
{
    private readonly FakePhiDetector _sound = FakePhiDetector.Of(("the", PhiCategory.PersonName), ("a", PhiCategory.City));
    private int _asked;

    public DetectorInfo Info => _sound.Info;

    public bool EatsCancellation { get; init; }

    public bool Prints { get; init; }

    public async ValueTask<ImmutableArray<Finding>> DetectAsync(PageView page, KnownPatient? known, CancellationToken cancellationToken = default)
    {
        int call = Interlocked.Increment(ref _asked);
        if (EatsCancellation && cancellationToken.IsCancellationRequested)
            throw new InvalidOperationException("Something went wrong.");
        if (Prints)
            Console.WriteLine(page.Text.Text.Read(0, static (text, _) => text.ToString()));
        return [.. (await _sound.DetectAsync(page, known, cancellationToken)).Select(finding => spoil(finding, call))];
    }
}

internal sealed class BrokenReader(FakePageReader sound) : IPageReader
{
    public Func<IRasterMemory, IRasterMemory> Memory { get; init; } = static memory => memory;

    public bool Flickers { get; init; }

    public bool ThrowsOnContent { get; init; }

    public bool KnowsNoEnd { get; init; }

    public bool Unlimited { get; init; }

    public ValueTask<Inspection> InspectAsync(SourceDocument document, PipelineLimits limits, CancellationToken cancellationToken = default) => Inspect(document, limits, cancellationToken);

    public async ValueTask<IPageSource> OpenAsync(SourceDocument document, Inspection inspection, CancellationToken cancellationToken = default) =>
        new Source(this, await sound.OpenAsync(document, inspection, cancellationToken));

    private async ValueTask<Inspection> Inspect(SourceDocument document, PipelineLimits limits, CancellationToken cancellationToken)
    {
        await using Stream stream = await document.RevealAsync(cancellationToken);
        if (ThrowsOnContent && stream.Length < 5)
            throw new InvalidDataException("Too short.");
        return await sound.InspectAsync(document, Unlimited ? new PipelineLimits() : limits, cancellationToken);
    }

    private sealed class Source(BrokenReader reader, IPageSource sound) : IPageSource
    {
        private int _opened;

        public int PageCount => sound.PageCount;

        public async ValueTask<PageImage> OpenAsync(DocumentId document, PageNumber page, IRasterMemory memory, CancellationToken cancellationToken = default)
        {
            PageImage image = await sound.OpenAsync(document, reader.KnowsNoEnd ? new PageNumber(1) : page, reader.Memory(memory), cancellationToken);
            if (reader.Flickers)
                image.Reveal().WritablePixels.Span[0] = (byte)Interlocked.Increment(ref _opened);
            return image;
        }

        public ValueTask DisposeAsync() => sound.DisposeAsync();
    }
}

internal sealed class OwnMemory : IRasterMemory
{
    public Raster Allocate(PixelFormat format, int width, int height, Dpi dpi) => RasterMemory.Shared.Allocate(format, width, height, dpi);
}

internal sealed class BrokenVault : ITokenVault
{
    private readonly InMemoryTokenVault _sound = new();

    public Func<VaultEntry, VaultEntry> Stores { get; init; } = static entry => entry;

    public Func<TokenScope, TokenScope> Scopes { get; init; } = static scope => scope;

    public TimeSpan PurgesLater { get; init; }

    public bool ForgetsHolds { get; init; }

    public bool HoldsAll { get; init; }

    public bool MixesUpBatches { get; init; }

    public bool AddsTheFirstOnly { get; init; }

    public bool ReplacesBlindly { get; init; }

    public bool ReleasesOnReplacing { get; init; }

    public bool ForgetsToRefuse { get; init; }

    public bool KeepsNoCopy { get; init; }

    private VaultEntry? Last { get; set; }

    public async ValueTask<bool> TryAddAsync(VaultEntry entry, CancellationToken cancellationToken = default)
    {
        Last = entry;
        return await _sound.TryAddAsync(Stores(entry), cancellationToken) || ForgetsToRefuse;
    }

    public async ValueTask<ImmutableArray<bool>> TryAddAsync(ImmutableArray<VaultEntry> entries, CancellationToken cancellationToken = default)
    {
        ImmutableArray<bool> added = await _sound.TryAddAsync(AddsTheFirstOnly ? entries[..1] : entries, cancellationToken);
        return AddsTheFirstOnly ? [.. entries.Select((_, i) => i > 0 || added[0])] : MixesUpBatches ? [.. added.Reverse()] : added;
    }

    public ValueTask<VaultEntry?> FindAsync(Token token, TokenScope scope, CancellationToken cancellationToken = default) =>
        KeepsNoCopy ? ValueTask.FromResult(Last) : _sound.FindAsync(token, Scopes(scope), cancellationToken);

    public ValueTask<VaultEntry?> FindAsync(Digest256 index, PhiCategory category, TokenScope scope, CancellationToken cancellationToken = default) =>
        _sound.FindAsync(index, category, Scopes(scope), cancellationToken);

    public async ValueTask<ImmutableArray<VaultEntry?>> FindAsync(ImmutableArray<ValueKey> values, TokenScope scope, CancellationToken cancellationToken = default)
    {
        ImmutableArray<VaultEntry?> found = await _sound.FindAsync(values, Scopes(scope), cancellationToken);
        return MixesUpBatches ? [.. found.Reverse()] : found;
    }

    public async ValueTask<bool> TryReplaceAsync(VaultEntry known, VaultEntry changed, CancellationToken cancellationToken = default)
    {
        VaultEntry? now = ReplacesBlindly || ReleasesOnReplacing ? await _sound.FindAsync(known.Token, known.Scope, cancellationToken) : null;
        bool replaced = await _sound.TryReplaceAsync(ReplacesBlindly ? now ?? known : known, changed, cancellationToken);
        if (ReleasesOnReplacing && replaced)
            await _sound.SetHoldAsync(known.Token, known.Scope, changed.IsHeld, cancellationToken);
        return replaced;
    }

    public async ValueTask<bool> SetHoldAsync(Token token, TokenScope scope, bool isHeld, CancellationToken cancellationToken = default) =>
        ForgetsHolds ? await _sound.FindAsync(token, scope, cancellationToken) is not null : await _sound.SetHoldAsync(token, scope, isHeld, cancellationToken);

    public ValueTask<int> CountHeldAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken = default) =>
        _sound.CountHeldAsync(tenant, subject, cancellationToken);

    public async ValueTask<int> SetHoldAsync(TenantId tenant, SubjectId subject, bool isHeld, CancellationToken cancellationToken = default)
    {
        if (HoldsAll)
        {
            foreach (VaultEntry entry in _sound.Entries)
                await _sound.SetHoldAsync(entry.Token, entry.Scope, isHeld, cancellationToken);
        }

        return await _sound.SetHoldAsync(tenant, subject, isHeld, cancellationToken);
    }

    public ValueTask<int> PurgeAsync(TokenScope scope, DateTimeOffset olderThan, CancellationToken cancellationToken = default) => _sound.PurgeAsync(scope, olderThan + PurgesLater, cancellationToken);

    public ValueTask<int> PurgeExpiredAsync(TokenScope scope, DateTimeOffset asOf, CancellationToken cancellationToken = default) => _sound.PurgeExpiredAsync(scope, asOf + PurgesLater, cancellationToken);

    public ValueTask<int> PurgeAsync(TenantId tenant, SubjectId subject, DateTimeOffset upTo, CancellationToken cancellationToken = default) => _sound.PurgeAsync(tenant, subject, upTo, cancellationToken);
}

internal sealed class BrokenStore : IZoneStore
{
    private readonly InMemoryZoneStore _sound = new();

    public bool WritesAtOnce { get; init; }

    public bool ClosesStreams { get; init; }

    public bool IgnoresCancellation { get; init; }

    public bool NeverErases { get; init; }

    public Func<ZoneObject, ZoneObject> Addresses { get; init; } = static target => target;

    public async ValueTask PutAsync(ZoneObject target, Stream envelope, CancellationToken cancellationToken = default)
    {
        if (WritesAtOnce)
        {
            await _sound.PutAsync(target, new MemoryStream([0]), cancellationToken);
            Thread.SpinWait(100_000);
        }

        await _sound.PutAsync(Addresses(target), envelope, IgnoresCancellation ? CancellationToken.None : cancellationToken);
        if (ClosesStreams)
            await envelope.DisposeAsync();
    }

    public ValueTask<Stream?> OpenAsync(ZoneObject target, CancellationToken cancellationToken = default) => _sound.OpenAsync(Addresses(target), cancellationToken);

    public ValueTask<bool> EraseAsync(ZoneObject target, CancellationToken cancellationToken = default) => NeverErases ? ValueTask.FromResult(true) : _sound.EraseAsync(Addresses(target), cancellationToken);

    public IAsyncEnumerable<ZoneObject> ListAsync(StorageZone zone, TenantId tenant, DocumentId? document, CancellationToken cancellationToken = default) =>
        _sound.ListAsync(zone, tenant, WritesAtOnce ? null : document, cancellationToken);
}

internal sealed class BrokenWrapper : IKeyWrapper, IDisposable
{
    private readonly InMemoryKeys _sound = new();

    public Func<KeyContext, KeyContext> Binds { get; init; } = static context => context;

    public bool Explains { get; init; }

    public bool DoesNotWrap { get; init; }

    public bool LeavesKeysInMemory { get; init; }

    public void Dispose() => _sound.Dispose();

    public ValueTask<WrappedKey> WrapAsync(ReadOnlyMemory<byte> dataKey, KeyContext context, CancellationToken cancellationToken = default) =>
        DoesNotWrap ? ValueTask.FromResult(new WrappedKey(new KeyId("none"), dataKey.ToArray())) : _sound.WrapAsync(dataKey, Binds(context), cancellationToken);

    public async ValueTask<IMemoryOwner<byte>> UnwrapAsync(WrappedKey dataKey, KeyContext context, CancellationToken cancellationToken = default)
    {
        if (Explains && dataKey.Blob.IsEmpty)
            throw new MedRedactException(new FaultCode("MR-SYN-009"), "The blob is empty.");
        IMemoryOwner<byte> opened = await _sound.UnwrapAsync(dataKey, Binds(context), cancellationToken);
        return LeavesKeysInMemory ? new Left(opened.Memory.ToArray()) : opened;
    }

    private sealed class Left(byte[] bytes) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory => bytes;

        public void Dispose()
        {
        }
    }
}
