using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using CsCheck;
using Microsoft.Extensions.Logging;

namespace MedRedact.Testing.Tests;

// The console is one for the whole process: these tests run one after another.
[Collection("console")]
public sealed class CanaryWatchTests : IDisposable
{
    private const string Canary = "Quixovandel";

    private static readonly CanaryWatchOptions s_quiet = new() { TemporaryFiles = false, FirstChanceExceptions = false, Console = false };

    private readonly string _folder = Directory.CreateTempSubdirectory("canary-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Silence_is_clean()
    {
        await using var watch = new CanaryWatch([Canary], s_quiet with { Folders = [_folder] });
        await File.WriteAllTextAsync(Path.Combine(_folder, "a.txt"), "nothing to see", TestContext.Current.CancellationToken);
        watch.AssertClean();
    }

    [Fact]
    public async Task A_log_message_leaks_through_text_state_scope_exception_and_logger_name()
    {
        await using var watch = new CanaryWatch([Canary], s_quiet);
        using ILoggerFactory factory = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(watch.Loggers));
        ILogger logger = factory.CreateLogger("room");
        logger.LogTrace("read {Name}", Canary);
        Assert.Contains(watch.FindLeaks(), leak => leak is { Channel: LeakChannel.Log, Place: "room" });

        await using var scopes = new CanaryWatch([Canary], s_quiet);
        using ILoggerFactory scoped = LoggerFactory.Create(logging => logging.AddProvider(scopes.Loggers));
        using (scoped.CreateLogger("room").BeginScope(new Dictionary<string, object> { ["patient"] = Canary }))
            Assert.NotEmpty(scopes.FindLeaks());

        await using var faults = new CanaryWatch([Canary], s_quiet);
        using ILoggerFactory faulty = LoggerFactory.Create(logging => logging.AddProvider(faults.Loggers));
        faulty.CreateLogger("room").LogError(new InvalidOperationException("could not parse " + Canary), "failed");
        Assert.NotEmpty(faults.FindLeaks());

        await using var names = new CanaryWatch([Canary], s_quiet);
        using ILoggerFactory named = LoggerFactory.Create(logging => logging.AddProvider(names.Loggers));
        named.CreateLogger("charts/" + Canary);
        Assert.NotEmpty(names.FindLeaks());
    }

    [Fact]
    public async Task An_activity_leaks_through_tags_and_events()
    {
        await using var watch = new CanaryWatch([Canary], s_quiet);
        using var source = new ActivitySource("canary-tests");
        using (Activity? activity = source.StartActivity("page"))
            activity!.AddEvent(new ActivityEvent("read", tags: new ActivityTagsCollection { ["word"] = Canary }));
        Assert.Contains(watch.FindLeaks(), leak => leak is { Channel: LeakChannel.Trace, Place: "canary-tests" });
    }

    [Fact]
    public async Task A_metric_leaks_through_its_tags_whether_counted_or_observed()
    {
        await using var watch = new CanaryWatch([Canary, "Observandil"], s_quiet);
        using var meter = new Meter("canary-tests");
        meter.CreateCounter<long>("pages").Add(1, new KeyValuePair<string, object?>("file", Canary + ".png"));
        meter.CreateObservableGauge("queue", () => new Measurement<double>(2, new KeyValuePair<string, object?>("doctor", "Observandil")));
        Assert.Equal([0, 1], watch.FindLeaks().Where(leak => leak.Channel is LeakChannel.Metric).Select(leak => leak.Canary).Distinct().Order());
    }

    [Fact]
    public async Task An_exception_leaks_even_when_it_is_caught()
    {
        await using var watch = new CanaryWatch([Canary], s_quiet with { FirstChanceExceptions = true });
        try
        {
            throw new FormatException($"'{Canary}' is not a date");
        }
        catch (FormatException)
        {
        }

        Assert.Contains(watch.FindLeaks(), leak => leak is { Channel: LeakChannel.Exception, Place: nameof(FormatException) });
    }

    [Fact]
    public async Task The_console_leaks_and_still_prints()
    {
        TextWriter before = Console.Out;
        var printed = new StringWriter();
        Console.SetOut(printed);
        try
        {
            await using var watch = new CanaryWatch([Canary], s_quiet with { Console = true });
            await Console.Out.WriteLineAsync("page of " + Canary);
            Assert.Contains(watch.FindLeaks(), leak => leak.Channel is LeakChannel.Console);
        }
        finally
        {
            Console.SetOut(before);
        }

        Assert.Contains(Canary, printed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_leak_by_name_and_by_content_on_the_seam_of_two_pieces_too()
    {
        await using var watch = new CanaryWatch([Canary], s_quiet with { Folders = [_folder] });
        await File.WriteAllTextAsync(Path.Combine(_folder, $"{Canary.ToLowerInvariant()}.txt"), "x", TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(_folder, "page.bin"), [.. new byte[(4 << 20) - 4], .. Encoding.UTF8.GetBytes(Canary), .. new byte[500]], TestContext.Current.CancellationToken);
        IReadOnlyList<CanaryLeak> leaks = watch.FindLeaks();
        Assert.Contains(leaks, leak => leak.Channel is LeakChannel.FileName);
        Assert.Contains(leaks, leak => leak is { Channel: LeakChannel.File, Place: "*.bin" });
        Assert.DoesNotContain(leaks, leak => leak.Place.Contains(Canary, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task New_files_of_the_temporary_folder_are_looked_at_and_excepted_ones_are_not()
    {
        string canary = "Vexobanilu" + Environment.ProcessId;
        await using var watch = new CanaryWatch([canary], s_quiet with { TemporaryFiles = true });
        await using var blind = new CanaryWatch([canary], s_quiet with { TemporaryFiles = true, Except = [_folder] });
        await File.WriteAllTextAsync(Path.Combine(_folder, "left.tmp"), canary, TestContext.Current.CancellationToken);
        Assert.Contains(watch.FindLeaks(), leak => leak is { Channel: LeakChannel.File, Place: "*.tmp" });
        blind.AssertClean();
    }

    [Fact]
    public async Task Disposal_asserts_when_nobody_has_asked()
    {
        var watch = new CanaryWatch([Canary], s_quiet);
        watch.Inspect("response body", "hello " + Canary);
        CanaryLeakException leaked = await Assert.ThrowsAsync<CanaryLeakException>(async () => await watch.DisposeAsync());
        Assert.DoesNotContain(Canary, leaked.Message, StringComparison.OrdinalIgnoreCase);
        await watch.DisposeAsync();
    }

    [Fact]
    public void Every_disguise_is_recognized_wherever_it_stands()
    {
        Gen.Select(Gen.Byte.Array[0, 40], Gen.Byte.Array[0, 40], Gen.Int[0, CanaryFormsProbe.Disguises.Count - 1]).Sample(
            (before, after, disguise) => CanaryFormsProbe.Finds([.. before, .. CanaryFormsProbe.Disguises[disguise](Canary), .. after]),
            iter: 400, seed: "0000KLr13Hy4");
        Gen.Select(Gen.Byte.Array[0, 9], Gen.Byte.Array[0, 9]).Sample(
            (before, after) => CanaryFormsProbe.Finds(Encoding.ASCII.GetBytes(Convert.ToBase64String([.. before, .. Encoding.UTF8.GetBytes(Canary), .. after]))),
            iter: 200, seed: "0000KLr13Hy4");
    }

    [Fact]
    public void Noise_is_not_mistaken_for_a_canary()
    {
        Gen.Byte.Array[0, 4000].Sample(noise => !CanaryFormsProbe.Finds(noise) && !CanaryFormsProbe.Finds(Encoding.ASCII.GetBytes(Convert.ToBase64String(noise))), iter: 100, seed: "0000KLr13Hy4");
    }

    private static class CanaryFormsProbe
    {
        public static readonly IReadOnlyList<Func<string, byte[]>> Disguises =
        [
            Encoding.UTF8.GetBytes, text => Encoding.UTF8.GetBytes(text.ToUpperInvariant()), text => Encoding.Unicode.GetBytes(text), text => Encoding.BigEndianUnicode.GetBytes(text.ToLowerInvariant()),
            text => Encoding.UTF8.GetBytes(Convert.ToHexString(Encoding.UTF8.GetBytes(text))), text => Encoding.UTF8.GetBytes(Convert.ToHexStringLower(Encoding.Unicode.GetBytes(text))),
            text => Encoding.UTF8.GetBytes(BitConverter.ToString(Encoding.UTF8.GetBytes(text))), text => Encoding.UTF8.GetBytes(new string([.. text.Reverse()])),
        ];

        public static bool Finds(byte[] content)
        {
            var watch = new CanaryWatch([Canary], s_quiet);
            watch.Inspect("probe", content);
            return watch.FindLeaks().Count > 0;
        }
    }
}
