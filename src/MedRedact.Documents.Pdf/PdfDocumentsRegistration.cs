using MedRedact.Documents.Pdf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MedRedact;

/// <summary>Registers PDF documents.</summary>
public static class PdfDocumentsRegistration
{
    /// <summary>Adds the reader of PDF, which needs poppler's programs on the machine. Another <see cref="IPdfRasterizer"/>, registered before, renders in the
    /// place of poppler. A second call changes options only.</summary>
    /// <param name="builder">MedRedact.</param>
    /// <param name="configure">Changes the options.</param>
    /// <returns>The same builder.</returns>
    public static IMedRedactBuilder AddPdfDocuments(this IMedRedactBuilder builder, Action<PdfDocumentOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        OptionsBuilder<PdfDocumentOptions> options = builder.Services.AddOptions<PdfDocumentOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);

        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PdfDocumentOptions>, PdfDocumentOptionsValidator>());
        builder.Services.TryAddSingleton<IPdfRasterizer, PopplerRasterizer>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IPageReader, PdfPageReader>());
        return builder;
    }
}
