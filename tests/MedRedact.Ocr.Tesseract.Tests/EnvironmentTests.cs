using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedRedact.Ocr.Tesseract.Tests;

public sealed class EnvironmentTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void The_probe_says_what_is_installed()
    {
        Installed.Tesseract();
        TesseractEnvironment found = TesseractEnvironment.Probe();
        Assert.StartsWith("5.", found.Version, StringComparison.Ordinal);
        Assert.Contains("eng", found.Languages);
        Assert.Null(found.Remedy);
    }

    [Fact]
    public void A_missing_library_is_told_with_the_command_that_installs_it()
    {
        TesseractEnvironment found = TesseractEnvironment.Probe(new() { LibraryPath = "/nonexistent/libtesseract.so.5" });
        Assert.Equal(Faults.LibraryMissing, found.Fault);
        Assert.Contains(OperatingSystem.IsLinux() ? "apt-get install libtesseract5 tesseract-ocr-eng" : "nstall", found.Remedy, StringComparison.Ordinal);
        Assert.False(found.IsReady);
    }

    [Fact]
    public void A_missing_folder_of_trained_data_is_told()
    {
        Installed.Tesseract();
        TesseractEnvironment found = TesseractEnvironment.Probe(new() { TessdataPath = "/nonexistent" });
        Assert.Equal(Faults.TessdataMissing, found.Fault);
        Assert.NotNull(found.Version);
        Assert.Empty(found.Languages);
    }

    [Fact]
    public void A_missing_language_is_told()
    {
        Installed.Tesseract();
        TesseractEnvironment found = TesseractEnvironment.Probe(new() { Languages = ["eng", "qqq_Xyz"] });
        Assert.Equal(Faults.LanguageMissing, found.Fault);
        if (OperatingSystem.IsLinux())
            Assert.Contains("tesseract-ocr-qqq-xyz", found.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nonexistent/libtesseract.so.5", null, "eng", "MR-OCR-001")]
    [InlineData(null, "/nonexistent", "eng", "MR-OCR-003")]
    [InlineData(null, null, "qqq", "MR-OCR-004")]
    [InlineData(null, null, "../eng", "MR-OCR-010")]
    [InlineData(null, null, "eng+spa", "MR-OCR-010")]
    [InlineData(null, null, "", "MR-OCR-010")]
    [InlineData(null, null, "a/b/c", "MR-OCR-010")]
    public async Task Reading_without_what_is_needed_ends_the_run_with_a_code(string? library, string? tessdata, string language, string code)
    {
        Installed.Tesseract();
        await using var pool = new TesseractEnginePool(new() { LibraryPath = library, TessdataPath = tessdata, MaxConcurrentPages = 1 });
        using PageImage page = Pages.Image(Pages.Paper(50, 50));
        var fault = await Assert.ThrowsAsync<MedRedactException>(
            async () => await new TesseractOcrEngine(pool).RecognizeAsync(page, new() { Languages = [language] }, Token));
        Assert.Equal(code, fault.Code.Value);
        Assert.NotNull(fault.Remedy);
    }

    [Fact]
    public async Task Damaged_trained_data_is_a_coded_fault()
    {
        Installed.Tesseract();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("medredact-tessdata-");
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "eng.traineddata"), new byte[64], Token);
            await using var pool = new TesseractEnginePool(new() { TessdataPath = folder.FullName, MaxConcurrentPages = 1 });
            using PageImage page = Pages.Image(Pages.Paper(50, 50));
            var fault = await Assert.ThrowsAsync<MedRedactException>(async () => await new TesseractOcrEngine(pool).RecognizeAsync(page, new(), Token));
            Assert.Equal(Faults.EngineRefusedToStart, fault.Code);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_parent_of_the_trained_data_will_do()
    {
        string tessdata = Installed.Tessdata;
        Assert.Equal(tessdata, TessdataLocator.Find(Path.GetDirectoryName(tessdata)));
        Assert.Equal(tessdata, TessdataLocator.Find(tessdata));
    }

    [Fact]
    public async Task The_host_gets_one_engine_for_both_names_and_one_preparer()
    {
        var services = new ServiceCollection();
        new Builder(services).AddTesseract(options => options.MaxConcurrentPages = 3).AddTesseract();
        await using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Same(provider.GetRequiredService<TesseractOcrEngine>(), Assert.Single(provider.GetServices<IOcrEngine>()));
        Assert.IsType<LeptonicaPreparer>(provider.GetRequiredService<IPagePreparer>());
        Assert.Equal(3, provider.GetRequiredService<TesseractEnginePool>().Options.MaxConcurrentPages);
    }

    [Fact]
    public void The_host_does_not_start_with_options_out_of_bounds()
    {
        var services = new ServiceCollection();
        new Builder(services).AddTesseract(options => options.Languages = ["no language"]);
        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
    }

    private sealed record Builder(IServiceCollection Services) : IMedRedactBuilder;
}
