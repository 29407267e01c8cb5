using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MedRedact.Detection;

namespace MedRedact.Cli;

/// <summary><c>medredact train --in F.jsonl --out MODEL</c>: a tagger's model from labelled text of one's own.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var inputs = new Option<string[]>("--in")
        {
            Description = "JSON lines {\"text\",\"spans\":[{\"start\",\"end\",\"type\" or \"category\"}]}; offsets in code points. May be given several times.",
            Required = true,
        };
        var output = new Option<string>("--out") { Description = "The model, for detect --model and ClinicalTaggerOptions.ModelPath.", Required = true };
        var rounds = new Option<int>("--rounds") { Description = "How often all texts are gone through.", DefaultValueFactory = _ => 5 };
        var seed = new Option<int>("--seed") { Description = "The same texts, rounds and seed give the same model.", DefaultValueFactory = _ => 1 };
        var command = new Command("train", "Train a tagger on labelled text.") { inputs, output, rounds, seed };
        command.SetAction(async (parsed, cancel) =>
        {
            await RunAsync(parsed.GetValue(inputs)!, parsed.GetValue(output)!, parsed.GetValue(rounds), parsed.GetValue(seed), cancel);
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task RunAsync(string[] inputs, string output, int rounds, int seed, CancellationToken cancellationToken)
    {
        List<LabelledText> texts = [];
        foreach (string input in inputs)
            texts.AddRange(await ReadAsync(input, cancellationToken));
        var trainer = new ClinicalTaggerTrainer(seed);
        for (int round = 1; round <= rounds; round++)
        {
            double wrong = 0;
            foreach (LabelledText text in texts)
            {
                cancellationToken.ThrowIfCancellationRequested();
                wrong += trainer.Learn(text);
            }

            string share = (wrong / Math.Max(texts.Count, 1)).ToString("P2", CultureInfo.InvariantCulture);
            await Console.Out.WriteLineAsync($"round {round} of {rounds}: {share} of tokens wrong");
        }

        string partial = output + ".partial";
        await using (FileStream file = File.Create(partial))
            trainer.Write(file);
        File.Move(partial, output, overwrite: true);
    }

    private static async Task<List<LabelledText>> ReadAsync(string input, CancellationToken cancellationToken)
    {
        List<LabelledText> texts = [];
        int number = 0;
        try
        {
            await foreach (string line in File.ReadLinesAsync(input, cancellationToken))
            {
                number++;
                if (!string.IsNullOrWhiteSpace(line))
                    texts.Add(Parse(line));
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw Faults.LabelledFileUnreadable(number);
        }

        return texts;
    }

    private static LabelledText Parse(string line)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        string text = json.RootElement.GetProperty("text").GetString()!;
        int[] units = UnitsOf(text);
        var spans = new List<LabelledSpan>();
        foreach (JsonElement span in json.RootElement.GetProperty("spans").EnumerateArray())
            spans.Add(new LabelledSpan(At(span.GetProperty("start").GetInt32()), At(span.GetProperty("end").GetInt32()), CategoryOf(span)));
        return new LabelledText(text, spans);

        int At(int point) => point >= 0 && point < units.Length ? units[point] : throw Faults.LabelledFileUnreadable(0);
    }

    /// <summary>The UTF-16 position of each code point, and that of the end.</summary>
    private static int[] UnitsOf(string text)
    {
        var units = new List<int>();
        for (int unit = 0; unit < text.Length; unit += char.IsSurrogatePair(text, unit) ? 2 : 1)
            units.Add(unit);
        units.Add(text.Length);
        return [.. units];
    }

    private static PhiCategory? CategoryOf(JsonElement span)
    {
        if (span.TryGetProperty("category", out JsonElement category))
            return new PhiCategory("safe-harbor", category.GetString()!);
        return span.GetProperty("type").GetString() switch
        {
            "NAME" => PhiCategory.PersonName,
            "LOCATION" => PhiCategory.Geography,
            "ORG" => PhiCategory.Organization,
            "PROFESSION" => PhiCategory.Profession,
            "OTHER" => null,
            _ => PhiCategory.Unique,
        };
    }
}
