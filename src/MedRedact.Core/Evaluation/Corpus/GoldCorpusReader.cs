using System.Collections.Immutable;
using System.Text.Json;

namespace MedRedact.Evaluation;

/// <summary>Reads a corpus folder: <c>corpus.json</c> and the truth file of each document. Strict: figures over half a corpus would be wrong figures.</summary>
public static class GoldCorpusReader
{
    /// <summary>The format that <c>corpus.json</c> must name.</summary>
    internal const string Format = "medredact.corpus";

    private const int Version = 1;

    /// <summary>Reads the truth; page files are only named, and opened when they are measured.</summary>
    /// <param name="folder">A folder with <c>corpus.json</c>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The corpus.</returns>
    /// <exception cref="MedRedactException"><see cref="EvaluationFaults.CorpusUnreadable"/> or <see cref="EvaluationFaults.CorpusShape"/>, with the place in the
    /// corpus and nothing of what it holds.</exception>
    public static async Task<GoldCorpus> ReadAsync(string folder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        int document = 0;
        try
        {
            using JsonDocument list = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, GoldCorpus.FileName), cancellationToken));
            JsonElement root = list.RootElement;
            if (root.GetProperty("format").GetString() != Format || root.GetProperty("version").GetInt32() != Version)
                throw EvaluationFaults.CorpusNotUnderstood(document);

            string grade = GoldPageReader.Label(root.GetProperty("grade"));
            bool isSynthetic = root.TryGetProperty("synthetic", out JsonElement declared) && declared.GetBoolean();
            var records = ImmutableArray.CreateBuilder<GoldRecord>();
            foreach (JsonElement name in root.GetProperty("documents").EnumerateArray())
            {
                document++;
                byte[] truth = await File.ReadAllBytesAsync(Path.Combine(folder, PlainName(name) + ".json"), cancellationToken);
                using JsonDocument json = JsonDocument.Parse(truth);
                records.Add(Record(folder, json.RootElement));
            }

            return new GoldCorpus(grade, isSynthetic, records.ToImmutable());
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A path may name a patient.
            throw EvaluationFaults.CorpusNotReadable(document);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            // A parser's exception repeats what it read.
            throw EvaluationFaults.CorpusNotUnderstood(document);
        }
    }

    private static GoldRecord Record(string folder, JsonElement root)
    {
        ImmutableArray<JsonElement> spans = [.. root.GetProperty("spans").EnumerateArray()];
        var files = ImmutableArray.CreateBuilder<GoldFile>();
        var pages = ImmutableArray.CreateBuilder<GoldPage>();
        string? current = null;
        foreach (JsonElement page in root.GetProperty("pages").EnumerateArray())
        {
            string file = PlainName(page.GetProperty("file"));
            if (current is not null && file != current)
                Close();
            current = file;
            pages.Add(GoldPageReader.Page(page, spans));
        }

        Close();
        return new GoldRecord(new Phi<string>(root.GetProperty("id").GetString()!), GoldPageReader.Label(root.GetProperty("kind")), files.ToImmutable());

        void Close()
        {
            files.Add(new GoldFile(new Phi<string>(Path.Combine(folder, current ?? throw new FormatException())), pages.ToImmutable()));
            pages.Clear();
        }
    }

    /// <summary>A corpus names files beside its list, and none elsewhere.</summary>
    private static string PlainName(JsonElement name) =>
        name.GetString() is { Length: > 0 } plain && plain == Path.GetFileName(plain) && plain is not ("." or "..") ? plain : throw new FormatException();
}
