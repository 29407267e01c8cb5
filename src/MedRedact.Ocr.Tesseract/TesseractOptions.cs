using Microsoft.Extensions.Options;

namespace MedRedact.Ocr.Tesseract;

/// <summary>Settings of the Tesseract engine; checked when the host starts and copied when the engine pool is made.</summary>
public sealed class TesseractOptions
{
    /// <summary>Languages for a request that names none, by the names of their trained data; 1 to 16. Default: <c>eng</c>.</summary>
    public IList<string> Languages { get; set; } = ["eng"];

    /// <summary>The folder that holds the <c>*.traineddata</c> files, or its parent. Default: <c>TESSDATA_PREFIX</c>, then the usual folders of the platform.
    /// When it is set, no other folder is tried.</summary>
    public string? TessdataPath { get; set; }

    /// <summary>The Tesseract 5 library as a file. Default: found by name. When it is set, no other is tried. One library is loaded a process: the first.</summary>
    public string? LibraryPath { get; set; }

    /// <summary>Pages read at the same time, 1 to 256, each on its own thread with its own engine. Default: the number of processors.</summary>
    public int MaxConcurrentPages { get; set; } = Environment.ProcessorCount;

    /// <summary>How long reading one page may take, from 1 second to 1 hour. Default: 60 seconds. Checked between words: Tesseract's layout analysis
    /// cannot be interrupted, so a hard limit needs an isolated worker process.</summary>
    public TimeSpan PageTimeLimit { get; set; } = TimeSpan.FromSeconds(60);

    internal TesseractOptions Copy() => new()
    {
        Languages = [.. Languages],
        TessdataPath = TessdataPath,
        LibraryPath = LibraryPath,
        MaxConcurrentPages = MaxConcurrentPages,
        PageTimeLimit = PageTimeLimit,
    };
}

/// <summary>Checks the bounds that <see cref="TesseractOptions"/> documents.</summary>
internal sealed class TesseractOptionsValidator : IValidateOptions<TesseractOptions>
{
    public ValidateOptionsResult Validate(string? name, TesseractOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (!LanguageSet.IsValid(options.Languages))
            result.AddError("1 to 16 names of trained data, such as eng.", nameof(options.Languages));
        if (options.MaxConcurrentPages is < 1 or > 256)
            result.AddError("1 to 256.", nameof(options.MaxConcurrentPages));
        if (options.PageTimeLimit < TimeSpan.FromSeconds(1) || options.PageTimeLimit > TimeSpan.FromHours(1))
            result.AddError("1 second to 1 hour.", nameof(options.PageTimeLimit));

        return result.Build();
    }
}
