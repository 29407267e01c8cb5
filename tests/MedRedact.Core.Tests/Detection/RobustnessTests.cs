using System.Collections.Immutable;
using System.Text;
using CsCheck;
using MedRedact.Detection;
using MedRedact.Synthesis;

namespace MedRedact.Core.Tests.Detection;

public sealed class RobustnessTests
{
    /// <summary>A rule that looks back or ahead without a bound would take minutes here.</summary>
    [Theory]
    [InlineData("9")]
    [InlineData("a")]
    [InlineData("@")]
    [InlineData("(")]
    [InlineData("a@")]
    [InlineData("A ")]
    [InlineData("9 ")]
    [InlineData("1/")]
    [InlineData("a.")]
    [InlineData("O'")]
    [InlineData("(01)")]
    [InlineData("Name: ")]
    [InlineData("SIN: 123456789 ")]
    [InlineData("Apt. 4 Suite 5 ")]
    [InlineData("Dr. St. ")]
    [InlineData(" x dot at ")]
    [InlineData("Medical Medical ")]
    [InlineData("\u0301")]
    [InlineData("\u200B")]
    public void Long_runs_of_one_pattern_are_read_through(string pattern)
    {
        var text = new StringBuilder();
        while (text.Length < 200_000)
            text.Append(pattern);
        AssertInside(text.ToString());
    }

    /// <summary>A hundred thousand texts in the long form.</summary>
    private static readonly bool s_isSoak = Environment.GetEnvironmentVariable("MEDREDACT_SOAK") == "1";

    [Fact]
    public void Any_text_gives_findings_inside_it() =>
        Gen.Char.Array[0, 200].Sample(text => AssertInside(new string(text)), iter: s_isSoak ? 50_000 : 2000, seed: "0000000000005");

    [Fact]
    public void A_record_with_lines_lost_doubled_and_cut_gives_findings_inside_it() =>
        Gen.Select(Gen.Int[0, 15], Gen.Int[0, 999], Gen.Int[0, 3].Array[1, 60], Gen.Int[1, 90]).Sample((kind, seed, edits, cut) =>
        {
            string[] lines = SyntheticRecords.Create((DocumentKind)kind, seed).Text.Split('\n');
            var text = new StringBuilder();
            for (int i = 0; i < lines.Length; i++)
            {
                string line = lines[i];
                text.Append(edits[i % edits.Length] switch { 0 => "", 1 => line + "\n" + line, 2 => line[..Math.Min(cut, line.Length)] + "\n" + line[Math.Min(cut, line.Length)..], _ => line.Replace(" ", "   ", StringComparison.Ordinal) });
                text.Append('\n');
            }

            AssertInside(text.ToString());
        }, iter: s_isSoak ? 10_000 : 100, seed: "0000000000007");

    [Fact]
    public void Mutated_clinical_text_gives_findings_inside_it()
    {
        const string note = "Patient: Ann B. Lee, DOB 0l/02/l960, MRN: BH-0048213; seen 3/14/2024 by Dr. O'Neil (212) 555-0188, 12 Elm St., Dayton, OH 45402 a@b.org "
            + "(01)00844588003288(21)A1 última vez el 15 de enero de 2022, SSN ５２６‑01‑8159, age 93.";
        Gen.Select(Gen.Int[0, note.Length - 1], Gen.Int[0, note.Length - 1], Gen.Char).Array[1, 12].Sample(edits =>
        {
            var text = new StringBuilder(note);
            foreach ((int at, int from, char c) in edits)
            {
                int place = Math.Min(at, text.Length - 1);
                if (c % 3 == 0)
                    text[place] = c;
                else if (c % 3 == 1)
                    text.Insert(place, note.AsSpan(from));
                else
                    text.Remove(place, Math.Min(from, text.Length - 1 - place));
            }

            AssertInside(text.ToString());
        }, iter: s_isSoak ? 40_000 : 1000, seed: "0000000000006");
    }

    [Fact]
    public void The_same_text_gives_the_same_findings_on_many_threads()
    {
        const string text = "Mr. Garcia, MRN 4471902, seen on March 3, 2024 at Elm Clinic. Garcia agreed.";
        List<string> expected = Detect.In(text);
        Parallel.For(0, 200, _ => Assert.Equal(expected, Detect.In(text)));
    }

    private static void AssertInside(string text)
    {
        ImmutableArray<Finding> findings = TextDetection.Detect(text);
        int end = 0;
        foreach (Finding finding in findings)
        {
            TextSpan span = ((Location.Text)finding.Location).Span;
            Assert.True(span.Start >= end && span.Length > 0 && span.End <= text.Length);
            end = span.End;
        }
    }
}
