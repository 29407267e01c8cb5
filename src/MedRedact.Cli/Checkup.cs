using System.Globalization;
using MedRedact.Documents.Images;
using MedRedact.Documents.Pdf;
using MedRedact.Isolation;
using MedRedact.KeyManagement;
using MedRedact.Ocr.Tesseract;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedRedact.Cli;

/// <summary>How a checked thing is.</summary>
internal enum Health
{
    /// <summary>Nothing works without it.</summary>
    Bad = 0,

    /// <summary>It works, but could be safer or do more.</summary>
    Warning,

    /// <summary>As it should be.</summary>
    Good,
}

/// <summary>One line of a checkup.</summary>
internal sealed record Check(string What, Health Health, string Found, string? Fix = null);

/// <summary>Looks at the machine; changes nothing.</summary>
internal static class Checkup
{
    private const long FewBytes = 1L << 30;

    public static async Task<IReadOnlyList<Check>> RunAsync(string home, CancellationToken cancellationToken)
    {
        var environment = TesseractEnvironment.Probe();
        return
        [
            new Check(".NET", Health.Good, System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription),
            Library(environment),
            Languages(environment),
            await WorkersAsync(cancellationToken),
            Pdf(),
            Font(),
            await KeysAsync(home, cancellationToken),
            Writable(home),
            Disk(home),
            CoreDumps(),
        ];
    }

    private static Check Library(TesseractEnvironment environment) => environment.Version is { } version
        ? new Check("Tesseract", Health.Good, version)
        : new Check("Tesseract", Health.Bad, environment.Fault?.Value ?? "not found", environment.Remedy);

    private static Check Languages(TesseractEnvironment environment)
    {
        string found = environment.Languages.IsEmpty ? "none" : string.Join(", ", environment.Languages);
        return environment switch
        {
            { IsReady: true } when environment.Languages.Contains("osd") => new Check("languages", Health.Good, found),
            { IsReady: true } => new Check("languages", Health.Warning, found, "Install the osd data to read pages that lie on their side."),
            _ => new Check("languages", Health.Bad, found, environment.Remedy),
        };
    }

    /// <summary>Starts one worker process as the pipeline would, and ends it.</summary>
    private static async Task<Check> WorkersAsync(CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddMedRedact().AddOnPremises();
        await using ServiceProvider provider = services.BuildServiceProvider();
        if (provider.GetService<IPageIsolation>() is null)
            return new Check("isolation", Health.Warning, "images are decoded and read in this process", "Install MedRedact.Worker beside the program, on Linux with a .NET runtime.");

        PageWorkerOptions options = provider.GetRequiredService<IOptions<PageWorkerOptions>>().Value;
        var worker = await PageWorkerProbe.RunAsync(options, cancellationToken);
        return worker.Fault is { } fault
            ? new Check("isolation", Health.Bad, fault.Code.Value, fault.Remedy)
            : new Check("isolation", Health.Good, string.Create(
                CultureInfo.InvariantCulture,
                $"{worker.Program} greets in {worker.Start.TotalMilliseconds:N0} ms with {worker.ResidentBytes >> 20} MiB; a page may take {options.Patience.TotalSeconds:N0} s, {options.MemoryBytes >> 20} MiB and two attempts"));
    }

    private static Check Pdf() => PopplerEnvironment.Missing() is { IsEmpty: false } missing
        ? new Check("PDF", Health.Warning, string.Join(", ", missing) + " not found", PdfFaults.Remedy(PdfFaults.PopplerMissing))
        : new Check("PDF", Health.Good, "poppler's programs");

    private static Check Font()
    {
        using Raster raster = RasterMemory.Shared.Allocate(PixelFormat.Gray8, 200, 40, new Dpi(200, IsEstimated: true));
        return new LabelPainter().TryPaintLabel(raster, new Box(0, 0, raster.Width, raster.Height), "[NAME]")
            ? new Check("label font", Health.Good, "embedded")
            : new Check("label font", Health.Bad, "cannot be drawn", "Install the package again: its embedded font cannot be loaded.");
    }

    private static async Task<Check> KeysAsync(string home, CancellationToken cancellationToken)
    {
        var options = new LocalKeyRingOptions { Home = home, CreateIfMissing = false };
        string path = Path.Combine(home, "keys", "ring.mrkr");
        if (!File.Exists(path))
            return new Check("keys", Health.Good, "no key ring yet: the first ingest makes one");

        try
        {
            using var ring = new LocalKeyRing(options, TimeProvider.System);
            int keys = (await ring.OpenAsync(cancellationToken)).Length;
            string found = string.Create(CultureInfo.InvariantCulture, $"{keys} keys");
            return ring.IsProtected
                ? new Check("keys", Health.Good, found + ", under a passphrase")
                : new Check("keys", Health.Warning, found + ", protected by the file mode alone", "Set LocalKeyRingOptions.PassphraseFile, or keep the keys on another volume.");
        }
        catch (MedRedactException fault)
        {
            return new Check("keys", Health.Bad, fault.Code.Value, fault.Remedy);
        }
    }

    private static Check Writable(string home)
    {
        try
        {
            string probe = Path.Combine(FolderOf(home), Path.GetRandomFileName());
            using (File.Create(probe, 1, FileOptions.DeleteOnClose))
            {
            }

            return new Check("home", Health.Good, "writable");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new Check("home", Health.Bad, "not writable", "Give this user write access to the home folder, or choose another with --home.");
        }
    }

    private static Check Disk(string home)
    {
        long free = new DriveInfo(FolderOf(home)).AvailableFreeSpace;
        string found = string.Create(CultureInfo.InvariantCulture, $"{free >> 20:N0} MiB free");
        return free >= FewBytes ? new Check("disk", Health.Good, found) : new Check("disk", Health.Warning, found, "Free some space: a page takes about 1 MiB.");
    }

    /// <summary>The home folder, or the nearest folder above it while the first ingest has not made it yet.</summary>
    private static string FolderOf(string home)
    {
        string folder = Path.GetFullPath(home);
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } above)
            folder = above;
        return folder;
    }

    private static Check CoreDumps() => Environment.GetEnvironmentVariable("DOTNET_DbgEnableMiniDump") is "1"
        ? new Check("core dumps", Health.Warning, "on", "Unset DOTNET_DbgEnableMiniDump: a dump of this process holds PHI.")
        : new Check("core dumps", Health.Good, "not asked for by the runtime");
}
