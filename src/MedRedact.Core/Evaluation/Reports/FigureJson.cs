using System.Buffers;
using System.Text.Json;

namespace MedRedact.Evaluation;

/// <summary>How reports and their figures stand in JSON.</summary>
internal static class FigureJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n" };

    /// <summary>A report: its format and version, then what it holds.</summary>
    /// <returns>Indented UTF-8 without a byte order mark.</returns>
    public static byte[] Report(string format, int version, Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("format", format);
            json.WriteNumber("version", version);
            write(json);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>A list of objects.</summary>
    public static void WriteList<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>An object.</summary>
    public static void WriteObject(this Utf8JsonWriter json, string name, Action write)
    {
        json.WriteStartObject(name);
        write();
        json.WriteEndObject();
    }

    /// <summary>A share with its counts and, where trials are independent, its interval; without trials the counts alone.</summary>
    public static void WriteShare(this Utf8JsonWriter json, string name, Proportion share, bool hasInterval = true)
    {
        json.WriteStartObject(name);
        json.WriteNumber("count", share.Count);
        json.WriteNumber("of", share.Of);
        if (share.Value is { } value)
        {
            json.WriteNumber("value", Rounded(value));
            if (hasInterval)
            {
                json.WriteNumber("low", Rounded(share.Low));
                json.WriteNumber("high", Rounded(share.High));
            }
        }

        json.WriteEndObject();
    }

    public static double Rounded(double value) => Math.Round(value, 6);
}
