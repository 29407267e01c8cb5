using MedRedact.Redaction;

namespace MedRedact;

/// <summary>The redactors that come with MedRedact.</summary>
public static class RedactionBuilderExtensions
{
    extension(RedactionBuilder redaction)
    {
        /// <summary>Labels such as <c>[NAME]</c> where the policy redacts.</summary>
        /// <returns>This builder.</returns>
        public RedactionBuilder Labels() => redaction.Use<LabelRedactor>();

        /// <summary>Runs of <c>█</c> of one length where the policy redacts.</summary>
        /// <returns>This builder.</returns>
        public RedactionBuilder Masks() => redaction.Use<MaskRedactor>();

        /// <summary>Tokens, made by the tokenizer that the host registered, where the policy tokenizes.</summary>
        /// <returns>This builder.</returns>
        public RedactionBuilder Tokens() => redaction.TokenizeWith<ITokenizer>();

        /// <summary>Less precise values where the policy generalizes: the year of a date, ten years of age, <c>90+</c>, three digits of a ZIP code.</summary>
        /// <returns>This builder.</returns>
        public RedactionBuilder Generalize() => redaction.Use<DateToYear>().Use<AgeOver89>().Use<AgeBand>().Use<Zip3Redactor>();

        /// <summary>Dates moved by one secret offset a patient where the policy shifts dates. Not Safe Harbor.</summary>
        /// <returns>This builder.</returns>
        public RedactionBuilder ShiftDates() => redaction.Use<DateShift>();

        /// <summary>Invented names, places and numbers where the policy says <c>surrogate</c>.</summary>
        /// <returns>This builder.</returns>
        public RedactionBuilder Surrogates() => redaction.Use<Surrogates>();
    }
}
