using System.Text;
using MedRedact.Durability;
using MedRedact.Durability.Simulation;

namespace MedRedact.Audit.Tests;

/// <summary>An exported range verifies without the ledger, and nothing else passes for one.</summary>
public sealed class ExportTests : IAsyncLifetime
{
    private const int Events = 40;
    private const string Target = "/out/range";

    private static readonly string[] Files = ["README.txt", "events.jsonl", "keys.txt", "range.proof"];

    private readonly Rig _rig = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private VerifierKey[] Keys => [_rig.Verifier];

    public async ValueTask InitializeAsync()
    {
        await _rig.WithEventsAsync(Events);
        DurableDirectory.Create("/out", _rig.Disk);
    }

    [Fact]
    public void Events_and_proof_and_key_are_all_that_it_takes()
    {
        Export(7, 21);

        AuditExportReport report = Verify();

        Assert.True(report.IsVerified, string.Join("; ", report.Findings));
        Assert.Equal((7L, 21L, (long)Events), (report.First, report.Last, report.Checkpoint!.Size));
        Assert.Equal(Files, _rig.Disk.List(Target).Select(entry => entry.Name).Order(StringComparer.Ordinal));
        List<byte[]> leaves = ForeignVerifier.Leaves(_rig.Segments().Select(_rig.Read));
        Assert.Equal(string.Concat(leaves[7..22].Select(leaf => Encoding.ASCII.GetString(leaf) + "\n")), Encoding.ASCII.GetString(_rig.Read(Target + "/events.jsonl")));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, Events - 1)]
    [InlineData(Events - 1, Events - 1)]
    [InlineData(16, 31)]
    public void Any_range_can_be_exported(int first, int last)
    {
        Export(first, last);
        Assert.True(Verify().IsVerified);
    }

    /// <remarks>A hash of the proof that was changed shows as events that do not lead to the root: which of the two lies nobody can tell.</remarks>
    [Fact]
    public void Every_changed_bit_of_any_file_is_named()
    {
        Export(7, 12);
        foreach (string name in Files)
        {
            string file = $"{Target}/{name}";
            byte[] good = _rig.Read(file);
            for (int at = 0; at < good.Length; at++)
            {
                for (int bit = Optional.Soak ? 0 : at % 8; bit < (Optional.Soak ? 8 : (at % 8) + 1); bit++)
                {
                    byte[] bad = [.. good];
                    bad[at] ^= (byte)(1 << bit);
                    _rig.Disk.Plant(file, bad);
                    Assert.Contains(Verify().Findings, finding => finding.File == name || name == AuditExportFiles.Proof);
                }

                if (at % 7 != 0)
                    continue;
                foreach (byte[] bad in new byte[][] { good[..at], [.. good[..at], .. good[(at + 1)..]], [.. good[..at], (byte)'x', .. good[at..]] })
                {
                    _rig.Disk.Plant(file, bad);
                    Assert.Contains(Verify().Findings, finding => finding.File == name || name == AuditExportFiles.Proof);
                }
            }

            _rig.Disk.Remove(file);
            Assert.Contains(Verify().Findings, finding => finding.File == name && finding.Kind == AuditExportFindingKind.Missing);
            _rig.Disk.Plant(file, good);
        }

        Assert.True(Verify().IsVerified);
    }

    [Fact]
    public void Lines_swapped_doubled_left_out_or_of_other_events_are_found()
    {
        Export(7, 12);
        string file = Target + "/events.jsonl";
        string[] lines = Encoding.ASCII.GetString(_rig.Read(file)).TrimEnd('\n').Split('\n');
        for (int i = 0; i + 1 < lines.Length; i++)
        {
            string[] swapped = [.. lines];
            (swapped[i], swapped[i + 1]) = (swapped[i + 1], swapped[i]);
            Refused(swapped, AuditExportFindingKind.EventMalformed, i + 1);
            Refused([.. lines[..(i + 1)], lines[i], .. lines[(i + 1)..]], AuditExportFindingKind.EventMalformed, i + 2);
            Refused([.. lines[..i], .. lines[(i + 1)..]], AuditExportFindingKind.EventMalformed, i + 1);
            string[] forged = [.. lines];
            forged[i] = forged[i].Replace("permitted", "denied", StringComparison.Ordinal);
            Refused(forged, AuditExportFindingKind.NotIncluded, null);
        }

        Refused(lines[..^1], AuditExportFindingKind.NotIncluded, null);
        Refused([], AuditExportFindingKind.NotIncluded, null);

        void Refused(string[] tampered, AuditExportFindingKind kind, long? line)
        {
            _rig.Disk.Plant(file, Encoding.ASCII.GetBytes(string.Concat(tampered.Select(text => text + "\n"))));
            Assert.Equal(new AuditExportFinding(kind, "events.jsonl", line), Assert.Single(Verify().Findings));
        }
    }

    [Fact]
    public void What_no_export_writes_and_who_did_not_sign_are_named()
    {
        Export(7, 12);
        _rig.Disk.Plant(Target + "/more.txt", [1]);
        Assert.Equal([new AuditExportFinding(AuditExportFindingKind.Foreign)], Verify().Findings);
        _rig.Disk.Remove(Target + "/more.txt");

        using var stranger = new TestKeys();
        VerifierKey other = VerifierKey.Create(Rig.Origin, stranger.PublicKey);
        Assert.Contains(AuditExportVerifier.Verify(Target, [other], _rig.Disk, Token).Findings, finding => finding == new AuditExportFinding(AuditExportFindingKind.UnknownSigner, "range.proof"));

        // A key of the writer's own beside events that the ledger's key signed is no reason to trust it.
        _rig.Disk.Plant(Target + "/keys.txt", Encoding.UTF8.GetBytes($"{other}\n"));
        Assert.Equal([new AuditExportFinding(AuditExportFindingKind.UnknownSigner, "keys.txt")], Verify().Findings);
        Assert.Throws<MedRedactException>(() => AuditExportVerifier.Verify("/nowhere", Keys, _rig.Disk, Token));
    }

    [Fact]
    public void What_exists_is_left_as_it_is()
    {
        Export(7, 12);
        byte[] before = _rig.Read(Target + "/range.proof");
        MedRedactException refused = Assert.Throws<MedRedactException>(() => Export(3, 9));
        Assert.Equal(Faults.ExportNotWritten, refused.Code);
        Assert.Equal(before, _rig.Read(Target + "/range.proof"));
    }

    [Theory]
    [ClassData(typeof(EveryDiskFault))]
    public void Whatever_fails_there_is_the_whole_export_or_none(DiskFault fault)
    {
        AuditLedgerSnapshot snapshot = _rig.Snapshot();
        for (int k = 1; ; k++)
        {
            var disk = new SimulatedDisk();
            DurableDirectory.Create("/out", disk);
            disk.FailAt(k, fault);
            bool written = false;
            try
            {
                AuditExport.Write(snapshot, 7, 30, Target, disk, Token);
                written = true;
            }
            catch (Exception known) when (known is MedRedactException or PowerCutException)
            {
                // Reported, or the machine went off.
            }

            bool failed = disk.HasFailed;
            foreach (Survival survival in new[] { Survival.Nothing, Survival.Everything, Survival.Random(k) })
            {
                SimulatedDisk after = disk.AfterPowerCut(survival);
                Assert.True(after.Exists(Target) ? AuditExportVerifier.Verify(Target, Keys, after, Token).IsVerified : !written, $"operation {k}");
            }

            if (!failed)
                break;
        }
    }

    [Fact]
    public async Task A_cancelled_export_leaves_nothing_behind()
    {
        string home = Directory.CreateTempSubdirectory("medredact-").FullName;
        try
        {
            await using (var ledger = new AuditLedger(new() { Folder = home + "/ledger", Origin = Rig.Origin }, _rig.Keys))
            {
                for (int i = 0; i < 9; i++)
                    await ledger.AppendAsync(Sample.Event(i), Token);
            }

            AuditLedgerSnapshot snapshot = await AuditLedgerSnapshot.OpenAsync(home + "/ledger", Keys, Token);
            using var cancelled = new CancellationTokenSource();
            await cancelled.CancelAsync();
            Assert.Throws<OperationCanceledException>(() => AuditExport.Write(snapshot, 0, 8, home + "/range", PhysicalFileOperations.Instance, cancelled.Token));
            Assert.Equal(["ledger"], Directory.GetFileSystemEntries(home).Select(Path.GetFileName));

            await AuditExport.WriteAsync(snapshot, 0, 8, home + "/range", Token);
            Assert.True((await AuditExportVerifier.VerifyAsync(home + "/range", Keys, Token)).IsVerified);
            Assert.Equal(["ledger", "range"], Directory.GetFileSystemEntries(home).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    public ValueTask DisposeAsync()
    {
        _rig.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Export(long first, long last) => AuditExport.Write(_rig.Snapshot(), first, last, Target, _rig.Disk, Token);

    private AuditExportReport Verify() => AuditExportVerifier.Verify(Target, Keys, _rig.Disk, Token);
}
