using System.Text.Json.Serialization;

namespace MedRedact.Storage;

/// <summary>The JSON of retention's files; property names are part of the format in <c>docs/formats/retention.md</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ClockState))]
[JsonSerializable(typeof(RetainedDocuments))]
[JsonSerializable(typeof(HoldFields))]
[JsonSerializable(typeof(QualityMark))]
[JsonSerializable(typeof(DeletionPlan))]
[JsonSerializable(typeof(CertificateFile))]
internal sealed partial class RetentionJson : JsonSerializerContext;

/// <summary>The JSON of a certificate, indented as manifests are.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(CertificateFields))]
internal sealed partial class CertificateJson : JsonSerializerContext;
