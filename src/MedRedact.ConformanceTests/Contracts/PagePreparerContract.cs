using MedRedact.Synthesis;
using MedRedact.Testing;

namespace MedRedact.ConformanceTests;

/// <summary>What every <see cref="IPagePreparer"/> promises: with a plan it is a stage like any other, without one it does nothing.</summary>
public abstract class PagePreparerContract : PageStageContract
{
    private static readonly DocumentId s_document = new SeededIds(9).NextDocument();

    /// <summary>Makes the preparer. A disposable one is disposed by the suite.</summary>
    /// <returns>The preparer.</returns>
    protected abstract IPagePreparer CreatePreparer();

    /// <summary>What is asked of it; all steps by default.</summary>
    protected virtual PreparationPlan Plan { get; } = PreparationPlan.Of(all => all.Orient().Deskew().NormalizeContrast().Denoise().ScaleToTextHeight());

    /// <inheritdoc/>
    protected sealed override IPageStage CreateStage() => new Planned(CreatePreparer(), Plan);

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_plan_of_nothing_hands_back_the_page_as_it_is()
    {
        await using var stage = new Planned(CreatePreparer(), PreparationPlan.None);
        SyntheticPage worn = SyntheticRecords.Create(DocumentKind.InsuranceCard, seed: 4).DrawPages(new DrawOptions { Dpi = 100 })[0].Degrade(Degradation.Fax, seed: 4);
        using PageImage page = worn.ToPageImage(s_document, new PageNumber(1));
        StagedRaster staged = await stage.ProcessAsync(page, new PageContext(s_document, new PageNumber(1), RasterMemory.Shared), Samples.Cancellation);
        Assert.Same(page.Reveal(), staged.Raster);
        Assert.Equal(PageTransform.Identity, staged.ToInput);
    }

    private sealed class Planned(IPagePreparer preparer, PreparationPlan plan) : IPageStage, IAsyncDisposable
    {
        public ValueTask<StagedRaster> ProcessAsync(PageImage page, PageContext context, CancellationToken cancellationToken = default) =>
            preparer.PrepareAsync(page, plan, context, cancellationToken);

        public async ValueTask DisposeAsync()
        {
            if (preparer is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync();
            else
                (preparer as IDisposable)?.Dispose();
        }
    }
}
