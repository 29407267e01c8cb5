namespace MedRedact.KeyManagement.Tests;

/// <summary>A folder for one test, and rings in it.</summary>
public sealed class KeyRingFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("medredact-keys-");

    public string RingFile => Path.Combine(_folder.FullName, "keys", "ring.mrkr");

    public LocalKeyRingOptions Options => new() { Home = _folder.FullName, PassphraseMemoryMiB = 8 };

    public LocalKeyRing Open(Action<LocalKeyRingOptions>? configure = null)
    {
        LocalKeyRingOptions options = Options;
        configure?.Invoke(options);
        return new LocalKeyRing(options, TimeProvider.System);
    }

    /// <summary>A ring at a time of the test's own, as another process would open it.</summary>
    public LocalKeyRing Open(TimeProvider time, TimeSpan? maxAge = null)
    {
        LocalKeyRingOptions options = Options;
        options.Rotation.MaxAge = maxAge;
        return new LocalKeyRing(options, time);
    }

    public string Passphrase(string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        string path = Path.Combine(_folder.FullName, Path.GetRandomFileName());
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, mode);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
