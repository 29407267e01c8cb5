using MedRedact.Documents.Images;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MedRedact;

/// <summary>Registers image documents.</summary>
public static class ImageDocumentsRegistration
{
    /// <summary>Adds the reader of PNG, JPEG, WebP, BMP, GIF and TIFF, the writers of PNG and TIFF (PNG is the one that <see cref="IRasterEncoder"/>
    /// resolves to), and the painter of labels. A second call changes options only.</summary>
    /// <param name="builder">MedRedact.</param>
    /// <param name="configure">Changes the options.</param>
    /// <returns>The same builder.</returns>
    public static IMedRedactBuilder AddImageDocuments(this IMedRedactBuilder builder, Action<ImageDocumentOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        OptionsBuilder<ImageDocumentOptions> options = builder.Services.AddOptions<ImageDocumentOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);

        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ImageDocumentOptions>, ImageDocumentOptionsValidator>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IPageReader, ImagePageReader>());
        builder.Services.TryAddSingleton<TiffRasterEncoder>();
        builder.Services.TryAddSingleton<IRasterEncoder, PngRasterEncoder>();
        builder.Services.TryAddSingleton<ILabelPainter, LabelPainter>();
        return builder;
    }
}
