using System.Text.Json.Serialization;

namespace MedRedact.Storage;

/// <summary>The JSON of a certificate, indented as manifests are.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(CertificateFields))]
[JsonSerializable(typeof(SubjectCertificateFields))]
internal sealed partial class CertificateJson : JsonSerializerContext;
