using CsCheck;

namespace MedRedact.Isolation.Tests;

/// <summary>What one side writes the other reads, and of anything else it takes nothing.</summary>
public sealed class ProtocolTests
{
    private static readonly Gen<Placed> PlacedWord = Gen.Select(
        Gen.Char[' ', '\uFFFF'].Array[1, 12], Gen.Int[-50, 4000], Gen.Int[0, 4000], Gen.Int[1, 300], Gen.Int[1, 80], Gen.Double[0, 1], Gen.Int[0, 2],
        (text, left, top, width, height, confidence, step) => new Placed(text, new Box(left, top, width, height), confidence, step));

    private static readonly Gen<PageTransform> Transform = Gen.Select(Gen.Double[0.3, 3], Gen.Double[-0.2, 0.2], Gen.Double[-500, 500], Gen.Double[-500, 500], Gen.Double[-1e-4, 1e-4])
        .Select((scale, slant, x, y, keystone) => PageTransform.FromMatrix(scale, slant, -slant, scale, x, y, keystone, -keystone / 2));

    [Fact]
    public void A_text_is_the_same_behind_the_pipe() => Gen.Select(PlacedWord.Array[0, 40], Transform).Sample((words, toOriginal) =>
    {
        using PageText read = Build(words, PageTransform.Identity), expected = Build(words, toOriginal);
        var done = new PageDone(null, toOriginal, new PageSize(10, 20), default, read, null);
        using PayloadWriter writer = done.Write();
        using Frame frame = Reread(writer);
        using var got = PageDone.Read(frame, 0, PageTransform.Identity);

        Assert.Equal(expected.Text.Extract(new TextSpan(0, expected.Text.Length)), got.Text!.Text.Extract(new TextSpan(0, got.Text.Text.Length)));
        Assert.Equal(expected.Words.AsEnumerable(), got.Text.Words.AsEnumerable());
        Assert.Equal(expected.Layout.Lines.Select(line => (line.Span, line.Box, line.Block)), got.Text.Layout.Lines.Select(line => (line.Span, line.Box, line.Block)));
        Assert.Equal(toOriginal.Matrix, got.ToOriginal.Matrix);
    }, seed: "0000KOIgBsI4", iter: 300);

    [Fact]
    public void A_job_is_the_same_behind_the_pipe() =>
        Gen.Select(Gen.Int[0, 15], Gen.Int[8, 200], Gen.Enum<OcrLayout>(), Gen.Int[1, 60], Gen.Int[1, 60], Gen.Bool).Sample((steps, height, layout, width, rows, isEncoded) =>
        {
            PreparationPlan plan = PreparationPlan.Of(all => Steps(all, steps, height));
            var shape = new RasterShape(PixelFormat.Gray8, width, rows, new Dpi(300, IsEstimated: true));
            PageInput input = isEncoded ? new PageInput.Encoded(7, "Reader", 1234, "image/png", 9, 42, 3) : new PageInput.Pixels(shape);
            var job = new PageJob(new SharedPixels("/proc/1/fd/3", width * rows, 99), input, plan, "Engine", new OcrRequest { Layout = layout, Languages = ["eng", "spa"], AlternativeLanguages = ["deu"] });
            using PayloadWriter writer = job.Write();
            using Frame frame = Reread(writer);
            var got = PageJob.Read(frame);

            Assert.Equal((job.Memory, job.Input, job.Plan, job.Engine, job.Request.Layout), (got.Memory, got.Input, got.Plan, got.Engine, got.Request.Layout));
            Assert.Equal(job.Request.Languages.AsEnumerable(), got.Request.Languages.AsEnumerable());
            Assert.Equal(job.Request.AlternativeLanguages.AsEnumerable(), got.Request.AlternativeLanguages.AsEnumerable());
        }, seed: "0000KOIgBsI4", iter: 300);

    [Fact]
    public void Bytes_that_are_no_message_break_the_protocol_and_nothing_else() => Gen.Select(Gen.Byte.Array[0, 200], Gen.Int[0, 5]).Sample((bytes, which) =>
    {
        using Frame frame = FrameOf(bytes);
        try
        {
            _ = which switch
            {
                0 => PageDone.Read(frame, 1000, PageTransform.Identity).ToString(),
                1 => PageJob.Read(frame).ToString(),
                2 => Hello.Read(frame).ToString(),
                3 => Ready.Read(frame).ToString(),
                4 => WorkerFault.Read(frame).ToString(),
                _ => ByteRange.Read(frame).ToString(),
            };
        }
        catch (ProtocolException)
        {
            // As it should be; any other exception fails the test.
        }
    }, seed: "0000KOIgBsI4", iter: 20_000);

    [Fact]
    public void A_message_with_one_byte_changed_or_missing_breaks_the_protocol_or_is_another_message()
    {
        using PageText text = Build([new Placed(['a', 'b'], new Box(1, 2, 3, 4), 0.5, 0), new Placed(['c'], new Box(9, 2, 3, 4), 1, 1)], PageTransform.Identity);
        var shape = new RasterShape(PixelFormat.Gray8, 4, 5, new Dpi(300, IsEstimated: false));
        using PayloadWriter writer = new PageDone(shape, PageTransform.Scale(2), new PageSize(10, 20), default, text, text).Write();
        byte[] whole = writer.Complete()[FrameStream.HeaderBytes..].ToArray();
        for (int at = 0; at < whole.Length; at++)
        {
            foreach (byte[] changed in (byte[][])[[.. whole[..at]], [.. whole[..at], (byte)(whole[at] ^ 0x80), .. whole[(at + 1)..]], [.. whole[..at], (byte)(whole[at] + 1), .. whole[(at + 1)..]]])
            {
                using Frame frame = FrameOf(changed);
                try
                {
                    using var got = PageDone.Read(frame, 20, PageTransform.Identity);
                    Assert.Equal(whole.Length, changed.Length);
                    Assert.All(got.Text!.Words, word => Assert.False(word.Box.IsEmpty));
                }
                catch (ProtocolException)
                {
                    // As it should be.
                }
            }
        }
    }

    [Fact]
    public async Task A_frame_of_another_version_length_or_kind_is_refused_before_anything_is_allocated()
    {
        byte[][] headers = [[(byte)'M', (byte)'R', 1, 1, 0, 0, 0, 0], [(byte)'M', (byte)'R', 2, 0, 0, 0, 0, 0], [(byte)'M', (byte)'R', 2, 9, 0, 0, 0, 0],
            [(byte)'M', (byte)'R', 2, 1, 0xFF, 0xFF, 0xFF, 0x7F], [(byte)'M', (byte)'R', 2, 1, 0xFF, 0xFF, 0xFF, 0xFF], [(byte)'m', (byte)'R', 2, 1, 0, 0, 0, 0]];
        foreach (byte[] header in headers)
        {
            using var pipe = new MemoryStream(header);
            var frames = new FrameStream(pipe, Stream.Null, 1000);
            await Assert.ThrowsAsync<ProtocolException>(() => frames.ReadAsync(TestContext.Current.CancellationToken).AsTask());
        }
    }

    private static PageText Build(IEnumerable<Placed> words, PageTransform toOriginal)
    {
        var builder = new PageTextBuilder(toOriginal);
        foreach (Placed word in words)
        {
            if (word.Step == 1)
                builder.BreakLine();
            else if (word.Step == 2)
                builder.BreakBlock();
            builder.AddWord(word.Text, word.Box, Confidence.Of(word.Confidence));
        }

        return builder.Build();
    }

    private static void Steps(PreparationBuilder plan, int steps, int height)
    {
        _ = (steps & 1) != 0 ? plan.Orient() : plan;
        _ = (steps & 2) != 0 ? plan.Deskew().ScaleToTextHeight(height) : plan;
        _ = (steps & 4) != 0 ? plan.NormalizeContrast() : plan;
        _ = (steps & 8) != 0 ? plan.Denoise() : plan;
    }

    private static Frame FrameOf(byte[] payload)
    {
        using var writer = new PayloadWriter(FrameKind.Done);
        payload.CopyTo(writer.Take(payload.Length));
        return Reread(writer);
    }

    private static Frame Reread(PayloadWriter writer)
    {
        using var pipe = new MemoryStream(writer.Complete().ToArray());
        return new FrameStream(pipe, Stream.Null, FrameStream.MostToHost).Read();
    }

    private sealed record Placed(char[] Text, Box Box, double Confidence, int Step);
}
