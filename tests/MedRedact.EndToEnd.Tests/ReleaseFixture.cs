using MedRedact.Audit;
using MedRedact.EndToEnd.Tests.Tool;
using MedRedact.Synthesis;

namespace MedRedact.EndToEnd.Tests;

/// <summary>Two documents that the tool released, and the keys that it prints for others.</summary>
public sealed class ReleaseFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public IReadOnlyList<VerifierKey> Keys { get; private set; } = [];

    public string KeyFile => _folder["keys.txt"];

    public string Home => _folder["home"];

    private string[] Documents { get; set; } = [];

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllBytesAsync(_folder["a.png"], Samples.Png(DocumentKind.Prescription, 61));
        await File.WriteAllBytesAsync(_folder["b.png"], Samples.Png(DocumentKind.Prescription, 62));
        ToolResult ingested = await MedRedactTool.RunAsync(["ingest", _folder["a.png"], _folder["b.png"], "--out", _folder["out"], "--home", Home, "--pdf", "--json"]);
        Assert.True(ingested.ExitCode == 0, ingested.Output + ingested.Errors);
        Documents = [.. ingested.Lines.Take(2).Select(line => line.GetProperty("document").GetString()!)];
        ToolResult keys = await MedRedactTool.RunAsync(["audit", "keys", "--home", Home]);
        Assert.Equal(0, keys.ExitCode);
        await File.WriteAllTextAsync(KeyFile, "# the clinic's\n\n" + keys.Output);
        Keys = [.. keys.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => VerifierKey.Parse(line)!)];
    }

    /// <summary>A copy of one of the two, to be damaged; its folder bears the document's id.</summary>
    internal Release Copy(int document = 0, bool withPdf = false)
    {
        var folder = new TemporaryFolder();
        string path = Directory.CreateDirectory(folder[Documents[document]]).FullName;
        foreach (string file in Directory.EnumerateFiles(_folder["out/" + Documents[document]]).Where(file => withPdf || !file.EndsWith(".pdf", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(path, Path.GetFileName(file)));
        return new Release(folder, path);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>A copy of a released document.</summary>
internal sealed record Release(TemporaryFolder Folder, string Path) : IDisposable
{
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public byte[] Read(string name) => File.ReadAllBytes(this[name]);

    public void Write(string name, byte[] content) => File.WriteAllBytes(this[name], content);

    public void Dispose() => Folder.Dispose();
}
