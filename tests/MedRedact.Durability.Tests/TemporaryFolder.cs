namespace MedRedact.Durability.Tests;

/// <summary>A folder of one test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("medredact-").FullName;

    /// <summary>The path of a name in it.</summary>
    public string this[string name] => Path.Combine(Root, name);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Root, recursive: true);
}
