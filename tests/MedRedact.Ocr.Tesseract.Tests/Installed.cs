namespace MedRedact.Ocr.Tesseract.Tests;

/// <summary>What a test needs of this machine. Where it is missing the test is skipped by name, and fails when <c>CI=true</c>.</summary>
internal static class Installed
{
    private static readonly TesseractEnvironment Environment = TesseractEnvironment.Probe();

    public static void Tesseract() => Require(Environment.IsReady, $"Tesseract 5 with eng ({Environment.Fault})");

    public static void Language(string name)
    {
        Tesseract();
        Require(Environment.Languages.Contains(name), $"Tesseract language data '{name}'");
    }

    public static string Tessdata
    {
        get
        {
            Tesseract();
            return Environment.TessdataPath!;
        }
    }

    public static async Task<TesseractProgram> ProgramAsync()
    {
        TesseractProgram? program = await TesseractProgram.FindAsync(cancellationToken: TestContext.Current.CancellationToken);
        Require(program is not null, "the tesseract program");
        return program!;
    }

    private static void Require(bool isThere, string what)
    {
        if (isThere)
            return;

        Assert.False(System.Environment.GetEnvironmentVariable("CI") == "true", $"CI lacks {what}.");
        Assert.Skip($"Not installed here: {what}.");
    }
}
