using System.Collections.Immutable;

namespace MedRedact.KeyManagement.Tests;

/// <summary>The life of keys that a service holds, read key by key while other hosts change them.</summary>
public sealed class CataloguedKeysTests
{
    private static readonly KeyRole Role = KeyRole.Wrapping(StorageZone.Redacted);

    private readonly MovableTime _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Another host retired the key that was too old; at whatever read it is seen so before its successor is, the successor is what comes of it.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_role_that_another_host_is_rotating_is_not_taken_for_one_without_a_key(int torn)
    {
        KeyDescription old = Key("old", KeyState.Active, _time.GetUtcNow() - TimeSpan.FromDays(91)), successor = Key("new", KeyState.Active, _time.GetUtcNow());
        var service = new Scripted(Enumerable.Repeat(ImmutableArray.Create(old), torn - 1)
            .Append([old with { State = KeyState.DecryptOnly }])
            .Append([old with { State = KeyState.DecryptOnly }, successor]));
        using var keys = new CataloguedKeys(service, new KeyRotationOptions { MaxAge = TimeSpan.FromDays(90) }, _time) { Heed = TimeSpan.Zero };

        KeyDescription? active = await keys.ActiveAsync(Role, createFirst: true, Token);
        Assert.Equal(successor.Id, active!.Id);
        Assert.Null(service.Made);
    }

    [Fact]
    public async Task A_role_whose_keys_are_all_retired_has_none()
    {
        var service = new Scripted([[Key("old", KeyState.DecryptOnly, _time.GetUtcNow())]]);
        using var keys = new CataloguedKeys(service, new KeyRotationOptions(), _time);
        Assert.Null(await keys.ActiveAsync(Role, createFirst: true, Token));
        Assert.Null(service.Made);
    }

    private static KeyDescription Key(string name, KeyState state, DateTimeOffset at) => new(new KeyId(name), Role.Kind, state, Role.Zone, Role.Purpose, at);

    /// <summary>Answers one read after the other; the last answer stays.</summary>
    private sealed class Scripted(IEnumerable<ImmutableArray<KeyDescription>> reads) : IKeyCatalogue
    {
        private readonly Queue<ImmutableArray<KeyDescription>> _reads = new(reads);

        public KeyDescription? Made { get; private set; }

        public ValueTask<ImmutableArray<KeyDescription>> ReadAsync(CancellationToken cancellationToken) => new(_reads.Count > 1 ? _reads.Dequeue() : _reads.Peek());

        public ValueTask CreateAsync(KeyDescription key, CancellationToken cancellationToken)
        {
            Made = key;
            return ValueTask.CompletedTask;
        }

        public ValueTask UpdateAsync(KeyDescription key, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask<bool> EndAsync(KeyDescription key, CancellationToken cancellationToken) => new(false);

        public ValueTask<IDisposable> LockAsync(CancellationToken cancellationToken) => new(new Nothing());

        private sealed class Nothing : IDisposable
        {
            public void Dispose()
            {
            }
        }
    }
}
