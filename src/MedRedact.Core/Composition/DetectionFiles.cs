using MedRedact.Detection;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact;

/// <summary>Registers rules and templates of your own.</summary>
public static class DetectionFiles
{
    extension(IMedRedactBuilder builder)
    {
        /// <summary>Adds a file of rules. <see cref="TextRules"/> and its parts use the rules of all files, in every pipeline of the host.</summary>
        /// <param name="path">Its path; it is read now.</param>
        /// <returns>The builder.</returns>
        /// <exception cref="DetectionFileException">The file was refused.</exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        public IMedRedactBuilder AddDetectionRules(string path) => builder.AddDetectionRules(DetectionRules.Load(path));

        /// <summary>Adds rules. <see cref="TextRules"/> and its parts use the rules of all files, in every pipeline of the host.</summary>
        /// <param name="rules">The rules.</param>
        /// <returns>The builder.</returns>
        public IMedRedactBuilder AddDetectionRules(DetectionRules rules)
        {
            ArgumentNullException.ThrowIfNull(rules);
            builder.Services.AddSingleton(rules);
            return builder;
        }

        /// <summary>Adds a file of form templates, for pipelines that detect with <see cref="FormTemplates"/>.</summary>
        /// <param name="path">Its path; it is read now.</param>
        /// <returns>The builder.</returns>
        /// <exception cref="DetectionFileException">The file was refused.</exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        public IMedRedactBuilder AddFormTemplates(string path) => builder.AddFormTemplates(FormTemplateFile.Load(path));

        /// <summary>Adds form templates, for pipelines that detect with <see cref="FormTemplates"/>.</summary>
        /// <param name="templates">The templates.</param>
        /// <returns>The builder.</returns>
        public IMedRedactBuilder AddFormTemplates(FormTemplateFile templates)
        {
            ArgumentNullException.ThrowIfNull(templates);
            builder.Services.AddSingleton(templates);
            return builder;
        }
    }
}
