using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MedRedact.Synthesis;

/// <summary>The truth files of a corpus.</summary>
internal static class CorpusTruth
{
    private static readonly JsonWriterOptions s_compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Format = "medredact.corpus";
    private const int Version = 1;

    /// <summary><c>DischargeSummary</c> becomes <c>discharge-summary</c>.</summary>
    public static string Slug(DocumentKind kind) => Slug(kind.ToString());

    /// <summary>The list that makes a folder a corpus.</summary>
    public static byte[] List(ScanGrade grade, IReadOnlyList<string> ids)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("version", Version);
            json.WriteBoolean("synthetic", true);
            json.WriteString("grade", grade.Name);
            json.WriteStartArray("documents");
            foreach (string id in ids)
                json.WriteStringValue(id);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static string Slug(string name)
    {
        var slug = new StringBuilder();
        foreach (char c in name)
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

    /// <summary>The truth about one document.</summary>
    /// <param name="id">The document's id.</param>
    /// <param name="record">The record.</param>
    /// <param name="pages">Its pages as they were written.</param>
    /// <param name="fileOfPage">The file that holds each page.</param>
    public static byte[] Document(string id, SyntheticRecord record, IReadOnlyList<SyntheticPage> pages, IReadOnlyList<string> fileOfPage)
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
            for (int i = 0; i < pages.Count; i++)
                WritePage(json, pages[i], fileOfPage[i]);
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

    private static void WritePage(Utf8JsonWriter json, SyntheticPage page, string file)
    {
        json.WriteStartObject();
        json.WriteString("file", file);
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
            json.WriteString("kind", Slug(mark.Kind.ToString()));
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
