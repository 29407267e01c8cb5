using System.Collections.Immutable;
using CsCheck;
using MedRedact.Barrier;
using MedRedact.Packing;

namespace MedRedact.Core.Tests.Barrier;

public sealed class PackedPageTests
{
    private static readonly DocumentId s_document = new(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));

    // Any UTF-16 unit but those that part words: lone surrogates too, which no text encoding would bring back.
    private static readonly Gen<string> s_word = Gen.Char.Where(unit => unit > ' ').Array[1, 6].Select(units => new string(units));
    private static readonly Gen<Box> s_box = Gen.Select(Gen.Int[-50, 9000], Gen.Int[-50, 9000], Gen.Int[1, 900], Gen.Int[1, 90], (left, top, width, height) => new Box(left, top, width, height));
    private static readonly Gen<Confidence> s_confidence = Gen.OneOf(Gen.Double[0, 1], Gen.Float[0, 1].Select(value => (double)value)).Select(Confidence.Of);

    private static readonly Gen<(int Break, string Word, Box Box, Confidence Confidence)[]> s_layer =
        Gen.Select(Gen.Int[0, 8], s_word, s_box, s_confidence).Array[0, 60];

    private static readonly Gen<Location> s_location = Gen.OneOf<Location>(
        Gen.Select(Gen.Int[0, 500], Gen.Int[0, 40], Gen.Bool, (start, length, native) => (Location)new Location.Text(new TextSpan(start, length), native ? TextLayer.Native : TextLayer.Recognized)),
        s_box.Select(box => (Location)new Location.Area(box)));

    private static readonly Gen<ImmutableArray<Finding>> s_findings =
        from findings in Gen.Select(Among("name", "geo/zip", "unique/form", "own/thing"), s_location, s_confidence, Among("a.rule", "b.rule"),
            Gen.Select(Among("label", "check"), Gen.Int[0, 2], s_location, Gen.Double[-1, 1]).Array[0, 4]).Array[0, 30]
        select findings.Select(item => new Finding(new PhiCategory("safe-harbor", item.Item1), item.Item2, item.Item3, new DetectorId("tests"), new RuleId(item.Item4))
        {
            Evidence = [.. item.Item5.Select(ground => new Evidence(
                new RuleId(ground.Item1), ground.Item2 switch { 0 => null, 1 => item.Item2, _ => ground.Item3 }, ground.Item4))],
        }).ToImmutableArray();

    [Fact]
    public void A_page_comes_out_of_its_packing_as_it_went_in()
    {
        var names = new NameTable();
        var pack = new PackWriter();
        Gen.Select(s_layer, s_layer, Gen.Bool, s_findings, s_findings).Sample((text, native, isBornDigital, first, findings) =>
        {
            using RecognizedPage page = RecognizedPage.Create(s_document, new PageNumber(7), new PageSize(2550, 3300), Text(text), isBornDigital ? Text(native) : null);
            using PackedPage packed = PackedPage.Of(page, first, names, pack);
            packed.Replace(findings, pack);
            (RecognizedPage again, ImmutableArray<Finding> same) = packed.Unpack(new DocumentType("lab-report"));
            using (again)
            {
                Assert.Equal((page.DocumentId, page.Number, page.OriginalSize), (again.DocumentId, again.Number, again.OriginalSize));
                Assert.Equal("lab-report", again.DocumentType?.Value);
                AssertSame(page.Text, again.Text);
                Assert.Equal(page.NativeText is null, again.NativeText is null);
                if (page.NativeText is { } brought)
                    AssertSame(brought, again.NativeText!);
                Assert.Equal(findings.Select(finding => finding with { Evidence = [] }), same.Select(finding => finding with { Evidence = [] }));
                Assert.Equal(findings.SelectMany(finding => finding.Evidence), same.SelectMany(finding => finding.Evidence));
            }
        }, iter: 400, seed: "0000000000022", threads: 1);
    }

    [Fact]
    public void A_page_that_was_let_go_leaves_nothing_of_its_text()
    {
        using RecognizedPage page = RecognizedPage.Create(s_document, new PageNumber(1), new PageSize(100, 100), Text([(1, "Quillfeather", new Box(1, 1, 50, 9), Confidence.Certain)]));
        PackedPage packed = PackedPage.Of(page, [], new NameTable(), new PackWriter());
        Assert.True(packed.Text.ContainsAnyExcept((byte)0));
        packed.Dispose();
        Assert.False(packed.Text.ContainsAnyExcept((byte)0));
        Assert.Throws<ObjectDisposedException>(() => packed.Unpack(type: null));
    }

    private static Gen<string> Among(params string[] names) => Gen.OneOf([.. names.Select(Gen.Const)]);

    private static PageText Text((int Break, string Word, Box Box, Confidence Confidence)[] words)
    {
        var builder = new PageTextBuilder(PageTransform.Identity);
        foreach ((int after, string word, Box box, Confidence confidence) in words)
        {
            builder.AddWord(word, box, confidence);
            if (after == 0)
                builder.BreakBlock();
            else if (after < 3)
                builder.BreakLine();
        }

        return builder.Build();
    }

    private static void AssertSame(PageText one, PageText other)
    {
        Assert.Equal(one.Text.Read(0, static (all, _) => all.ToString()), other.Text.Read(0, static (all, _) => all.ToString()));
        Assert.Equal(one.Layout.Lines.Select(line => (line.Span, line.Box, line.Block)), other.Layout.Lines.Select(line => (line.Span, line.Box, line.Block)));
        Assert.Equal(one.Words, other.Words);
    }
}
