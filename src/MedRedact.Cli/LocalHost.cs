using MedRedact.Detection;
using MedRedact.Policies;
using MedRedact.Redaction;
using MedRedact.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Cli;

/// <summary>Languages and data of the OCR engine.</summary>
/// <param name="Languages">In which pages are read.</param>
/// <param name="Alternatives">In which a page is read again whose words say so.</param>
/// <param name="Tessdata">The folder of trained data.</param>
internal sealed record OcrSettings(string[] Languages, string[] Alternatives, string? Tessdata)
{
    private const string Auto = "auto";

    /// <param name="languages">Names, or <c>auto</c>.</param>
    /// <param name="tessdata">The folder of trained data.</param>
    public static OcrSettings Of(string[] languages, string? tessdata) => languages is [Auto] ? new(["eng"], ["spa"], tessdata) : new(languages, [], tessdata);
}

/// <summary>The user's own files that detection works by.</summary>
internal sealed record DetectionSettings(string[] Rules, string[] Templates);

/// <summary>The on-premises pipeline over one home folder.</summary>
internal static class LocalHost
{
    public const string Pipeline = "cli";

    /// <summary>Who acts: the tool. A host with users names them.</summary>
    public static readonly ActorId Actor = new("medredact-cli");

    public static readonly TenantId Tenant = new("local");

    /// <summary>Registers the pipeline.</summary>
    /// <param name="home">The home folder.</param>
    /// <param name="policy">The name of a shipped policy, or the path of a policy file.</param>
    /// <param name="jobs">Pages in flight.</param>
    /// <param name="ocr">Languages and data of the OCR engine.</param>
    /// <param name="detection">Rules and templates of the user's own.</param>
    /// <param name="secondReading">Which clean pages are read once more as a whole.</param>
    /// <param name="retention">What is kept how long; <see langword="null"/> for the default.</param>
    public static async Task<ServiceProvider> StartAsync(
        string home, string? policy, int jobs, OcrSettings? ocr = null, DetectionSettings? detection = null,
        SecondReadingScope secondReading = SecondReadingScope.None, RetentionPolicy? retention = null)
    {
        var services = new ServiceCollection();
        services.Configure<RedactionOptions>(redaction => redaction.SecondReading = secondReading);
        services.Configure<RetentionOptions>(options =>
        {
            options.Policy = retention ?? options.Policy;
            options.Actor = Actor;
        });
        IMedRedactBuilder builder = services.AddMedRedact();
        IDispositionPolicy decides = await PolicyAsync(policy ?? "safe-harbor");
        builder.AddPolicy(decides);
        foreach (DetectionRules rules in ReadAll(detection?.Rules ?? [], DetectionRules.Load))
            builder.AddDetectionRules(rules);
        foreach (FormTemplateFile templates in ReadAll(detection?.Templates ?? [], FormTemplateFile.Load))
            builder.AddFormTemplates(templates);

        builder
            .ConfigureLimits(limits =>
            {
                limits.MaxPagesInFlight = jobs;
                limits.MaxPagesInFlightPerProcess = jobs;
            })
            .AddOnPremises(options =>
            {
                options.Pipeline = Pipeline;
                options.Home = home;
                options.Policy = decides.Name;
                options.Languages = ocr?.Languages ?? options.Languages;
                options.AlternativeLanguages = ocr?.Alternatives ?? options.AlternativeLanguages;
                options.TessdataPath = ocr?.Tessdata;
            });
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    /// <summary>Reads files that the user named; a file that cannot be opened is a fault of the command line.</summary>
    public static IReadOnlyList<T> ReadAll<T>(IEnumerable<string> paths, Func<string, T> read)
    {
        try
        {
            return [.. paths.Select(read)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Faults.DetectionFileUnreadable();
        }
    }

    /// <summary>A shipped policy by its name, or a policy file by its path.</summary>
    public static async Task<IDispositionPolicy> PolicyAsync(string name)
    {
        if (BuiltInPolicies.All.FirstOrDefault(known => known.Name == name) is { } shipped)
            return shipped;

        try
        {
            return PolicyFile.Parse(await File.ReadAllBytesAsync(name));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Faults.PolicyNotFound();
        }
    }
}
