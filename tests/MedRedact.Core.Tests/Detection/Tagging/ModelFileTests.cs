using CsCheck;
using MedRedact.Detection;

namespace MedRedact.Core.Tests.Detection.Tagging;

public sealed class ModelFileTests
{
    private static readonly byte[] s_small = Small();

    [Fact]
    public void The_model_that_ships_has_the_documented_head_and_is_no_larger_than_four_megabytes()
    {
        using Stream file = typeof(TextDetection).Assembly.GetManifestResourceStream("MedRedact.Detection.Data.tagger.bin")!;
        var head = new byte[6];
        file.ReadExactly(head);

        Assert.Equal("MRTG\u0001"u8.ToArray(), head[..5]);
        Assert.InRange(head[5], 8, 20);
        Assert.InRange(file.Length, 10_000, 4 << 20);
    }

    [Fact]
    public void What_is_written_is_read_again_to_the_last_weight()
    {
        TaggerModel model = TaggerModelFile.Read(new MemoryStream(s_small));
        using var again = new MemoryStream();
        TaggerModelFile.Write(model, again);

        Assert.Equal(s_small, again.ToArray());
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_noticed() =>
        Gen.Select(Gen.Int[0, s_small.Length - 1], Gen.Int[0, 7]).Sample((at, bit) =>
        {
            byte[] damaged = [.. s_small];
            damaged[at] ^= (byte)(1 << bit);
            AssertRefused(damaged);
        }, iter: 300, seed: "0000000000008");

    [Fact]
    public void A_shortened_or_lengthened_file_is_noticed()
    {
        AssertRefused([]);
        AssertRefused(s_small[..^1]);
        AssertRefused(s_small[..40]);
        AssertRefused([.. s_small, 0]);
    }

    [Fact]
    public void A_model_that_is_not_there_is_a_fault_of_its_own()
    {
        MedRedactException fault = Assert.Throws<MedRedactException>(
            () => new ClinicalTagger(new ClinicalTaggerOptions { ModelPath = Path.Combine(AppContext.BaseDirectory, "no-such-model.bin") }));
        Assert.Equal("MR-DET-002", fault.Code.Value);
    }

    [Fact]
    public void The_version_of_the_tagger_says_which_model_it_has()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllBytes(path, s_small);
        try
        {
            Version own = new ClinicalTagger(new ClinicalTaggerOptions { ModelPath = path }).Info.Version;
            Assert.NotEqual(new ClinicalTagger().Info.Version, own);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void AssertRefused(byte[] file)
    {
        MedRedactException fault = Assert.Throws<MedRedactException>(() => TaggerModelFile.Read(new MemoryStream(file)));
        Assert.Equal("MR-DET-001", fault.Code.Value);
    }

    private static byte[] Small()
    {
        var trainer = new ClinicalTaggerTrainer(size: 8);
        trainer.Learn(new LabelledText("Ann Lee came from Dayton", [new LabelledSpan(0, 7, PhiCategory.PersonName)]));
        using var file = new MemoryStream();
        trainer.Write(file);
        return file.ToArray();
    }
}
