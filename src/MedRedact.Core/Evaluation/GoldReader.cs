using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace MedRedact.Evaluation;

/// <summary>Reads labelled sets: JSON lines <c>{"id","text","spans":[{"start","end","type"}]}</c>, offsets in code points; other members are passed over.</summary>
public static class GoldReader
{
    private const int LongestType = 32;
    private static readonly SearchValues<char> s_label = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>Reads a set, one document at a time. Strict: a figure over a set that was half understood would be a wrong figure.</summary>
    /// <param name="jsonLines">UTF-8; read to its end, left open.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The documents, in order.</returns>
    /// <exception cref="MedRedactException"><see cref="EvaluationFaults.GoldLine"/> or <see cref="EvaluationFaults.GoldIdTwice"/>, with the number of the line
    /// and nothing of what it holds.</exception>
    public static async IAsyncEnumerable<GoldDocument> ReadAsync(Stream jsonLines, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(jsonLines);
        using var reader = new StreamReader(jsonLines, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (int number = 1; await reader.ReadLineAsync(cancellationToken) is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            GoldDocument document = Parse(line) ?? throw EvaluationFaults.UnreadableLine(number);
            yield return ids.Add(document.Id.Reveal()) ? document : throw EvaluationFaults.SameId(number);
        }
    }

    private static GoldDocument? Parse(string line)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement root = json.RootElement;
            string text = root.GetProperty("text").GetString()!;
            int length = new CodePoints(text).Count;
            var spans = ImmutableArray.CreateBuilder<GoldSpan>();
            foreach (JsonElement span in root.GetProperty("spans").EnumerateArray())
            {
                var gold = new GoldSpan(span.GetProperty("start").GetInt32(), span.GetProperty("end").GetInt32(), span.GetProperty("type").GetString() ?? "");
                if (gold.Start < 0 || gold.End <= gold.Start || gold.End > length || !IsLabel(gold.Type))
                    return null;
                spans.Add(gold);
            }

            return new GoldDocument(new Phi<string>(root.GetProperty("id").ToString()), new Phi<string>(text), spans.ToImmutable());
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            // A parser's exception repeats what it read, so it ends here.
            return null;
        }
    }

    /// <summary>Labels are printed in reports, so they cannot hold a sentence.</summary>
    private static bool IsLabel(string type) => type.Length is > 0 and <= LongestType && !type.AsSpan().ContainsAnyExcept(s_label);
}
