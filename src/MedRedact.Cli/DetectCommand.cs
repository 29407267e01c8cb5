using System.Buffers;
using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using MedRedact.Detection;
using MedRedact.Policies;

namespace MedRedact.Cli;

/// <summary><c>medredact detect --in F.jsonl --out G.jsonl</c>: PHI in plain text, for measuring and for pipelines that have no pages.</summary>
internal static class DetectCommand
{
    private static readonly DecisionContext Context = new(DocumentType: null, new PageNumber(1), PurposeOfUse.Operations);

    public static Command Create()
    {
        var input = new Option<string>("--in") { Description = "JSON lines {\"id\",\"text\"}.", Required = true };
        var output = new Option<string>("--out") { Description = "JSON lines {\"id\",\"spans\"}; offsets in code points.", Required = true };
        Option<string?> policy = CommonOptions.Policy("Leave out what this policy keeps. Default: everything that is found.");
        var model = new Option<string?>("--model") { Description = "A tagger's model that \"train\" wrote. Default: the one that ships." };
        var command = new Command("detect", "Find PHI in text.") { input, output, policy, model };
        command.SetAction(async (parsed, cancel) =>
        {
            IDispositionPolicy? decides = parsed.GetValue(policy) is { } name ? await LocalHost.PolicyAsync(name) : null;
            var tagger = new ClinicalTagger(new ClinicalTaggerOptions { ModelPath = parsed.GetValue(model) });
            await RunAsync(parsed.GetValue(input)!, parsed.GetValue(output)!, decides, tagger, cancel);
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task RunAsync(string input, string output, IDispositionPolicy? policy, ClinicalTagger tagger, CancellationToken cancellationToken)
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
                    sink.Write(Answer(line, policy, tagger));
            }

            File.Move(partial, output, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Faults.TextFileUnreadable(number);
        }
    }

    private static ReadOnlySpan<byte> Answer(string line, IDispositionPolicy? policy, ClinicalTagger tagger)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        string text = json.RootElement.GetProperty("text").GetString()!;
        ImmutableArray<Finding> findings = TextDetection.Detect(text, known: null, tagger);
        var codePoints = new CodePoints(text);

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("id");
            json.RootElement.GetProperty("id").WriteTo(writer);
            writer.WriteStartArray("spans");
            foreach (Finding finding in findings.Where(finding => policy?.Decide(finding, Context) != Disposition.Keep))
            {
                TextSpan span = ((Location.Text)finding.Location).Span;
                writer.WriteStartObject();
                writer.WriteNumber("start", codePoints.At(span.Start));
                writer.WriteNumber("end", codePoints.At(span.End));
                writer.WriteString("type", PhiTypes.DataType(finding.Category));
                writer.WriteNumber("score", Math.Round(finding.Confidence.Value, 3));
                writer.WriteString("rule", finding.RuleId.Value);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan;
    }

    /// <summary>Turns UTF-16 offsets, asked for in ascending order, into code points.</summary>
    private sealed class CodePoints(string text)
    {
        private int _unit;
        private int _point;

        public int At(int unit)
        {
            for (; _unit < unit; _unit++)
            {
                if (!char.IsLowSurrogate(text[_unit]) || _unit == 0 || !char.IsHighSurrogate(text[_unit - 1]))
                    _point++;
            }

            return _point;
        }
    }
}
