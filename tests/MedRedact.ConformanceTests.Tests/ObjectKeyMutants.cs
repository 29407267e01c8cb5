using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using MedRedact.Storage;

namespace MedRedact.ConformanceTests.Tests;

/// <summary>Keys of objects that are wrong in one way, and the claims that must catch them.</summary>
internal static class ObjectKeyMutants
{
    public static IEnumerable<Mutant> All() =>
    [
        Of(register => new(register) { Zones = _ => null }, nameof(ObjectKeysContract.A_shredded_zone_of_a_document_opens_nothing_more_and_everything_else_does), "all zones go"),
        Of(register => new(register) { Remembers = true }, nameof(ObjectKeysContract.A_shredded_zone_of_a_document_opens_nothing_more_and_everything_else_does), "it remembers"),
        Of(register => new(register) { Remembers = true }, nameof(ObjectKeysContract.What_is_sealed_for_a_shredded_document_afterwards_opens_and_opens_nothing_old), "it remembers"),
        Of(register => new(register) { NeverBinds = true }, nameof(ObjectKeysContract.A_shredded_subject_closes_its_documents_and_values_and_leaves_evidence_and_other_people), "nothing is bound"),
        Of(register => new(register) { ShredsEvidence = true }, nameof(ObjectKeysContract.A_shredded_subject_closes_its_documents_and_values_and_leaves_evidence_and_other_people), "evidence goes too"),
        Of(register => new(register) { FindsNothing = true }, nameof(ObjectKeysContract.The_documents_of_a_subject_are_those_bound_to_it_until_it_is_destroyed), "it finds nothing"),
        Of(register => new(register) { LosesLateKeys = true }, nameof(ObjectKeysContract.Keys_that_a_bound_document_gets_later_close_with_its_subject_too), "late keys are unbound"),
        Of(register => new(register) { BindsByShredding = true }, nameof(ObjectKeysContract.Binding_once_or_again_closes_nothing), "binding closes"),
        Of(register => new(register) { Remembers = true }, nameof(ObjectKeysContract.A_document_whose_subject_was_destroyed_stays_closed_when_the_subject_comes_back), "it remembers"),
        Of(register => new(register) { TurnsByShredding = true }, nameof(ObjectKeysContract.A_turn_counts_what_it_moves_closes_nothing_and_brings_nothing_back), "a turn closes"),
        Of(register => new(register) { CountsNothing = true }, nameof(ObjectKeysContract.A_turn_counts_what_it_moves_closes_nothing_and_brings_nothing_back), "it counts nothing"),
        Of(register => new(register) { Tenants = _ => new TenantId("all") }, nameof(ObjectKeysContract.Tenants_share_no_document_and_no_subject), "tenants share"),
        Of(register => new(register) { NeverBinds = true }, nameof(ObjectKeysContract.Many_threads_seal_bind_and_shred_at_the_same_time), "nothing is bound"),
    ];

    private static Mutant Of(Func<KeyRegister, BrokenObjectKeys> breaks, string claim, string why) => new(new Suite(breaks), claim, why);

#pragma warning disable xUnit1000 // This suite is run by SuitesCatch alone.
    private sealed class Suite(Func<KeyRegister, BrokenObjectKeys> breaks) : ObjectKeysContract, IDisposable
    {
        private string? _folder;

        public void Dispose()
        {
            if (_folder is not null)
                Directory.Delete(_folder, recursive: true);
        }

        protected override ValueTask<(IObjectKeys Keys, IKeyWrapper Wrapper)> OpenAsync()
        {
            _folder = Directory.CreateTempSubdirectory("keys-").FullName;
            BrokenObjectKeys keys = breaks(Registers.Open(_folder));
            return new((keys, keys));
        }
    }
#pragma warning restore xUnit1000

    private sealed class BrokenObjectKeys(KeyRegister sound) : IObjectKeys, IKeyWrapper, IDisposable
    {
        private readonly ConcurrentDictionary<string, byte[]> _remembered = new();
        private readonly ConcurrentBag<(TenantId Tenant, DocumentId Document)> _bound = [];

        public Func<StorageZone?, StorageZone?> Zones { get; init; } = static zone => zone;

        public Func<TenantId, TenantId> Tenants { get; init; } = static tenant => tenant;

        public bool Remembers { get; init; }

        public bool NeverBinds { get; init; }

        public bool BindsByShredding { get; init; }

        public bool LosesLateKeys { get; init; }

        public bool ShredsEvidence { get; init; }

        public bool TurnsByShredding { get; init; }

        public bool CountsNothing { get; init; }

        public bool FindsNothing { get; init; }

        public async ValueTask BindAsync(TenantId tenant, DocumentId document, SubjectId subject, CancellationToken cancellationToken = default)
        {
            _bound.Add((tenant, document));
            if (BindsByShredding)
                await sound.ShredDocumentAsync(Tenants(tenant), document, null, cancellationToken);
            if (!NeverBinds)
                await sound.BindAsync(Tenants(tenant), document, subject, cancellationToken);
        }

        public ValueTask<int> ShredDocumentAsync(TenantId tenant, DocumentId document, StorageZone? zone, CancellationToken cancellationToken = default) =>
            sound.ShredDocumentAsync(Tenants(tenant), document, Zones(zone), cancellationToken);

        public async ValueTask<bool> ShredSubjectAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken = default)
        {
            foreach ((TenantId of, DocumentId document) in ShredsEvidence ? _bound : [])
                await sound.ShredDocumentAsync(of, document, StorageZone.Proofs, cancellationToken);
            return await sound.ShredSubjectAsync(Tenants(tenant), subject, cancellationToken);
        }

        public async ValueTask<ImmutableArray<DocumentId>?> FindDocumentsAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken = default) =>
            await sound.FindDocumentsAsync(Tenants(tenant), subject, cancellationToken) is { } found ? FindsNothing ? [] : found : null;

        public async ValueTask<KeyTurn> TurnAsync(CancellationToken cancellationToken = default)
        {
            foreach ((TenantId of, DocumentId document) in TurnsByShredding ? _bound : [])
                await sound.ShredDocumentAsync(of, document, null, cancellationToken);
            KeyTurn turn = await sound.TurnAsync(cancellationToken);
            return CountsNothing ? turn with { Moved = 0 } : turn;
        }

        public async ValueTask<WrappedKey> WrapAsync(ReadOnlyMemory<byte> dataKey, KeyContext context, CancellationToken cancellationToken = default)
        {
            WrappedKey wrapped = await sound.WrapAsync(dataKey, Of(context), cancellationToken);
            _remembered[Convert.ToHexString(wrapped.Blob.Span)] = dataKey.ToArray();
            return wrapped;
        }

        public ValueTask<IMemoryOwner<byte>> UnwrapAsync(WrappedKey dataKey, KeyContext context, CancellationToken cancellationToken = default) =>
            Remembers && _remembered.TryGetValue(Convert.ToHexString(dataKey.Blob.Span), out byte[]? key)
                ? new(Envelope.SecretBuffer.Copy(key))
                : sound.UnwrapAsync(dataKey, Of(context), cancellationToken);

        public void Dispose() => sound.Dispose();

        private KeyContext Of(KeyContext context) => context with
        {
            Tenant = Tenants(context.Tenant),
            Document = LosesLateKeys && context.Zone == StorageZone.Structured ? null : context.Document,
        };
    }
}
