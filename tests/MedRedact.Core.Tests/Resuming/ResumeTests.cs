using System.Text;
using MedRedact.Synthesis;
using MedRedact.Testing;

namespace MedRedact.Core.Tests.Resuming;

/// <summary>A repeated request goes on where the attempt before died.</summary>
public sealed class ResumeTests
{
    private static int Pages => InterruptedRig.Sheets.Count;

    [Fact]
    public async Task Pages_that_were_read_before_the_host_died_are_not_read_again_and_the_result_is_that_of_an_uninterrupted_run()
    {
        await using var rig = new InterruptedRig();
        await using var undisturbed = new InterruptedRig();
        await rig.DieAtAsync(6);
        int kept = rig.Kept.Count;

        (IngestionReport report, int read) = await rig.IngestAsync();
        (IngestionReport expected, int all) = await undisturbed.IngestAsync();

        Assert.InRange(kept, 4, 5);
        Assert.Equal((Pages - kept, Pages), (read, all));
        Assert.Equal(kept, rig.Progress[^1].PagesResumed);
        Assert.Equal((DocumentVerdict.Released, DocumentVerdict.Released), (expected.Verdict, report.Verdict));
        Assert.Equal(expected.Tally.Counts, report.Tally.Counts);
        CommittedDocument one = rig.Rig.Store.Documents[report.Document], other = undisturbed.Rig.Store.Documents[expected.Document];
        foreach ((CommittedPage resumed, CommittedPage whole) in one.Pages.Zip(other.Pages, (resumed, whole) => (resumed, whole)))
        {
            Assert.Equal((whole.Number, whole.Text, whole.Size), (resumed.Number, resumed.Text, resumed.Size));
            Assert.Equal(whole.Pixels, resumed.Pixels);
            Assert.Equal(whole.Marks.Select(mark => (mark.Category, mark.Rule, mark.Confidence)), resumed.Marks.Select(mark => (mark.Category, mark.Rule, mark.Confidence)));
        }

        Assert.Equal(other.Artifacts.Keys.Order(Comparer), one.Artifacts.Keys.Order(Comparer));
    }

    [Fact]
    public async Task Nothing_kept_remains_once_the_document_is_committed_nor_the_original_of_the_attempt_that_died()
    {
        await using var rig = new InterruptedRig();
        await rig.DieAtAsync(5);
        Assert.NotEmpty(rig.Kept);

        (IngestionReport report, _) = await rig.IngestAsync();

        ZoneObject left = Assert.Single(rig.Quarantine).Key;
        Assert.Equal((report.Document, "original"), (left.Document, left.Name.Value));
    }

    [Fact]
    public async Task An_attempt_that_dies_while_it_resumes_loses_nothing_and_originals_do_not_pile_up()
    {
        await using var rig = new InterruptedRig();
        await rig.DieAtAsync(4);
        int first = rig.Kept.Count;
        await rig.DieAtAsync(7);
        int second = rig.Kept.Count;
        Assert.True(second > first);
        Assert.Single(rig.Quarantine.Keys, item => item.Name.Value == "original");

        (IngestionReport report, int read) = await rig.IngestAsync();

        Assert.Equal((DocumentVerdict.Released, Pages - second), (report.Verdict, read));
        Assert.Single(rig.Quarantine);
    }

    [Fact]
    public async Task A_kept_page_with_a_flipped_bit_is_read_again()
    {
        await using var rig = new InterruptedRig();
        await rig.DieAtAsync(6);
        IReadOnlyList<ZoneObject> kept = rig.Kept;
        rig.Quarantine[kept[1]][^1] ^= 1;

        (IngestionReport report, int read) = await rig.IngestAsync();

        Assert.Equal((DocumentVerdict.Released, Pages - kept.Count + 1), (report.Verdict, read));
    }

    [Fact]
    public async Task A_kept_page_in_the_place_of_another_is_read_again()
    {
        await using var rig = new InterruptedRig();
        await rig.DieAtAsync(6);
        IReadOnlyList<ZoneObject> kept = rig.Kept;
        await rig.Zones.PutAsync(kept[0], new MemoryStream(rig.Quarantine[kept[1]]), TestContext.Current.CancellationToken);

        (IngestionReport report, int read) = await rig.IngestAsync();

        Assert.Equal((DocumentVerdict.Released, Pages - kept.Count + 1), (report.Verdict, read));
    }

    [Fact]
    public async Task Another_version_of_the_engine_reads_all_pages_again()
    {
        await using var rig = new InterruptedRig();
        await rig.DieAtAsync(6);
        rig.Engine.Version = "2";

        (IngestionReport report, int read) = await rig.IngestAsync();

        Assert.Equal((DocumentVerdict.Released, Pages), (report.Verdict, read));
        Assert.Single(rig.Quarantine);
    }

    [Fact]
    public async Task A_cancelled_run_frees_its_key_and_leaves_no_kept_page()
    {
        await using var rig = new InterruptedRig();
        using var cancel = new CancellationTokenSource();
        rig.Rig.Engine.Before = (page, _) =>
        {
            if (page.Value == 5)
                cancel.Cancel();
            return ValueTask.CompletedTask;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rig.Rig.Pipeline.IngestAsync(rig.Request(), cancel.Token));

        Assert.Empty(rig.Kept);
    }

    [Fact]
    public async Task Without_an_idempotency_key_no_page_is_kept()
    {
        await using var rig = new InterruptedRig();
        int kept = 0;
        rig.Rig.Engine.Before = (_, _) =>
        {
            kept += rig.Kept.Count;
            return ValueTask.CompletedTask;
        };

        await rig.Rig.Pipeline.IngestAsync(rig.Request() with { IdempotencyKey = null }, TestContext.Current.CancellationToken);

        Assert.Equal(0, kept);
    }

    [Fact]
    public async Task A_store_that_refuses_kept_pages_does_not_stop_the_run()
    {
        await using var rig = new InterruptedRig();
        rig.Zones.Refuses = target => target.Name.Value.StartsWith("kept-", StringComparison.Ordinal);

        (IngestionReport report, int read) = await rig.IngestAsync();

        Assert.Equal((DocumentVerdict.Released, Pages), (report.Verdict, read));
    }

    [Fact]
    public async Task Kept_pages_hold_nothing_in_clear()
    {
        await using var rig = new InterruptedRig();
        await rig.DieAtAsync(6);
        string[] values = [.. InterruptedRig.Record.Spans.Where(span => span.IsPhi && span.Value.Length >= 6).Select(span => span.Value.Split(' ')[0]).Where(value => value.Length >= 5)];

        Assert.NotEmpty(values);
        foreach (byte[] envelope in rig.Quarantine.Values)
            Assert.All(values, value => Assert.Equal(-1, envelope.AsSpan().IndexOf(Encoding.ASCII.GetBytes(value))));
    }

    private static Comparer<(StorageZone Zone, ObjectName Name)> Comparer { get; } =
        Comparer<(StorageZone Zone, ObjectName Name)>.Create((one, other) => string.CompareOrdinal($"{one.Zone}{one.Name}", $"{other.Zone}{other.Name}"));
}
