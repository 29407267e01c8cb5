using MedRedact.Ocr.Tesseract;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MedRedact;

/// <summary>Registers Tesseract.</summary>
public static class TesseractRegistration
{
    extension(IMedRedactBuilder builder)
    {
        /// <summary>Reads pages with Tesseract 5 on this machine: registers <see cref="TesseractOcrEngine"/>, also as an <see cref="IOcrEngine"/>,
        /// and <see cref="IPagePreparer"/>. Nothing native is loaded before the first page.</summary>
        /// <param name="configure">Languages, folders and bounds.</param>
        /// <returns>The builder.</returns>
        public IMedRedactBuilder AddTesseract(Action<TesseractOptions>? configure = null)
        {
            IServiceCollection services = builder.Services;
            services.AddOptions<TesseractOptions>().Configure(configure ?? (_ => { })).ValidateOnStart();
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TesseractOptions>, TesseractOptionsValidator>());
            services.TryAddSingleton(TimeProvider.System);
            services.TryAddSingleton(static provider => new TesseractEnginePool(
                provider.GetRequiredService<IOptions<TesseractOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
            services.TryAddSingleton<TesseractOcrEngine>();
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IOcrEngine, TesseractOcrEngine>(
                static provider => provider.GetRequiredService<TesseractOcrEngine>()));
            services.TryAddSingleton<IPagePreparer, LeptonicaPreparer>();
            return builder;
        }
    }
}
