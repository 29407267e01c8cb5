namespace MedRedact.Documents.Images;

/// <summary>A fax of standard resolution has half as many lines down as dots across (204 × 98 an inch). Each line is shown twice, as viewers and
/// printers do, so that letters keep their shape; the doubled page is the original page for every box.</summary>
internal static class FaxRows
{
    public static int Repeat(TiffLayout layout, double across, double down) =>
        layout.BitsPerSample == 1 && layout.SamplesPerPixel == 1 && down > 0 && across / down is >= 1.6 and <= 2.4 ? 2 : 1;
}
