using CsCheck;
using MedRedact.Detection;

namespace MedRedact.Core.Tests.Detection.Tagging;

public sealed class TrainerTests
{
    private static readonly string[] s_people = ["Quelma", "Drovan", "Istrel", "Pemorin", "Vashuki", "Tolbert", "Marenka", "Oskvel"];
    private static readonly string[] s_things = ["Brakol", "Sintrum", "Velpax", "Dornix", "Harvox", "Plenium", "Cortexin", "Mulvane"];

    [Fact]
    public void A_small_model_learns_that_who_is_greeted_is_a_person_and_what_is_taken_is_none()
    {
        string model = Train(seed: 5, rounds: 12);
        try
        {
            var tagger = new ClinicalTagger(new ClinicalTaggerOptions { ModelPath = model });

            Assert.Equal(["Zavrilo"], Names("Today the clerk greets Zavrilo at the door", tagger));
            Assert.Empty(Names("Today the clerk takes Zavrilo at the door", tagger));
        }
        finally
        {
            File.Delete(model);
        }
    }

    [Fact]
    public void The_same_texts_and_seed_give_the_same_bytes()
    {
        string[] models = [Train(seed: 3, rounds: 2), Train(seed: 3, rounds: 2), Train(seed: 4, rounds: 2)];
        byte[][] bytes = [.. models.Select(File.ReadAllBytes)];
        foreach (string model in models)
            File.Delete(model);

        Assert.Equal(bytes[0], bytes[1]);
        Assert.NotEqual(bytes[0], bytes[2]);
    }

    [Fact]
    public void Labels_that_overlap_or_lie_outside_are_refused()
    {
        LabelledSpan first = new(0, 4, PhiCategory.PersonName);
        foreach (LabelledSpan second in new LabelledSpan[] { new(3, 6, null), new(4, 4, null), new(6, 9, null) })
        {
            MedRedactException fault = Assert.Throws<MedRedactException>(() => new LabelledText("Ann came", [first, second]));
            Assert.Equal("MR-DET-003", fault.Code.Value);
        }
    }

    [Fact]
    public void Any_text_with_any_labels_can_be_learnt_from()
    {
        var trainer = new ClinicalTaggerTrainer(size: 10);
        Gen.Select(Gen.Char.Array[0, 120], Gen.Int[0, 60], Gen.Int[1, 60]).Sample(
            (text, start, length) =>
            {
                LabelledSpan[] labels = start + length <= text.Length ? [new(start, start + length, PhiCategory.PersonName)] : [];
                double wrong = trainer.Learn(new LabelledText(new string(text), labels));
                Assert.InRange(wrong, 0, 1);
            }, iter: 500, seed: "0000000000007", threads: 1);
    }

    private static string Train(int seed, int rounds)
    {
        var trainer = new ClinicalTaggerTrainer(seed, size: 12);
        for (int round = 0; round < rounds; round++)
        {
            foreach (string person in s_people)
                trainer.Learn(Labelled($"Today the clerk greets {person} at the door", person));
            foreach (string thing in s_things)
                trainer.Learn(Labelled($"Today the clerk takes {thing} at the door", ""));
        }

        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using FileStream file = File.Create(path);
        trainer.Write(file);
        return path;
    }

    private static LabelledText Labelled(string text, string name)
    {
        int at = text.IndexOf(name, StringComparison.Ordinal);
        return new LabelledText(text, name.Length == 0 ? [] : [new LabelledSpan(at, at + name.Length, PhiCategory.PersonName)]);
    }

    private static string[] Names(string text, ClinicalTagger tagger) =>
        [.. TextDetection.Detect(text, tagger: tagger).Where(finding => finding.RuleId.Value == "tagger-name").Select(finding => Detect.Covered(text, finding))];
}
