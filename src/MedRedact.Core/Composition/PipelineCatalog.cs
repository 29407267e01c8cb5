using System.Globalization;
using MedRedact.Ingestion;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedRedact.Composition;

/// <summary>The names of the registered pipelines.</summary>
internal sealed class PipelineCatalog
{
    public IList<string> Names { get; } = [];
}

/// <summary>Composes every pipeline when the host starts, so that a missing part is a failed start and not a failed document.</summary>
internal sealed class PipelineCatalogValidator(IServiceProvider services) : IValidateOptions<PipelineCatalog>
{
    public ValidateOptionsResult Validate(string? name, PipelineCatalog options)
    {
        var failures = new List<string>();
        foreach (string pipeline in options.Names)
        {
            try
            {
                services.GetRequiredKeyedService<IngestionPipeline>(pipeline);
            }
            catch (MedRedactException fault)
            {
                failures.Add(string.Create(CultureInfo.InvariantCulture, $"Pipeline '{pipeline}': {fault.Message}"));
            }
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}

/// <summary>Checks the bounds.</summary>
internal sealed class PipelineLimitsValidator : IValidateOptions<PipelineLimits>
{
    public ValidateOptionsResult Validate(string? name, PipelineLimits options)
    {
        bool valid = options is
        {
            MaxPagesInFlight: >= 1 and <= 256,
            MaxPagesInFlightPerProcess: >= 1 and <= 1024,
            MaxPixelBytes: >= 1 << 20,
            MaxPixelsPerPage: >= 1 and <= 1_000_000_000,
            MaxPages: >= 1 and <= 100_000,
            MaxFileBytes: >= 1,
        } && options.PageTimeout > TimeSpan.Zero && options.PageTimeout <= TimeSpan.FromHours(1);
        return valid ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(PipelineFaults.Fault(PipelineFaults.Limits).Message);
    }
}
