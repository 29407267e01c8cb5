using System.Collections.Immutable;

namespace MedRedact.KeyManagement;

/// <summary>Where a service keeps its keys and what is said of them. Each call is one step that may fail and be made again; there are no transactions.</summary>
internal interface IKeyCatalogue
{
    /// <summary>Reads what is there, destroyed keys too, in any order. Where a step was interrupted, more than one key of a role may say that it is active.</summary>
    ValueTask<ImmutableArray<KeyDescription>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Asks for one key by its name, where a list may be behind what others made.</summary>
    /// <returns>The key, which later lists have too; <see langword="null"/> where there is none, or where lists are never behind.</returns>
    ValueTask<KeyDescription?> AskAsync(KeyId key, CancellationToken cancellationToken) => new((KeyDescription?)null);

    /// <summary>Makes a key under its name. One that is there already under that name stays, and none is made.</summary>
    ValueTask CreateAsync(KeyDescription key, CancellationToken cancellationToken);

    /// <summary>Sets what a key may do and when it may be destroyed.</summary>
    ValueTask UpdateAsync(KeyDescription key, CancellationToken cancellationToken);

    /// <summary>Destroys a key and keeps its description.</summary>
    /// <returns>Whether it is gone. Not yet, where the service destroys by itself and takes its time.</returns>
    ValueTask<bool> EndAsync(KeyDescription key, CancellationToken cancellationToken);

    /// <summary>Keeps other processes that share the keys from changing them at the same time, as far as the service or the machine lets them know of each other.</summary>
    ValueTask<IDisposable> LockAsync(CancellationToken cancellationToken);
}
