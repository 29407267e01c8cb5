using MedRedact.Ocr.Tesseract.Native;

namespace MedRedact.Ocr.Tesseract;

/// <summary>Turns a page upright by quarters. Leptonica's count of ascenders and descenders settles most pages in a few milliseconds; only where it is in
/// doubt, or would turn the page, is Tesseract's own detector asked, which takes ten times as long and needs the <c>osd</c> data.</summary>
internal static class PageOrientation
{
    // Pages of text score 10 to 45 for the way they lie, up to 7 across it; pages of a few lines score 4 to 10. To leave a page as it lies takes less.
    private const float VoteToLeave = 4;
    private const float VoteOfQuarter = 8;   // a quarter may be a list of doses, which hang below the line
    private const float VoteToTurn = 10;
    private const float ClearLead = 2;
    private const float DetectorConfidence = 2;
    private const float DetectorAlone = 6;   // against the vote, or without one

    // The patterns that Leptonica looks for are made for 150 to 300 dpi.
    private const int LetterTooLargeToVote = 26;

    private static readonly LanguageSet Detector = LanguageSet.Of(["osd"]);

    public static void Apply(PagePreparation page, EngineShelf engines)
    {
        int? vote = Vote(page.Measure);
        if (vote == 0)
            return;

        int turn = Ask(page, engines, vote) ?? vote ?? 0;
        if (turn != 0)
            Turn(page, turn);
    }

    /// <summary>Quarters clockwise that would set the page upright; null where the vote is not clear. A quarter of the page settles it most often.</summary>
    private static int? Vote(PageMeasure measure)
    {
        using Pix? reduced = measure.LetterHeight > LetterTooLargeToVote ? LeptonicaApi.pixReduceRankBinary2(measure.Ink, 2, 0).OrFault() : null;
        Pix ink = reduced ?? measure.Ink;
        using Pix quarter = ink.Rows(ink.Height * 3 / 8, ink.Height / 4);
        if (Vote(quarter, VoteOfQuarter) is { } turn)
            return turn;

        using Pix half = ink.Rows(ink.Height / 4, ink.Height / 2);
        return Vote(half, VoteToLeave) ?? Vote(ink, VoteToLeave);
    }

    private static unsafe int? Vote(Pix ink, float toLeave)
    {
        float up, left;
        if (LeptonicaApi.pixOrientDetect(ink, &up, &left, 0, 0) != 0)
            return null;

        bool isLevel = Math.Abs(up) > Math.Abs(left);
        (float along, float across) = isLevel ? (up, left) : (left, up);
        int turn = (isLevel, along > 0) switch { (true, true) => 0, (false, true) => 1, (true, false) => 2, _ => 3 };
        bool isClear = Math.Abs(along) >= (turn == 0 ? toLeave : VoteToTurn) && Math.Abs(along) >= ClearLead * Math.Abs(across);
        return isClear ? turn : null;
    }

    /// <summary>Quarters clockwise by the detector; null where it is not installed or not sure.</summary>
    private static int? Ask(PagePreparation page, EngineShelf engines, int? vote)
    {
        if (!Detector.IsInstalled(engines.Tessdata))
            return null;

        return engines.Use(Detector, engine =>
        {
            int? turn = engine.DetectTurn(page.Image, page.Dpi, out float confidence) is { } degrees ? (360 - degrees) % 360 / 90 : null;
            return confidence >= (turn == (vote ?? 0) ? DetectorConfidence : DetectorAlone) ? turn : null;
        });
    }

    private static void Turn(PagePreparation page, int quarters)
    {
        using Pix lying = Pix.FromGray(page.Image);
        using Pix upright = LeptonicaApi.pixRotateOrth(lying, quarters).OrFault();
        int width = page.Image.Width, height = page.Image.Height;
        page.Advance(upright, quarters switch
        {
            1 => PageTransform.FromMatrix(0, 1, -1, 0, 0, height),
            2 => PageTransform.FromMatrix(-1, 0, 0, -1, width, height),
            _ => PageTransform.FromMatrix(0, -1, 1, 0, width, 0),
        });
    }
}
