using MedRedact.Synthesis;

namespace MedRedact.Ocr.Tesseract.Tests;

/// <summary>The installed program as another reader.</summary>
public sealed class TesseractProgramTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_reads_the_words_of_a_clean_page_where_they_stand()
    {
        TesseractProgram program = await Installed.ProgramAsync();
        using PageImage page = Pages.Image(Pages.Note);
        using PageText text = await program.RecognizeAsync(page, new(), Token);
        Assert.InRange(Pages.ShareRead(Pages.Note, text), 0.97, 1);
        (TruthWord Drawn, Box Read)[] found = Pages.FoundOnce(Pages.Note, text);
        Assert.InRange(found.Length, 50, int.MaxValue);
        Assert.All(found, word => Assert.True(word.Read.Grow(2).Overlaps(new Box(word.Drawn.Box.Left, word.Drawn.Box.Top, word.Drawn.Box.Width, word.Drawn.Box.Height))));
        Assert.Matches("^[0-9]+\\.[0-9]+", program.Version);
    }

    [Fact]
    public async Task A_page_without_ink_has_no_words()
    {
        TesseractProgram program = await Installed.ProgramAsync();
        using PageImage page = Pages.Image(Pages.Paper(400, 300));
        using PageText text = await program.RecognizeAsync(page, new(), Token);
        Assert.Empty(text.Words);
    }

    [Fact]
    public async Task A_page_that_takes_longer_than_its_patience_is_a_fault_of_the_page()
    {
        await Installed.ProgramAsync();
        TesseractProgram hasty = (await TesseractProgram.FindAsync(TimeSpan.Zero, Token))!;
        using PageImage page = Pages.Image(Pages.Note);
        var fault = await Assert.ThrowsAsync<PageFaultException>(async () => (await hasty.RecognizeAsync(page, new(), Token)).Dispose());
        Assert.Equal(Faults.PageTimeLimitReached, fault.Code);
    }

    [Fact]
    public async Task Cancellation_passes_through()
    {
        TesseractProgram program = await Installed.ProgramAsync();
        using PageImage page = Pages.Image(Pages.Note);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => (await program.RecognizeAsync(page, new(), new CancellationToken(canceled: true))).Dispose());
    }

    [Fact]
    public async Task A_language_that_is_no_name_never_reaches_the_command_line()
    {
        TesseractProgram program = await Installed.ProgramAsync();
        using PageImage page = Pages.Image(Pages.Paper(50, 50));
        var fault = await Assert.ThrowsAsync<MedRedactException>(async () => (await program.RecognizeAsync(page, new() { Languages = ["../eng"] }, Token)).Dispose());
        Assert.Equal(Faults.LanguageNameInvalid, fault.Code);
    }
}
