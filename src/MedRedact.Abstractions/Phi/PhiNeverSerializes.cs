using System.Text.Json;
using System.Text.Json.Serialization;

namespace MedRedact;

/// <summary>Refuses to write or read PHI as JSON, so that no serializer becomes a door.</summary>
internal sealed class PhiNeverSerializes : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => true;

    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("PHI does not serialize: redact or tokenize it first.");
}
