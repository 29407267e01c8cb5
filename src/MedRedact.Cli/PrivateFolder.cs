namespace MedRedact.Cli;

/// <summary>A temporary folder that only this user can enter, removed with all that is in it.</summary>
internal sealed class PrivateFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("medredact-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
