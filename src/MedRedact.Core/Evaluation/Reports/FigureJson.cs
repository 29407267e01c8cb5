using System.Text.Json;

namespace MedRedact.Evaluation;

/// <summary>How figures stand in JSON reports.</summary>
internal static class FigureJson
{
    public static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n" };

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
