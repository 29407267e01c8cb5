using System.Runtime.InteropServices;

namespace MedRedact.Isolation.Tests;

/// <summary>A worker that keeps to the protocol and whose engine misbehaves on black pages, in the manner that the host's settings name.</summary>
internal static class BadWorker
{
    public const string Manner = "manner", Once = "once";

    public static Task<int> RunAsync() => PageWorkerProgram.RunAsync(settings => settings[Manner] == "refuse"
        ? throw new MedRedactException(new FaultCode("MR-OCR-001"), "Install what is missing.")
        : new PageWorkerParts { Engines = [new BadEngine(settings[Manner], settings.GetValueOrDefault(Once))] });
}

/// <summary>The engine; in the host it is only a name.</summary>
internal sealed partial class BadEngine(string manner, string? once = null) : IOcrEngine
{
    private const int SignalStop = 19;

    public EngineId Id { get; } = new("bad");

    public string Version => "1.2.3";

    public ValueTask<PageText> RecognizeAsync(PageImage page, OcrRequest request, CancellationToken cancellationToken = default)
    {
        bool isBad = page.Reveal().Pixels.Span[0] == 0 && IsTurn();
        return ValueTask.FromResult(isBad ? Misbehave() : Say("well"));
    }

    private static PageText Say(string words)
    {
        var builder = new PageTextBuilder(PageTransform.Identity);
        int x = 0;
        foreach (string word in words.Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries))
            builder.AddWord(word, new Box(x += 20, 2, 10, 10), Confidence.Certain);
        return builder.Build();
    }

    private bool IsTurn()
    {
        if (once is null)
            return true;

        using MappedMemory told = MappedMemory.Open(once, 1);
        bool isFirst = told.GetSpan()[0] == 0;
        told.GetSpan()[0] = 1;
        return isFirst;
    }

    private PageText Misbehave()
    {
        switch (manner)
        {
            case "exit":
                Environment.Exit(7);
                break;
            case "abort":
                Abort();
                break;
            case "segmentation fault":
                _ = LengthOf(1);
                break;
            case "stop":
                _ = Signal(Environment.ProcessId, SignalStop);
                break;
            case "compute":
                while (true)
                    Thread.SpinWait(1000);
            case "answer late":
                Thread.Sleep(TimeSpan.FromMinutes(5));
                break;
            case "talk":
                Talk();
                break;
            case "grow":
                Grow();
                break;
            case "write a file":
                File.WriteAllText(Path.Combine("/tmp", Path.GetRandomFileName()), "words of a page");
                break;
            case "throw":
                throw new InvalidOperationException("words of a page");
            case "fault":
                throw new PageFaultException(new FaultCode("MR-OCR-006"), "words of a page");
            case "show environment":
                return Say(string.Join(' ', Environment.GetEnvironmentVariables().Keys.Cast<string>()));
            case "show limits":
                return Say(File.ReadAllText("/proc/self/limits") + " " + File.ReadAllText("/proc/self/status"));
        }

        Thread.Sleep(Timeout.Infinite);
        return Say("never");
    }

    private static void Talk()
    {
        using Stream errors = Console.OpenStandardError();
        byte[] words = new byte[1 << 20];
        while (true)
            errors.Write(words);
    }

    private static unsafe void Grow()
    {
        const int piece = 8 << 20;
        while (true)
            new Span<byte>(NativeMemory.Alloc(piece), piece).Fill(1);
    }

    [LibraryImport("libc", EntryPoint = "abort")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void Abort();

    /// <summary>Native code that reads where nothing is.</summary>
    [LibraryImport("libc", EntryPoint = "strlen")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint LengthOf(nint text);

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Signal(int process, int signal);
}
