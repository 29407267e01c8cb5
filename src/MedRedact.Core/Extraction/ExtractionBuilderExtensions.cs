using MedRedact.Extraction;

namespace MedRedact;

/// <summary>The extractors that come with MedRedact.</summary>
public static class ExtractionBuilderExtensions
{
    extension(ExtractionBuilder fields)
    {
        /// <summary>The fields that US Core asks for: header, encounter, vital signs, laboratory results, medicines, allergies, diagnoses, procedures,
        /// immunizations and sections.</summary>
        /// <returns>This builder.</returns>
        public ExtractionBuilder UsCore() => fields.With<ChartFields>();
    }
}
