using System.Text;
using MedRedact.Evaluation;

namespace MedRedact.Core.Tests.Evaluation;

public sealed class GoldReaderTests
{
    private const string Secret = "Quillfeather";

    [Fact]
    public async Task Documents_come_in_order_and_other_members_are_passed_over()
    {
        List<GoldDocument> read = await ReadAsync("""
            {"id":"a","text":"\ud83d\ude00 Ann","spans":[{"start":2,"end":5,"type":"NAME","text":"Ann","label":"x"}],"source":1}

            {"id":7,"text":"","spans":[]}
            """);
        Assert.Equal(["a", "7"], read.Select(document => document.Id.Reveal()));
        Assert.Equal(new GoldSpan(2, 5, "NAME"), Assert.Single(read[0].Spans));
    }

    [Theory]
    [InlineData("""{"id":"a","text":"Quillfeather"}""")]
    [InlineData("""{"id":"a","text":"Quillfeather","spans":[{"start":0,"end":13,"type":"NAME"}]}""")]
    [InlineData("""{"id":"a","text":"Quillfeather","spans":[{"start":3,"end":3,"type":"NAME"}]}""")]
    [InlineData("""{"id":"a","text":"Quillfeather","spans":[{"start":-1,"end":3,"type":"NAME"}]}""")]
    [InlineData("""{"id":"a","text":"Quillfeather","spans":[{"start":0.5,"end":3,"type":"NAME"}]}""")]
    [InlineData("""{"id":"a","text":"Quillfeather","spans":[{"start":0,"end":3,"type":"the patient Quillfeather"}]}""")]
    [InlineData("""{"id":"a","text":"Quillfeather","spans":[{"start":0,"end":3,"type":7}]}""")]
    [InlineData("""{"id":"a","text":"\ud800 Quillfeather","spans":[]}""")]
    [InlineData("""{"id":"a","text":null,"spans":[]}""")]
    [InlineData("""["Quillfeather"]""")]
    [InlineData("Quillfeather")]
    public async Task A_line_that_is_not_understood_is_a_fault_that_names_the_line_and_nothing_in_it(string line)
    {
        MedRedactException fault = await Assert.ThrowsAsync<MedRedactException>(() => ReadAsync("{\"id\":\"0\",\"text\":\"\",\"spans\":[]}\n" + line));
        Assert.Equal(EvaluationFaults.GoldLine, fault.Code);
        Assert.Contains("Line 2 ", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_id_twice_is_a_fault()
    {
        MedRedactException fault = await Assert.ThrowsAsync<MedRedactException>(() => ReadAsync("{\"id\":\"0\",\"text\":\"\",\"spans\":[]}\n{\"id\":\"0\",\"text\":\"b\",\"spans\":[]}"));
        Assert.Equal(EvaluationFaults.GoldIdTwice, fault.Code);
    }

    private static async Task<List<GoldDocument>> ReadAsync(string lines)
    {
        var read = new List<GoldDocument>();
        await foreach (GoldDocument document in GoldReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(lines)), TestContext.Current.CancellationToken))
            read.Add(document);
        return read;
    }
}
