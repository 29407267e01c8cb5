using System.Text.Json.Serialization;

namespace MedRedact.Storage;

/// <summary>The JSON that this package writes; property names are part of the formats in <c>docs/formats</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ReportFields))]
[JsonSerializable(typeof(CommitFields))]
[JsonSerializable(typeof(PageFields))]
[JsonSerializable(typeof(ClockState))]
[JsonSerializable(typeof(RetainedDocuments))]
[JsonSerializable(typeof(HoldFields))]
[JsonSerializable(typeof(QualityMark))]
[JsonSerializable(typeof(DeletionPlan))]
[JsonSerializable(typeof(CertificateFile))]
[JsonSerializable(typeof(SubjectPlan))]
[JsonSerializable(typeof(SubjectCertificateFile))]
[JsonSerializable(typeof(DisclosureFields))]
internal sealed partial class StorageJson : JsonSerializerContext;
