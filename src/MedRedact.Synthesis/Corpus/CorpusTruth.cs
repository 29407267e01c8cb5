using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MedRedact.Synthesis;

/// <summary>The truth files of a corpus.</summary>
internal static class CorpusTruth
{
    private static readonly JsonWriterOptions s_compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>DischargeSummary</c> becomes <c>discharge-summary</c>.</summary>
    public static string Slug(DocumentKind kind)
    {
        var slug = new StringBuilder();
        foreach (char c in kind.ToString())
        {
            if (char.IsUpper(c) && slug.Length > 0)
                slug.Append('-');
            slug.Append(char.ToLowerInvariant(c));
        }

        return slug.ToString();
    }

    /// <summary>One line of text and spans, in the shape most measuring tools read.</summary>
    public static string Line(string id, SyntheticRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_compact))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("text", record.Text);
            WriteSpans(json, record);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static byte[] Document(string id, SyntheticRecord record, IReadOnlyList<SyntheticPage> pages)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_compact))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("kind", Slug(record.Kind));
            json.WriteNumber("seed", record.Seed);
            json.WriteStartObject("patient");
            json.WriteString("name", record.Patient.FullName);
            json.WriteString("birthDate", record.Patient.BirthDate.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteString("mrn", record.Patient.Mrn);
            json.WriteEndObject();
            WriteSpans(json, record);
            WriteClinical(json, record.Clinical);
            json.WriteStartArray("pages");
            foreach (SyntheticPage page in pages)
                WritePage(json, page);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteSpans(Utf8JsonWriter json, SyntheticRecord record)
    {
        json.WriteStartArray("spans");
        foreach (TruthSpan span in record.Spans)
        {
            json.WriteStartObject();
            json.WriteNumber("start", span.Start);
            json.WriteNumber("end", span.End);
            json.WriteString("type", span.Type);
            json.WriteString("label", span.Category);
            json.WriteBoolean("phi", span.IsPhi);
            json.WriteString("text", span.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteClinical(Utf8JsonWriter json, ClinicalTruth clinical)
    {
        json.WritePropertyName("clinical");
        JsonSerializer.Serialize(json, clinical);
    }

    private static void WritePage(Utf8JsonWriter json, SyntheticPage page)
    {
        json.WriteStartObject();
        json.WriteNumber("width", page.Width);
        json.WriteNumber("height", page.Height);
        json.WriteNumber("dpi", page.Dpi);
        json.WriteStartArray("words");
        foreach (TruthWord word in page.Words)
        {
            json.WriteStartObject();
            json.WriteString("text", word.Text);
            json.WriteNumber("start", word.Start);
            json.WriteNumber("line", word.Line);
            WriteBox(json, word.Box);
            json.WriteBoolean("phi", word.IsPhi);
            json.WriteString("label", word.Category);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("marks");
        foreach (TruthMark mark in page.Marks)
        {
            json.WriteStartObject();
            json.WriteString("kind", mark.Kind.ToString());
            WriteBox(json, mark.Box);
            json.WriteBoolean("phi", mark.IsPhi);
            json.WriteBoolean("checked", mark.IsChecked);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteBox(Utf8JsonWriter json, PixelBox box)
    {
        json.WriteStartArray("box");
        foreach (int edge in (ReadOnlySpan<int>)[box.Left, box.Top, box.Width, box.Height])
            json.WriteNumberValue(edge);
        json.WriteEndArray();
    }
}
