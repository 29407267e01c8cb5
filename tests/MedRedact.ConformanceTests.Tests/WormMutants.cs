using System.Runtime.CompilerServices;

namespace MedRedact.ConformanceTests.Tests;

/// <summary>What is wrong with a write-once store.</summary>
public enum WormFlaw
{
    None, CutsContent, WritesOver, SaysWritten, ShortensOnRewrite, Shortens, InventsObjects, TakesNoName, ListsByTime, LetsAllWrite,
}

/// <summary>Write-once stores that are wrong in one way, and the claims that must catch them.</summary>
internal static class WormMutants
{
    public static IEnumerable<Mutant> All() =>
    [
        Of(WormFlaw.CutsContent, nameof(WormStoreContract.What_was_written_comes_back_byte_for_byte), "the last byte is gone"),
        Of(WormFlaw.WritesOver, nameof(WormStoreContract.What_was_written_is_not_written_over), "it writes over"),
        Of(WormFlaw.SaysWritten, nameof(WormStoreContract.Writing_the_same_again_is_no_fault_and_changes_nothing), "it claims to have written"),
        Of(WormFlaw.ShortensOnRewrite, nameof(WormStoreContract.Writing_the_same_again_is_no_fault_and_changes_nothing), "writing again shortens"),
        Of(WormFlaw.Shortens, nameof(WormStoreContract.A_retention_is_lengthened_and_never_shortened), "a retention is shortened"),
        Of(WormFlaw.InventsObjects, nameof(WormStoreContract.What_is_not_there_is_said_to_be_not_there), "nothing is an empty object"),
        Of(WormFlaw.TakesNoName, nameof(WormStoreContract.What_is_not_there_is_said_to_be_not_there), "no name is a name"),
        Of(WormFlaw.ListsByTime, nameof(WormStoreContract.Everything_written_is_listed_in_order), "in the order of writing"),
        Of(WormFlaw.LetsAllWrite, nameof(WormStoreContract.Of_many_who_write_one_name_at_once_one_writes), "each writes"),
    ];

    private static Mutant Of(WormFlaw flaw, string claim, string why) => new(new Suite(flaw), claim, why);

#pragma warning disable xUnit1000 // This suite is run by SuitesCatch alone.
    private sealed class Suite(WormFlaw flaw) : WormStoreContract
    {
        protected override ValueTask<IWormStore> CreateStoreAsync() => new(new MemoryWormStore(flaw));
    }
#pragma warning restore xUnit1000
}

/// <summary>A sound store in memory is what the mutants are made from.</summary>
[Proves(typeof(MemoryWormStore))]
public sealed class MemoryWormContract : WormStoreContract
{
    protected override ValueTask<IWormStore> CreateStoreAsync() => new(new MemoryWormStore(WormFlaw.None));
}

/// <summary>A write-once store in memory with at most one flaw.</summary>
internal sealed class MemoryWormStore(WormFlaw flaw) : IWormStore
{
    private readonly Lock _gate = new();
    private readonly List<(ObjectName Name, byte[] Content, DateTimeOffset Until)> _objects = [];

    public ValueTask<WormOutcome> PutAsync(ObjectName name, ReadOnlyMemory<byte> content, DateTimeOffset until, CancellationToken cancellationToken = default)
    {
        if (flaw != WormFlaw.TakesNoName)
            _ = new ObjectName(name.Value);
        byte[] bytes = flaw == WormFlaw.CutsContent && content.Length > 0 ? content[..^1].ToArray() : content.ToArray();
        lock (_gate)
        {
            int at = _objects.FindIndex(each => each.Name == name);
            if (at < 0 || flaw is WormFlaw.WritesOver or WormFlaw.LetsAllWrite)
            {
                if (at >= 0)
                    _objects.RemoveAt(at);
                _objects.Add((name, bytes, until));
                return new(WormOutcome.Written);
            }

            if (!_objects[at].Content.AsSpan().SequenceEqual(bytes))
                return new(WormOutcome.Differs);
            if (flaw == WormFlaw.ShortensOnRewrite)
                _objects[at] = _objects[at] with { Until = until };
            return new(flaw == WormFlaw.SaysWritten ? WormOutcome.Written : WormOutcome.AlreadyThere);
        }
    }

    public ValueTask<Stream?> OpenAsync(ObjectName name, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            byte[]? content = _objects.FirstOrDefault(each => each.Name == name).Content ?? (flaw == WormFlaw.InventsObjects ? [] : null);
            return new(content is null ? null : new MemoryStream(content, writable: false));
        }
    }

    public ValueTask<DateTimeOffset?> FindRetentionAsync(ObjectName name, CancellationToken cancellationToken = default)
    {
        lock (_gate)
            return new(_objects.FindIndex(each => each.Name == name) is >= 0 and var at ? _objects[at].Until : null);
    }

    public ValueTask<bool> ExtendAsync(ObjectName name, DateTimeOffset until, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            int at = _objects.FindIndex(each => each.Name == name);
            if (at >= 0 && (flaw == WormFlaw.Shortens || until > _objects[at].Until))
                _objects[at] = _objects[at] with { Until = until };
            return new(at >= 0);
        }
    }

    public async IAsyncEnumerable<ObjectName> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        ObjectName[] names;
        lock (_gate)
            names = [.. _objects.Select(each => each.Name)];
        foreach (ObjectName name in flaw == WormFlaw.ListsByTime ? names : [.. names.OrderBy(name => name.Value, StringComparer.Ordinal)])
            yield return name;
    }
}
