namespace MedRedact.Documents.Images;

/// <summary>Chooses the resolution of a page: what the metadata says where that makes a plausible sheet, else a guess.</summary>
internal static class Resolution
{
    private const double CentimetresPerInch = 2.54;

    // Cameras and screenshots write 72 or 96 by habit, which would make a scanned page a metre long.
    private const double LongestSheetInches = 24;
    private const double ShortestSheetInches = 0.25;

    public static double FromCentimetre(double dotsPerCentimetre) => dotsPerCentimetre * CentimetresPerInch;

    public static double FromMetre(double dotsPerMetre) => dotsPerMetre * CentimetresPerInch / 100;

    /// <summary><paramref name="declared"/>: dots an inch by the metadata, 0 where there are none.</summary>
    public static Dpi Choose(double declared, int width, int height)
    {
        int longSide = Math.Max(width, height), shortSide = Math.Min(width, height);
        if (declared is >= 50 and <= 2_400 && longSide / declared is >= ShortestSheetInches and <= LongestSheetInches)
            return new Dpi(declared, IsEstimated: false);

        // The resolution at which the image would just cover a Letter sheet.
        return new Dpi(Math.Clamp(Math.Round(Math.Max(shortSide / 8.5, longSide / 11.0)), 70, 1_200), IsEstimated: true);
    }
}
