using MedRedact.Testing;

namespace MedRedact.ConformanceTests;

/// <summary>What every <see cref="IPageReader"/> promises.</summary>
public abstract class PageReaderContract
{
    private static readonly DocumentId s_document = new SeededIds(7).NextDocument();

    /// <summary>Makes the reader.</summary>
    /// <returns>The reader.</returns>
    protected abstract IPageReader CreateReader();

    /// <summary>Whole files of each format it opens; one of them with two pages or more where a format has them.</summary>
    protected abstract IReadOnlyList<byte[]> Samples { get; }

    /// <summary>Whether it reads the bytes at all. On by default; off for fakes, which then need not tell a document from noise.</summary>
    protected virtual bool LooksAtBytes => true;

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Opening_a_page_twice_and_from_many_threads_gives_identical_pixels()
    {
        IPageReader reader = CreateReader();
        foreach (byte[] sample in Samples)
        {
            await using SourceDocument document = Document(sample);
            Inspection inspection = await Accepted(reader, document);
            await using IPageSource source = await reader.OpenAsync(document, inspection, ConformanceTests.Samples.Cancellation);
            Assert.Equal(inspection.PageCount, source.PageCount);
            for (int page = 1; page <= Math.Min(3, source.PageCount); page++)
            {
                var number = new PageNumber(page);
                byte[] first = await Pixels(source, number);
                byte[][] others = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () => await Pixels(source, number))));
                Assert.All(others, other => Assert.True(first.AsSpan().SequenceEqual(other), "the pixels differ"));
            }
        }
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Pages_carry_the_identity_they_were_opened_with_and_live_in_the_memory_they_were_given()
    {
        IPageReader reader = CreateReader();
        await using SourceDocument document = Document(Samples[0]);
        await using IPageSource source = await reader.OpenAsync(document, await Accepted(reader, document), ConformanceTests.Samples.Cancellation);
        var memory = new CountedMemory();
        using PageImage page = await source.OpenAsync(s_document, new PageNumber(1), memory, ConformanceTests.Samples.Cancellation);
        Assert.Equal((s_document, new PageNumber(1)), (page.DocumentId, page.Number));
        Assert.Contains(page.Reveal(), memory.Allocated);
        Assert.Equal(page.Reveal().Size, page.OriginalSize);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_page_that_is_not_there_is_refused()
    {
        IPageReader reader = CreateReader();
        await using SourceDocument document = Document(Samples[0]);
        Inspection inspection = await Accepted(reader, document);
        await using IPageSource source = await reader.OpenAsync(document, inspection, ConformanceTests.Samples.Cancellation);
        Exception refused = await Assert.ThrowsAnyAsync<Exception>(async () => await source.OpenAsync(s_document, new PageNumber(inspection.PageCount + 1), RasterMemory.Shared, ConformanceTests.Samples.Cancellation));
        Assert.True(refused is MedRedactException or ArgumentOutOfRangeException, refused.GetType().Name);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Inspection_never_throws_because_of_content_and_what_it_accepts_opens_or_faults_with_a_code()
    {
        IPageReader reader = CreateReader();
        foreach (byte[] damaged in Damaged())
        {
            await using SourceDocument document = Document(damaged);
            Inspection inspection = await reader.InspectAsync(document, new PipelineLimits(), ConformanceTests.Samples.Cancellation);
            if (inspection.Rejection is not null || inspection.Unrecognized)
                continue;
            Assert.True(inspection.PageCount > 0, "accepted without a page");
            try
            {
                await using IPageSource source = await reader.OpenAsync(document, inspection, ConformanceTests.Samples.Cancellation);
                using PageImage page = await source.OpenAsync(s_document, new PageNumber(1), RasterMemory.Shared, ConformanceTests.Samples.Cancellation);
            }
            catch (MedRedactException)
            {
            }
        }
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Nothing_and_noise_are_not_documents()
    {
        if (!LooksAtBytes)
            return;
        IPageReader reader = CreateReader();
        foreach (byte[] noise in (byte[][])[[], [0], new SeededIds(8).NextBytes(5_000)])
        {
            await using SourceDocument document = Document(noise);
            Inspection inspection = await reader.InspectAsync(document, new PipelineLimits(), ConformanceTests.Samples.Cancellation);
            Assert.True(inspection.Unrecognized || inspection.Rejection is not null);
        }
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Limits_on_pages_and_pixels_are_enforced_before_a_page_is_handed_out()
    {
        IPageReader reader = CreateReader();
        foreach (byte[] sample in Samples)
        {
            await using SourceDocument document = Document(sample);
            Assert.NotNull((await reader.InspectAsync(document, new PipelineLimits { MaxPixelsPerPage = 10 }, ConformanceTests.Samples.Cancellation)).Rejection);
            if ((await Accepted(reader, document)).PageCount > 1)
                Assert.NotNull((await reader.InspectAsync(document, new PipelineLimits { MaxPages = 1 }, ConformanceTests.Samples.Cancellation)).Rejection);
        }
    }

    private static SourceDocument Document(byte[] file) => SourceDocument.FromOpener(_ => ValueTask.FromResult<Stream>(new MemoryStream(file, writable: false)));

    private static async Task<Inspection> Accepted(IPageReader reader, SourceDocument document)
    {
        Inspection inspection = await reader.InspectAsync(document, new PipelineLimits(), ConformanceTests.Samples.Cancellation);
        Assert.True(inspection is { Rejection: null, Unrecognized: false, PageCount: > 0 }, "a sample was not accepted");
        return inspection;
    }

    private static async Task<byte[]> Pixels(IPageSource source, PageNumber page)
    {
        using PageImage image = await source.OpenAsync(s_document, page, RasterMemory.Shared, ConformanceTests.Samples.Cancellation);
        Raster raster = image.Reveal();
        return [.. BitConverter.GetBytes(raster.Width), .. BitConverter.GetBytes(raster.Height), (byte)raster.Format, .. raster.Pixels.Span];
    }

    private IEnumerable<byte[]> Damaged()
    {
        foreach (byte[] sample in Samples)
        {
            foreach (int percent in (int[])[1, 10, 50, 90, 99])
                yield return sample[..(sample.Length * percent / 100)];
            var ids = new SeededIds(9);
            for (int i = 0; i < 24; i++)
            {
                byte[] flipped = [.. sample];

                // Headers first: that is where structure is judged.
                flipped[ids.NextInt(i < 16 ? Math.Min(sample.Length, 256) : sample.Length)] ^= (byte)(1 << (i & 7));
                yield return flipped;
            }
        }
    }
}
