using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MedRedact.Extraction;

/// <summary>Writes and reads clinical records as JSON, always the same bytes for the same record: fixed order of members, no white space, UTF-8.</summary>
/// <remarks>The format is described in docs/formats/clinical-record.md.</remarks>
public static class ClinicalRecordJson
{
    internal const string Format = "medredact.clinical-record";

    private static readonly JsonWriterOptions Canonical = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly ClinicalRecordContext Streamed =
        new(new JsonSerializerOptions(ClinicalRecordContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Writes a record.</summary>
    /// <param name="record">The record.</param>
    /// <returns>UTF-8 bytes without a byte order mark.</returns>
    public static byte[] Write(ClinicalRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, Canonical))
            JsonSerializer.Serialize(writer, new ClinicalRecordFile(Format, ClinicalRecord.CurrentVersion, record),
                ClinicalRecordContext.Default.ClinicalRecordFile);

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Writes a record to a stream, the same bytes, a few kilobytes at a time: the record of a thousand pages takes megabytes.</summary>
    /// <param name="record">The record.</param>
    /// <param name="stream">Takes the bytes; stays open.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <returns>When all is written.</returns>
    public static async ValueTask WriteAsync(ClinicalRecord record, Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(stream);
        await JsonSerializer.SerializeAsync(
            stream, new ClinicalRecordFile(Format, ClinicalRecord.CurrentVersion, record), Streamed.ClinicalRecordFile, cancellationToken);
    }

    /// <summary>Reads a record. Strict: unknown, doubled or missing members, another version and trailing bytes are refused.</summary>
    /// <param name="utf8">The bytes.</param>
    /// <returns>The record.</returns>
    /// <exception cref="MedRedactException"><see cref="ExtractionFaults.UnreadableRecord"/>; it says nothing about the content.</exception>
    public static ClinicalRecord Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            ClinicalRecordFile? file = JsonSerializer.Deserialize(utf8, ClinicalRecordContext.Default.ClinicalRecordFile);
            if (file is { Format: Format, Version: ClinicalRecord.CurrentVersion })
                return file.Record;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or FormatException or InvalidOperationException or OverflowException)
        {
            // A parser's exception names the content, so it ends here.
        }

        throw ExtractionFaults.Unreadable();
    }
}

/// <summary>The file around a record.</summary>
internal sealed record ClinicalRecordFile(string Format, int Version, ClinicalRecord Record);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    Converters =
    [
        typeof(DocumentIdJson), typeof(DocumentTypeJson), typeof(FieldNameJson), typeof(PageNumberJson), typeof(ConfidenceJson),
            typeof(TextSpanJson), typeof(BoxJson),
    ])]
[JsonSerializable(typeof(ClinicalRecordFile))]
internal sealed partial class ClinicalRecordContext : JsonSerializerContext;
