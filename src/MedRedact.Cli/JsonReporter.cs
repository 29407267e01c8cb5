using System.Buffers;
using System.Text;
using System.Text.Json;

namespace MedRedact.Cli;

/// <summary>One JSON line a document.</summary>
internal sealed class JsonReporter(TextWriter output) : IReporter, IProgress<IngestionProgress>
{
    private int _resumed;

    public Task<IngestionReport> WatchAsync(int index, int count, Func<IProgress<IngestionProgress>?, Task<IngestionReport>> ingest)
    {
        _resumed = 0;
        return ingest(this);
    }

    public void Report(IngestionProgress value) => _resumed = value.PagesResumed;

    public void Finished(FileResult result)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("document", result.Document);
            json.WriteNumber("index", result.Index);
            json.WriteString("verdict", result.Verdict.ToString());
            json.WriteString("code", result.Code);
            json.WriteStartObject("pages");
            json.WriteNumber("released", result.Released);
            json.WriteNumber("held", result.Held);
            json.WriteNumber("withheld", result.Withheld);
            json.WriteEndObject();
            if (_resumed > 0)
                json.WriteNumber("resumed", _resumed);
            json.WriteNumber("findings", result.Findings);
            json.WriteString("out", result.Out);
            if (result.Path is not null)
                json.WriteString("path", result.Path);
            if (result.Remedy is not null)
                json.WriteString("remedy", result.Remedy);
            if (!result.Explanation.IsEmpty)
            {
                json.WriteStartArray("explanation");
                foreach (string line in result.Explanation)
                    json.WriteStringValue(line);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
        output.Flush();
    }

    public void Summary(int files, int released, string output)
    {
    }
}
