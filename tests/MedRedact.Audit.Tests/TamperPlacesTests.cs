namespace MedRedact.Audit.Tests;

/// <summary>What is cut off, put in, taken out or moved anywhere in a ledger, byte by byte and segment by segment, is found, and found where it is.</summary>
public sealed class TamperPlacesTests : IAsyncLifetime
{
    private readonly Rig _rig = new();

    public async ValueTask InitializeAsync() => await _rig.WithEventsAsync(20);

    [Fact]
    public void A_byte_put_in_or_taken_out_anywhere_is_found_in_its_segment() => ForEachByte((original, at) =>
    [
        [.. original[..at], .. original[(at + 1)..]],
        [.. original[..at], (byte)(original[at] ^ 0x5A), .. original[at..]],
    ]);

    [Fact]
    public void A_segment_cut_anywhere_is_found_where_it_ends() => ForEachByte((original, at) => [original[..at]]);

    [Fact]
    public void Segments_that_changed_places_are_found()
    {
        string[] segments = [.. _rig.Segments()];
        for (int i = 0; i < segments.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                (byte[] left, byte[] right) = (_rig.Read(segments[i]), _rig.Read(segments[j]));
                _rig.Disk.Plant(segments[i], right);
                _rig.Disk.Plant(segments[j], left);
                foreach (string moved in new[] { segments[i], segments[j] })
                    Assert.Contains(_rig.Verify().Findings, found => found.Kind == AuditFindingKind.SegmentHeaderDamaged && found.Segment == Number(moved));
                _rig.Disk.Plant(segments[i], left);
                _rig.Disk.Plant(segments[j], right);
            }
        }
    }

    [Fact]
    public void Whatever_is_changed_no_proof_and_no_search_comes_of_it()
    {
        foreach (string file in _rig.Files().ToArray())
        {
            byte[] original = _rig.Read(file);
            for (int at = 0; at < original.Length; at += Optional.Soak ? 1 : 13)
            {
                byte[] changed = [.. original];
                changed[at] ^= (byte)(1 << (at % 8));
                _rig.Disk.Plant(file, changed);
                if (Path.GetFileName(file) != "checkpoint" && _rig.Verify().IsIntact)
                    continue;
                Assert.Throws<AuditLedgerException>(_rig.Snapshot);
                Assert.Throws<AuditLedgerException>(() => AuditLedgerIndex.Open(new(Rig.Folder, _rig.Disk), new(null, _rig.Disk), [_rig.Verifier], TestContext.Current.CancellationToken));
            }

            _rig.Disk.Plant(file, original);
        }

        Assert.Equal(20, _rig.Snapshot().Checkpoint.Size);
    }

    public ValueTask DisposeAsync()
    {
        _rig.Dispose();
        return ValueTask.CompletedTask;
    }

    private static long? Number(string segment) => SegmentHeader.SequenceIn(Path.GetFileName(segment));

    private void ForEachByte(Func<byte[], int, byte[][]> tampered)
    {
        string[] segments = [.. _rig.Segments()];
        Assert.True(segments.Length >= 3);
        foreach (string segment in segments)
        {
            byte[] original = _rig.Read(segment);
            List<long> offsets = Frames.Offsets(original);
            for (int at = 0; at < original.Length; at += Optional.Soak ? 1 : 3)
            {
                foreach (byte[] bytes in tampered(original, at))
                {
                    _rig.Disk.Plant(segment, bytes);
                    AuditFinding first = _rig.Verify().Findings.First();

                    // In the header, in the frame that holds the byte, or at the first event that is missed behind a clean cut.
                    long begin = offsets.LastOrDefault(offset => offset <= at);
                    long next = segment == segments[^1] ? 20 : Number(segments[Array.IndexOf(segments, segment) + 1])!.Value;
                    Assert.True(
                        first.Sequence >= Number(segment) && first.Sequence <= next && (first.Segment != Number(segment) || first.Offset == 0 || first.Offset == begin || bytes.Length == begin),
                        $"segment {Number(segment)}, byte {at}: {first}");
                }
            }

            _rig.Disk.Plant(segment, original);
        }
    }
}
