using System.Security.Cryptography;
using MedRedact.KeyManagement.Recovery;
using Microsoft.Extensions.Time.Testing;

namespace MedRedact.KeyManagement.Tests.Recovery;

/// <summary>A home, custodians with keys, and a ledger that remembers.</summary>
internal sealed class Ceremony : IDisposable, IAuditSink
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    public static readonly ActorId Actor = new("tester");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("medredact-recovery-");

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public List<AuditEvent> Events { get; } = [];

    /// <summary>Runs before an event is taken; may throw.</summary>
    public Action BeforeEvent { get; set; } = () => { };

    public string Home => this["home"];

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public LocalKeyRingOptions Options => new() { Home = Home, PassphraseMemoryMiB = 8 };

    public LocalKeyRing Ring(bool create = false) => new(new LocalKeyRingOptions { Home = Home, CreateIfMissing = create }, Time);

    /// <summary>Writes a private key and returns its public half: P-256 for even numbers, RSA for odd ones.</summary>
    public Custodian Custodian(int number)
    {
        using AsymmetricAlgorithm key = number % 2 == 0 ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : RSA.Create(3072);
        Write(KeyFile(number), key.ExportPkcs8PrivateKeyPem());
        return MedRedact.KeyManagement.Recovery.Custodian.FromPem(key.ExportSubjectPublicKeyInfoPem());
    }

    public string KeyFile(int number) => this[$"custodian-{number}.pem"];

    public string Share(int index, string set = "set") => Path.Combine(this[set], KeySplit.ShareFile(index));

    public string Bundle(string set = "set") => Path.Combine(this[set], KeySplit.BundleFile);

    public Task<KeyId> SplitAsync(int threshold, IReadOnlyList<Custodian> custodians, string set = "set", LocalKeyRingOptions? options = null) =>
        new KeySplit(options ?? Options, this, Actor, Time).WriteAsync(threshold, custodians, this[set]);

    /// <summary>Lets custodian <paramref name="number"/> open a share; returns the file.</summary>
    public async Task<string> OpenAsync(int index, int number, string set = "set")
    {
        string opened = this[$"opened-{set}-{index}-{Directory.GetFiles(_folder.FullName).Length}"];
        await new ShareOpening(Time).OpenAsync(Share(index, set), KeyFile(number), null, opened, this, Actor);
        return opened;
    }

    public Task<KeyId> RecoverAsync(string[] opened, string set = "set", LocalKeyRingOptions? options = null) =>
        new KeyRecovery(options ?? Options, Actor, Time).RecoverAsync(Bundle(set), opened, _ => new Ledger(this));

    public void LoseKeys() => Directory.Delete(Path.Combine(Home, "keys"), recursive: true);

    public static void Write(string path, string text)
    {
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, OwnerOnly);
    }

    public ValueTask<AuditReceipt> AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default)
    {
        BeforeEvent();
        Events.Add(auditEvent);
        return new(new AuditReceipt(Events.Count - 1, default));
    }

    /// <summary>The recovery disposes what it opened.</summary>
    private sealed class Ledger(IAuditSink sink) : IAuditSink
    {
        public ValueTask<AuditReceipt> AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default) => sink.AppendAsync(auditEvent, cancellationToken);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
