using System.Collections.Immutable;

namespace MedRedact.Packing;

/// <summary>What a manifest tells of a mark.</summary>
internal readonly record struct ManifestMark(
    PhiCategory Category, RuleId Rule, Confidence Confidence, Disposition Disposition, ReplacementKind Replacement, ImmutableArray<Box> Boxes);

/// <summary>The marks of one page as its manifest tells of them, closely packed until the manifest of the document is written.</summary>
internal sealed class PackedMarks
{
    private readonly byte[] _bytes;
    private readonly NameTable _names;

    private PackedMarks(int count, byte[] bytes, NameTable names) => (Count, _bytes, _names) = (count, bytes, names);

    public static PackedMarks None { get; } = new(0, [], new NameTable());

    public int Count { get; }

    public static PackedMarks Of(ImmutableArray<RedactionMark> marks, NameTable names, PackWriter pack)
    {
        foreach (RedactionMark mark in marks)
        {
            pack.Number(names.PlaceOf(mark.Category.Taxonomy));
            pack.Number(names.PlaceOf(mark.Category.Name));
            pack.Number(names.PlaceOf(mark.Rule.Value));
            pack.Real(mark.Confidence.Value);
            pack.Number((int)mark.Disposition);
            pack.Number((int)mark.Replacement.Kind);
            pack.Number(mark.Boxes.Length);
            foreach (Box box in mark.Boxes)
                PackedBox.Write(pack, box, default);
        }

        return new PackedMarks(marks.Length, pack.Take(), names);
    }

    public ImmutableArray<ManifestMark> Unpack()
    {
        var pack = new PackReader(_bytes);
        var marks = ImmutableArray.CreateBuilder<ManifestMark>(Count);
        for (int i = 0; i < Count; i++)
        {
            var category = new PhiCategory(_names[pack.Int()], _names[pack.Int()]);
            var rule = new RuleId(_names[pack.Int()]);
            Confidence confidence = Confidence.Of(pack.Real());
            (var disposition, var kind) = ((Disposition)pack.Int(), (ReplacementKind)pack.Int());
            var boxes = ImmutableArray.CreateBuilder<Box>(pack.Int());
            for (int b = boxes.Capacity; b > 0; b--)
                boxes.Add(PackedBox.Read(ref pack, default));
            marks.Add(new ManifestMark(category, rule, confidence, disposition, kind, boxes.MoveToImmutable()));
        }

        return marks.MoveToImmutable();
    }
}
