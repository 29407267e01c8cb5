using MedRedact.Isolation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MedRedact;

/// <summary>Registers worker processes.</summary>
public static class PageWorkersRegistration
{
    /// <summary>Decodes, prepares and recognizes pages in worker processes, as far as <see cref="PageWorkerOptions.Isolate{TPart}"/> names readers, preparer
    /// and engines; what is not named stays in the host's process. A second call changes options only.</summary>
    /// <param name="builder">MedRedact.</param>
    /// <param name="configure">Names what is isolated, and changes bounds.</param>
    /// <returns>The same builder.</returns>
    public static IMedRedactBuilder AddPageWorkers(this IMedRedactBuilder builder, Action<PageWorkerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        OptionsBuilder<PageWorkerOptions> options = builder.Services.AddOptions<PageWorkerOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);

        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PageWorkerOptions>, PageWorkerOptionsValidator>());
        builder.Services.TryAddSingleton<PageWorkerPool>();
        builder.Services.TryAddSingleton<IPageIsolation, PageIsolation>();
        return builder;
    }
}
