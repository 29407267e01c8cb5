namespace MedRedact.Documents.Images.Tests;

/// <summary>Whatever is done to a file, the answer is a rejection, a page fault or pixels: nothing else is thrown and the walk ends.</summary>
public sealed class FuzzTests
{
    // A walk over the small samples reads far less; whatever needs more than this goes round in circles.
    private static readonly PipelineLimits Limits = new() { MaxPixelsPerPage = 4_000_000, MaxPages = 20 };

    private static bool IsSoak => Environment.GetEnvironmentVariable("MEDREDACT_SOAK") == "1";

    private static int Rounds => IsSoak ? 20_000 : 120;

    [Fact]
    public async Task Flipped_cut_and_joined_files_have_a_typed_outcome()
    {
        (string Name, byte[] Bytes)[] samples = [.. Pictures.OneOfEach(), .. MoreTiffs()];
        foreach (var (name, sample) in samples)
        {
            for (int seed = 0; seed < Rounds; seed++)
            {
                byte[] mutant = Mutate(sample, samples[seed % samples.Length].Bytes, new Random(seed));
                try
                {
                    await OpenAllAsync(mutant);
                }
                catch (Exception fault) when (fault is not OperationCanceledException)
                {
                    Assert.Fail($"{name}, seed {seed}: {fault.GetType().Name}\n{fault.StackTrace}");
                }
            }
        }
    }

    [Fact]
    public async Task A_changed_byte_anywhere_in_the_structure_has_a_typed_outcome()
    {
        int step = IsSoak ? 5 : 97;
        foreach (var (name, sample) in Pictures.OneOfEach().Concat(MoreTiffs()))
        {
            for (int at = 0; at < sample.Length; at++)
            {
                for (int value = at % step; value < 256; value += step)
                {
                    // The pixel data of the larger samples is what the other test covers.
                    if (at > 200 && at < sample.Length - 250 && !IsSoak)
                        continue;

                    byte[] mutant = [.. sample];
                    mutant[at] = (byte)value;
                    try
                    {
                        await OpenAllAsync(mutant);
                    }
                    catch (Exception fault) when (fault is not OperationCanceledException)
                    {
                        Assert.Fail($"{name}, byte {at} = {value}: {fault.GetType().Name}\n{fault.StackTrace}");
                    }
                }
            }
        }
    }

    private static async Task OpenAllAsync(byte[] file)
    {
        var reader = new ImagePageReader(Microsoft.Extensions.Options.Options.Create(new ImageDocumentOptions()));
        Inspection inspection = await reader.InspectAsync(Reading.Source(file), Limits, TestContext.Current.CancellationToken);
        Assert.Equal(inspection.Rejection is null, inspection.PageCount > 0);
        if (inspection.Rejection is not null)
            return;

        await using IPageSource source = await reader.OpenAsync(Reading.Source(file), inspection, TestContext.Current.CancellationToken);
        for (int page = 1; page <= source.PageCount; page++)
        {
            try
            {
                using PageImage image = await source.OpenAsync(Reading.Id, new PageNumber(page), RasterMemory.Shared, TestContext.Current.CancellationToken);
                Assert.InRange((long)image.OriginalSize.Width * image.OriginalSize.Height, 1, Limits.MaxPixelsPerPage);
            }
            catch (PageFaultException)
            {
                // That page only.
            }
        }
    }

    private static IEnumerable<(string Name, byte[] Bytes)> MoreTiffs()
    {
        byte[] pixels = Pictures.Distinct(40, 30);
        var page = new Tiffs.Page(40, 30, pixels) { RowsPerStrip = 7 };
        yield return ("tiff-big", Tiffs.Write("wl8", page, page with { Compression = BitMiracle.LibTiff.Classic.Compression.PACKBITS }));
        yield return ("tiff-tiled", Tiffs.Write("wb", page with { TileSide = 16, Compression = BitMiracle.LibTiff.Classic.Compression.ADOBE_DEFLATE }));
        yield return ("tiff-g3", Tiffs.Fax(BitMiracle.LibTiff.Classic.Compression.CCITTFAX3, 40, 30));
        yield return ("tiff-g31", Tiffs.Fax(BitMiracle.LibTiff.Classic.Compression.CCITTRLE, 40, 30));
    }

    private static byte[] Mutate(byte[] sample, byte[] other, Random random)
    {
        byte[] mutant = [.. sample];
        for (int changes = random.Next(1, 6); changes > 0 && mutant.Length > 0; changes--)
        {
            int at = random.Next(mutant.Length), length = random.Next(1, 1 + Math.Min(16, mutant.Length - at));
            switch (random.Next(6))
            {
                case 0:
                    mutant[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    random.NextBytes(mutant.AsSpan(at, length));
                    break;
                case 2:
                    mutant.AsSpan(at, length).Fill(random.Next(2) == 0 ? (byte)0 : (byte)0xFF);
                    break;
                case 3:
                    mutant = mutant[..at];
                    break;
                case 4:
                    mutant = [.. mutant[..at], .. mutant[(at + length)..]];
                    break;
                default:
                    mutant = [.. mutant[..at], .. other[random.Next(other.Length)..]];
                    break;
            }
        }

        return mutant;
    }
}
