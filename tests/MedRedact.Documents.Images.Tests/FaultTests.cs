using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedRedact.Documents.Images.Tests;

public sealed class FaultTests
{
    [Fact]
    public void Every_code_is_unique_and_says_what_to_do()
    {
        string[] codes = [.. typeof(ImageFaults).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];
        Assert.Equal(codes.Length, codes.Distinct().Count());
        foreach (string code in codes)
        {
            Assert.Equal(code, new RejectionCode(code).Value);
            Assert.EndsWith(".", ImageFaults.Remedy(code), StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentException>(() => ImageFaults.Remedy("MR-SRC-999"));
    }

    [Fact]
    public void One_call_registers_reader_writers_and_painter()
    {
        var builder = new Builder();
        builder.AddImageDocuments().AddImageDocuments(options => options.MaxDirectories = 7);
        using ServiceProvider provider = builder.Services.BuildServiceProvider();
        Assert.IsType<ImagePageReader>(Assert.Single(provider.GetServices<IPageReader>()));
        Assert.IsType<PngRasterEncoder>(provider.GetRequiredService<IRasterEncoder>());
        Assert.IsType<LabelPainter>(provider.GetRequiredService<ILabelPainter>());
        Assert.Equal(7, provider.GetRequiredService<IOptions<ImageDocumentOptions>>().Value.MaxDirectories);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        var builder = new Builder();
        builder.AddImageDocuments(options => options.MaxSide = 0);
        using ServiceProvider provider = builder.Services.BuildServiceProvider();
        Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<ImageDocumentOptions>>().Value);
    }

    private sealed class Builder : IMedRedactBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();
    }
}
