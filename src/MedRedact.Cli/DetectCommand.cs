using System.Buffers;
using System.CommandLine;
using System.Text.Json;
using MedRedact.Detection;
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
        Option<string[]> rules = CommonOptions.Rules();
        var model = new Option<string?>("--model") { Description = "A tagger's model that \"train\" wrote. Default: the one that ships." };
        var explain = new Option<bool>("--explain") { Description = "Give the grounds of each span: rules, positions, what each adds to the score." };
        var command = new Command("detect", "Find PHI in text.") { input, output, policy, rules, model, explain };
        command.SetAction(async (parsed, cancel) =>
        {
            IDispositionPolicy? decides = parsed.GetValue(policy) is { } name ? await LocalHost.PolicyAsync(name) : null;
            var own = TextRuleSet.Compile(LocalHost.ReadAll(parsed.GetValue(rules)!, DetectionRules.Load));
            var tagger = new ClinicalTagger(new ClinicalTaggerOptions { ModelPath = parsed.GetValue(model) });
            await RunAsync(parsed.GetValue(input)!, parsed.GetValue(output)!, new Answering(decides, own, tagger, parsed.GetValue(explain)), cancel);
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task RunAsync(string input, string output, Answering how, CancellationToken cancellationToken)
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
                    sink.Write(Answer(line, how));
            }

            File.Move(partial, output, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Faults.TextFileUnreadable(number);
        }
    }

    private static ReadOnlySpan<byte> Answer(string line, Answering how)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        string text = json.RootElement.GetProperty("text").GetString()!;
        var codePoints = new CodePoints(text);

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("id");
            json.RootElement.GetProperty("id").WriteTo(writer);
            writer.WriteStartArray("spans");
            foreach (FoundSpan span in FoundSpans.In(text, how.Policy, how.Rules, how.Tagger))
            {
                writer.WriteStartObject();
                writer.WriteNumber("start", span.Start);
                writer.WriteNumber("end", span.End);
                writer.WriteString("type", span.Type);
                writer.WriteNumber("score", Math.Round(span.Confidence.Value, 3));
                writer.WriteString("rule", span.Rule.Value);
                if (how.Explain && span.Finding is { } finding)
                    WriteGrounds(writer, finding, codePoints);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan;
    }

    /// <summary>Category, detector and grounds: ids, places and numbers, no content.</summary>
    private static void WriteGrounds(Utf8JsonWriter writer, Finding finding, CodePoints codePoints)
    {
        writer.WriteString("category", finding.Category.Name);
        writer.WriteString("detector", finding.DetectorId.Value);
        writer.WriteStartArray("evidence");
        foreach (Evidence ground in finding.Evidence)
        {
            writer.WriteStartObject();
            writer.WriteString("rule", ground.Rule.Value);
            writer.WriteNumber("contribution", ground.Contribution);
            if (ground.At is Location.Text at)
            {
                writer.WriteNumber("start", codePoints.At(at.Span.Start));
                writer.WriteNumber("end", codePoints.At(at.Span.End));
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>How lines are answered.</summary>
    private sealed record Answering(IDispositionPolicy? Policy, TextRuleSet Rules, ClinicalTagger Tagger, bool Explain);

    /// <summary>Turns UTF-16 offsets into code points.</summary>
    private sealed class CodePoints(string text)
    {
        private int _unit;
        private int _point;

        public int At(int unit)
        {
            // Spans come in ascending order; only their grounds may lie before.
            if (unit < _unit)
                (_unit, _point) = (0, 0);
            for (; _unit < unit; _unit++)
            {
                if (!char.IsLowSurrogate(text[_unit]) || _unit == 0 || !char.IsHighSurrogate(text[_unit - 1]))
                    _point++;
            }

            return _point;
        }
    }
}
