using System.Text.Json;
using System.Text.Json.Serialization;

namespace MedRedact.Extraction;

/// <summary>32 lower-case hexadecimal digits.</summary>
internal sealed class DocumentIdJson : JsonConverter<DocumentId>
{
    public override DocumentId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(Guid.ParseExact(reader.GetString()!, "N"));

    public override void Write(Utf8JsonWriter writer, DocumentId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary>Its name.</summary>
internal sealed class DocumentTypeJson : JsonConverter<DocumentType>
{
    public override DocumentType Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, DocumentType value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

/// <summary>Its name.</summary>
internal sealed class FieldNameJson : JsonConverter<FieldName>
{
    public override FieldName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, FieldName value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

/// <summary>A number from 1.</summary>
internal sealed class PageNumberJson : JsonConverter<PageNumber>
{
    public override PageNumber Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt32());

    public override void Write(Utf8JsonWriter writer, PageNumber value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
}

/// <summary>A number from 0 to 1 with at most four decimals.</summary>
internal sealed class ConfidenceJson : JsonConverter<Confidence>
{
    public override Confidence Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Confidence.Of(reader.GetDouble());

    public override void Write(Utf8JsonWriter writer, Confidence value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(Math.Round(value.Value, 4));
}

/// <summary><c>[start, length]</c> in UTF-16 code units.</summary>
internal sealed class TextSpanJson : JsonConverter<TextSpan>
{
    public override TextSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        int[] numbers = Numbers.Read(ref reader, 2);
        return new TextSpan(numbers[0], numbers[1]);
    }

    public override void Write(Utf8JsonWriter writer, TextSpan value, JsonSerializerOptions options) =>
        Numbers.Write(writer, value.Start, value.Length);
}

/// <summary><c>[left, top, width, height]</c> in pixels.</summary>
internal sealed class BoxJson : JsonConverter<Box>
{
    public override Box Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        int[] numbers = Numbers.Read(ref reader, 4);
        return new Box(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    public override void Write(Utf8JsonWriter writer, Box value, JsonSerializerOptions options) =>
        Numbers.Write(writer, value.Left, value.Top, value.Width, value.Height);
}

/// <summary>Short arrays of whole numbers.</summary>
internal static class Numbers
{
    public static int[] Read(ref Utf8JsonReader reader, int count)
    {
        int[] numbers = new int[count];
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException();

        for (int i = 0; i < numbers.Length; i++)
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.Number)
                throw new JsonException();

            numbers[i] = reader.GetInt32();
        }

        return reader.Read() && reader.TokenType == JsonTokenType.EndArray ? numbers : throw new JsonException();
    }

    public static void Write(Utf8JsonWriter writer, params ReadOnlySpan<int> numbers)
    {
        writer.WriteStartArray();
        foreach (int number in numbers)
            writer.WriteNumberValue(number);

        writer.WriteEndArray();
    }
}
