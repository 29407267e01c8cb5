using System.Reflection;
using MedRedact.Envelope;
using MedRedact.KeyManagement;
using Microsoft.Extensions.Time.Testing;

namespace MedRedact.Storage.Tests;

/// <summary>A vault on disk with what makes and reverses its tokens, on a clock that is turned by hand.</summary>
internal sealed class VaultRig : IDisposable
{
    private readonly Folder _folder = new();

    public VaultRig()
    {
        Vault = SqliteTokenVault.Open(_folder["tokens.db"]);
        Sealer = new EnvelopeSealer(Keys);
    }

    public static SubjectId Ann { get; } = new(new Digest256(1, 1));

    public static SubjectId Bob { get; } = new(new Digest256(2, 2));

    public static ActorId Actor { get; } = new("records-office");

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero));

    public LedgerFake Ledger { get; } = new();

    public SubjectKeys Keys { get; } = new(Machine.KeyRing);

    public SqliteTokenVault Vault { get; }

    public EnvelopeSealer Sealer { get; }

    public TimeSpan? Lifetime { get; init; }

    public string File => _folder["tokens.db"];

    public VaultTokenizer Tokenizer => new(Vault, Sealer, Machine.KeyRing, Time) { Lifetime = Lifetime };

    public VaultCustodian Custodian => new(Vault, Ledger, Time);

    public AccessGrant Grant => Sample.Grant(Time.GetUtcNow().AddMinutes(5));

    public VaultDetokenizer Detokenizer(RevealLimit? limit = null) => new(Vault, Sealer, Ledger, Time, limit ?? new RevealLimit(1_000_000));

    public ValueTask<Token> TokenizeAsync(string value, SubjectId? subject = null, DateTimeOffset? expiresAt = null) =>
        Tokenizer.TokenizeAsync(new(value), PhiCategory.PersonName, Sample.Context with { Subject = subject, ExpiresAt = expiresAt });

    /// <summary>The value, <see langword="null"/> for none, or the fault's code.</summary>
    public async ValueTask<string?> RevealAsync(Token token)
    {
        try
        {
            return (await Detokenizer().RevealAsync(token, Sample.Scope, Grant))?.Reveal();
        }
        catch (MedRedactException fault)
        {
            return fault.Code.Value;
        }
    }

    public async ValueTask<VaultEntry> EntryAsync(Token token) => (await Vault.FindAsync(token, Sample.Scope))!;

    public void Dispose()
    {
        Vault.Dispose();
        _folder.Dispose();
    }
}

/// <summary>Keys that close what belongs to a subject whose key was destroyed.</summary>
internal sealed class SubjectKeys(LocalKeyRing keys) : IKeyWrapper
{
    public HashSet<SubjectId> Destroyed { get; } = [];

    public bool IsOutOfReach { get; set; }

    public ValueTask<WrappedKey> WrapAsync(ReadOnlyMemory<byte> dataKey, KeyContext context, CancellationToken cancellationToken = default) =>
        Refuses(context) ? throw Refusal() : keys.WrapAsync(dataKey, context, cancellationToken);

    public ValueTask<System.Buffers.IMemoryOwner<byte>> UnwrapAsync(WrappedKey dataKey, KeyContext context, CancellationToken cancellationToken = default) =>
        Refuses(context) ? throw Refusal() : keys.UnwrapAsync(dataKey, context, cancellationToken);

    private bool Refuses(KeyContext context) => IsOutOfReach || (context.Subject is { } subject && Destroyed.Contains(subject));

    private static MedRedactException Refusal() => new(new FaultCode("MR-KEY-001"));
}

/// <summary>Counts the calls to a vault, by name.</summary>
public class CountingVault : DispatchProxy
{
    private ITokenVault _vault = null!;

    public Dictionary<string, int> Calls { get; } = [];

    public static ITokenVault Over(ITokenVault vault)
    {
        ITokenVault counting = Create<ITokenVault, CountingVault>();
        ((CountingVault)counting)._vault = vault;
        return counting;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        Calls[targetMethod!.Name] = Calls.GetValueOrDefault(targetMethod.Name) + 1;
        return targetMethod.Invoke(_vault, args);
    }
}
