namespace MedRedact.Audit.Tests;

/// <summary>What became of a document is told link by link, and a link that does not hold is named with its place.</summary>
public sealed class CustodyTests : IAsyncLifetime
{
    private const int Events = 15;

    private readonly Rig _rig = new();

    public async ValueTask InitializeAsync() => await _rig.WithEventsAsync(Events);

    [Fact]
    public void Every_event_of_a_document_hangs_on_the_one_before()
    {
        CustodyReport report = Trace();

        Assert.True(report.IsWhole);
        Assert.Equal([0, 3, 6, 9, 12], report.Links.Select(link => link.Record.Sequence));
        Assert.Equal([CustodyLinkState.First, .. Enumerable.Repeat(CustodyLinkState.Linked, 4)], report.Links.Select(link => link.State));
        Assert.Equal(_rig.Snapshot().Leaves(6).First(), report.Links[2].Leaf.ToArray());
    }

    [Fact]
    public void A_document_that_the_ledger_does_not_know_has_no_links() => Assert.Empty(Trace(99).Links);

    [Fact]
    public void A_changed_event_breaks_the_link_of_the_next()
    {
        Tamper(frames => frames[3] = Frames.Of(Frames.LeafOf(frames[3]).Replace("permitted", "denied", StringComparison.Ordinal)));

        CustodyReport report = Trace();

        Assert.False(report.IsWhole);
        Assert.Equal([(6, CustodyLinkState.Changed)], Broken(report));
        Assert.NotEmpty(report.Findings);
    }

    [Fact]
    public void A_missing_event_is_named_by_the_one_that_follows()
    {
        Tamper(frames => frames.RemoveAt(3));
        Assert.Equal([(6, CustodyLinkState.Missing)], Broken(Trace()));
    }

    [Fact]
    public void A_missing_first_event_is_missed()
    {
        Tamper(frames => frames.RemoveAt(0));
        Assert.Equal([(3, CustodyLinkState.Missing)], Broken(Trace()));
    }

    [Fact]
    public void An_event_that_names_none_before_it_is_named()
    {
        Tamper(frames => frames[3] = Frames.Of(System.Text.RegularExpressions.Regex.Replace(Frames.LeafOf(frames[3]), ",\"previous\":\\{[^}]*\\}", "")));
        Assert.Equal([(3, CustodyLinkState.Unlinked), (6, CustodyLinkState.Changed)], Broken(Trace()));
    }

    [Fact]
    public void A_last_event_that_was_cut_off_is_missed_by_the_ledger()
    {
        string last = _rig.Segments().Last();
        byte[] segment = _rig.Read(last);
        long offset = Frames.Offsets(segment)[^4];
        _rig.Disk.Plant(last, segment[..(int)offset]);

        CustodyReport report = Trace();

        Assert.False(report.IsWhole);
        Assert.Contains(report.Findings, finding => finding.Kind == AuditFindingKind.EventsMissing);
    }

    [Fact]
    public async Task Events_without_a_checkpoint_are_left_out()
    {
        byte[] before = _rig.Read(Rig.Folder + "/checkpoint");
        await _rig.WithEventsAsync(6, from: Events);
        _rig.Disk.Plant(Rig.Folder + "/checkpoint", before);

        CustodyReport report = Trace();

        Assert.True(report.IsWhole);
        Assert.Equal(5, report.Links.Length);
    }

    public ValueTask DisposeAsync()
    {
        _rig.Dispose();
        return ValueTask.CompletedTask;
    }

    private static IEnumerable<(long, CustodyLinkState)> Broken(CustodyReport report) =>
        report.Links.Where(link => !link.Holds).Select(link => (link.Record.Sequence, link.State));

    private CustodyReport Trace(int document = 0) =>
        AuditCustody.Trace(new(Rig.Folder, _rig.Disk), Sample.Document(document), [_rig.Verifier], TestContext.Current.CancellationToken);

    private void Tamper(Action<List<byte[]>> change)
    {
        string segment = _rig.Segments().First();
        byte[] original = _rig.Read(segment);
        List<byte[]> frames = Frames.Split(original);
        change(frames);
        _rig.Disk.Plant(segment, Frames.Join(original, frames));
    }
}
