using System.Globalization;
using System.IO.Compression;

namespace MedRedact.Synthesis;

/// <summary>Values with their frequencies, as eng/tools/BuildProseLists.cs writes them.</summary>
internal sealed class WeightedList(string[] values, int[] upTo)
{
    public string Draw(SeededRandom random)
    {
        int at = Array.BinarySearch(upTo, random.Between(1, upTo[^1]));
        return values[at < 0 ? ~at : at];
    }

    public static IEnumerable<(string Name, WeightedList List)> ReadAll(Stream packed)
    {
        using var reader = new StreamReader(new BrotliStream(packed, CompressionMode.Decompress));
        string name = "";
        var values = new List<string>();
        var upTo = new List<int>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith("= ", StringComparison.Ordinal))
            {
                if (values.Count > 0)
                    yield return (name, new WeightedList([.. values], [.. upTo]));
                (name, values, upTo) = (line[2..], [], []);
                continue;
            }

            int tab = line.IndexOf('\t', StringComparison.Ordinal);
            values.Add(line[..tab]);
            upTo.Add((upTo.Count > 0 ? upTo[^1] : 0) + int.Parse(line.AsSpan(tab + 1), CultureInfo.InvariantCulture));
        }

        if (values.Count > 0)
            yield return (name, new WeightedList([.. values], [.. upTo]));
    }
}
