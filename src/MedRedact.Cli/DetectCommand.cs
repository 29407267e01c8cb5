using System.Buffers;
using System.CommandLine;
using System.Text.Json;
using MedRedact.Evaluation;

namespace MedRedact.Cli;

/// <summary><c>medredact detect --in F.jsonl --out G.jsonl</c>: PHI in plain text, for measuring and for pipelines that have no pages.</summary>
internal static class DetectCommand
{
    public static Command Create()
    {
        var input = new Option<string>("--in") { Description = "JSON lines {\"id\",\"text\"}.", Required = true };
        var output = new Option<string>("--out") { Description = "JSON lines {\"id\",\"spans\"}; offsets in code points.", Required = true };
        Option<string?> policy = CommonOptions.Policy("Leave out what this policy keeps. Default: everything that is found.");
        var command = new Command("detect", "Find PHI in text.") { input, output, policy };
        command.SetAction(async (parsed, cancel) =>
        {
            IDispositionPolicy? decides = parsed.GetValue(policy) is { } name ? await LocalHost.PolicyAsync(name) : null;
            await RunAsync(parsed.GetValue(input)!, parsed.GetValue(output)!, decides, cancel);
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task RunAsync(string input, string output, IDispositionPolicy? policy, CancellationToken cancellationToken)
    {
        int number = 0;
        try
        {
            // Written beside and moved at the end: a fault leaves no half answer, and the input may be the output.
            string partial = output + ".partial";
            await using (FileStream sink = File.Create(partial))
            await foreach (string line in File.ReadLinesAsync(input, cancellationToken))
            {
                number++;
                if (!string.IsNullOrWhiteSpace(line))
                    sink.Write(Answer(line, policy));
            }

            File.Move(partial, output, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Faults.TextFileUnreadable(number);
        }
    }

    private static ReadOnlySpan<byte> Answer(string line, IDispositionPolicy? policy)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        string text = json.RootElement.GetProperty("text").GetString()!;

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("id");
            json.RootElement.GetProperty("id").WriteTo(writer);
            writer.WriteStartArray("spans");
            foreach (FoundSpan span in FoundSpans.In(text, policy))
            {
                writer.WriteStartObject();
                writer.WriteNumber("start", span.Start);
                writer.WriteNumber("end", span.End);
                writer.WriteString("type", span.Type);
                writer.WriteNumber("score", Math.Round(span.Confidence.Value, 3));
                writer.WriteString("rule", span.Rule.Value);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan;
    }
}
