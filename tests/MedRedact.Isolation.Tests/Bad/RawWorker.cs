namespace MedRedact.Isolation.Tests;

/// <summary>A worker that does not keep to the protocol.</summary>
internal static class RawWorker
{
    private static readonly WorkerPart Engine = new(PageWorkerOptions.NameOf(typeof(BadEngine)), "1.2.3");

    public static int Run(string manner)
    {
        using Stream input = Console.OpenStandardInput(), output = Console.OpenStandardOutput();
        var frames = new FrameStream(input, output, FrameStream.MostToWorker);
        using (frames.Read())
        {
            switch (manner)
            {
                case "is silent":
                    Thread.Sleep(Timeout.Infinite);
                    break;
                case "leaves":
                    return 1;
                case "greets with garbage":
                    output.Write("Hello, world, here I am!"u8);
                    Thread.Sleep(Timeout.Infinite);
                    break;
            }
        }

        using (PayloadWriter ready = new Ready(manner == "lacks a part" ? [] : [Engine]).Write())
            frames.Write(ready);
        while (true)
        {
            using Frame job = frames.Read();
            Answer(manner, PageJob.Read(job), frames, output);
        }
    }

    private static void Answer(string manner, PageJob job, FrameStream frames, Stream output)
    {
        switch (manner)
        {
            case "answers garbage":
                output.Write(new byte[64]);
                break;
            case "answers without end":
                byte[] many = new byte[1 << 20];
                while (true)
                    output.Write(many);
            case "claims a huge frame":
                byte[] header = new byte[FrameStream.HeaderBytes];
                FrameStream.WriteHeader(header, FrameKind.Done, int.MaxValue);
                output.Write(header);
                break;
            case "claims pixels beyond the memory":
                Send(new PageDone(new RasterShape(PixelFormat.Gray8, 60_000, 60_000, new Dpi(300, false)), default, new PageSize(1, 1), default, Text(), null).Write());
                break;
            case "adds a byte":
                using (var done = new PageDone(null, default, new PageSize(1, 1), default, Text(), null))
                {
                    PayloadWriter longer = done.Write();
                    longer.Byte(0);
                    Send(longer);
                }

                break;
            case "forgets the text":
                Send(new PageDone(null, default, new PageSize(1, 1), default, null, null).Write());
                break;
            case "asks for a document that is not there":
                Send(new ByteRange(0, 100).Write());
                break;
            case "faults without a code":
                var fault = new PayloadWriter(FrameKind.Fault);
                fault.Text("words of a page");
                fault.Flag(true);
                fault.Text("");
                Send(fault);
                break;
            case "greets again":
                Send(new Ready([Engine]).Write());
                break;
        }

        void Send(PayloadWriter frame)
        {
            using (frame)
                frames.Write(frame);
        }
    }

    private static PageText Text() => new PageTextBuilder(PageTransform.Identity).AddWord("words", new Box(1, 1, 5, 5), Confidence.Certain).Build();
}
