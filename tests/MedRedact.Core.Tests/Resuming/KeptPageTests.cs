using System.Collections.Immutable;
using MedRedact.Barrier;
using MedRedact.Packing;
using MedRedact.Resuming;

namespace MedRedact.Core.Tests.Resuming;

public sealed class KeptPageTests
{
    private static readonly Digest256 s_fingerprint = new(1, 2), s_pixels = new(3, 4);
    private static readonly DocumentId s_next = new(new Guid(9, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));

    [Fact]
    public void A_page_is_read_back_under_the_document_of_the_next_attempt()
    {
        byte[] bytes = Written();

        ReadPage again = KeptPage.Read(bytes, s_next, new PageNumber(12));

        using RecognizedPage page = again.Page;
        Assert.True(KeptPage.Bears(bytes, s_fingerprint));
        Assert.Equal((s_next, 12, new PageSize(2550, 3300)), (page.DocumentId, page.Number.Value, page.OriginalSize));
        Assert.Equal(("lab-report", "lab-report", s_pixels), (again.Type!.Value.Value, page.DocumentType!.Value.Value, again.OriginalPixels));
        Assert.Equal("Patient Quillfeather\nMRN 445", page.Text.Text.Read(0, static (all, _) => all.ToString()));
        Assert.Equal("Native", page.NativeText!.Text.Read(0, static (all, _) => all.ToString()));
        Finding finding = Assert.Single(again.Findings);
        Assert.Equal((PhiCategory.PersonName, "own.rule", 0.7), (finding.Category, finding.RuleId.Value, finding.Confidence.Value));
        Assert.Equal(new Location.Text(new TextSpan(8, 12)), finding.Location);
    }

    [Fact]
    public void A_page_does_not_bear_another_fingerprint_or_pass_for_another_page()
    {
        byte[] bytes = Written();

        Assert.False(KeptPage.Bears(bytes, new Digest256(1, 3)));
        Assert.False(KeptPage.Bears([], s_fingerprint));
        Assert.ThrowsAny<Exception>(() => KeptPage.Read(bytes, s_next, new PageNumber(13)));
    }

    [Fact]
    public void No_part_of_a_page_passes_for_the_whole_nor_does_anything_behind_it()
    {
        byte[] bytes = Written();

        for (int length = 5 + Digest256.Size; length < bytes.Length; length++)
            Assert.ThrowsAny<Exception>(() => KeptPage.Read(bytes.AsSpan(0, length), s_next, new PageNumber(12)));
        Assert.ThrowsAny<Exception>(() => KeptPage.Read([.. bytes, 0], s_next, new PageNumber(12)));
    }

    private static byte[] Written()
    {
        using RecognizedPage page = RecognizedPage.Create(
            new DocumentId(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)), new PageNumber(12), new PageSize(2550, 3300), Text("Patient Quillfeather", "MRN 445"), Text("Native"));
        ImmutableArray<Finding> findings =
        [
            new(PhiCategory.PersonName, new Location.Text(new TextSpan(8, 12)), Confidence.Of(0.7), new DetectorId("tests"), new RuleId("own.rule"))
            {
                Evidence = [new Evidence(new RuleId("label"), null, 0.5)],
            },
        ];
        using var pack = new PackWriter();
        return KeptPage.Write(new ReadPage(page, findings, new DocumentType("lab-report"), s_pixels), s_fingerprint, pack);
    }

    private static PageText Text(params string[] lines)
    {
        var builder = new PageTextBuilder(PageTransform.Identity);
        int top = 10;
        foreach (string line in lines)
        {
            int left = 10;
            foreach (string word in line.Split(' '))
            {
                builder.AddWord(word, new Box(left, top, word.Length * 10, 16), Confidence.Of(0.9));
                left += (word.Length * 10) + 8;
            }

            builder.BreakLine();
            top += 24;
        }

        return builder.Build();
    }
}
