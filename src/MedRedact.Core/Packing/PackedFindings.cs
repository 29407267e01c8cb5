using System.Collections.Immutable;

namespace MedRedact.Packing;

/// <summary>Findings closely packed, with their grounds; their names stand in the table of the document.</summary>
internal static class PackedFindings
{
    private const int Nowhere = 0, Same = 1, InText = 2, OnArea = 3;

    public static void Write(PackWriter pack, ImmutableArray<Finding> findings, NameTable names)
    {
        pack.Number(findings.Length);
        foreach (Finding finding in findings)
        {
            pack.Number(names.PlaceOf(finding.Category.Taxonomy));
            pack.Number(names.PlaceOf(finding.Category.Name));
            pack.Number(names.PlaceOf(finding.DetectorId.Value));
            pack.Number(names.PlaceOf(finding.RuleId.Value));
            pack.Real(finding.Confidence.Value);
            Write(pack, finding.Location, than: null);
            pack.Number(finding.Evidence.Length);
            foreach (Evidence ground in finding.Evidence)
            {
                pack.Number(names.PlaceOf(ground.Rule.Value));
                pack.Real(ground.Contribution);
                Write(pack, ground.At, finding.Location);
            }
        }
    }

    public static ImmutableArray<Finding> Read(ref PackReader pack, NameTable names)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>(pack.Count());
        for (int i = findings.Capacity; i > 0; i--)
        {
            var category = new PhiCategory(names[pack.Int()], names[pack.Int()]);
            var detector = new DetectorId(names[pack.Int()]);
            var rule = new RuleId(names[pack.Int()]);
            Confidence confidence = Confidence.Of(pack.Real());
            Location location = ReadLocation(ref pack, than: null)!;
            var grounds = ImmutableArray.CreateBuilder<Evidence>(pack.Count());
            for (int g = grounds.Capacity; g > 0; g--)
            {
                var ground = new RuleId(names[pack.Int()]);
                double contribution = pack.Real();
                grounds.Add(new Evidence(ground, ReadLocation(ref pack, location), contribution));
            }

            findings.Add(new Finding(category, location, confidence, detector, rule) { Evidence = grounds.MoveToImmutable() });
        }

        return findings.MoveToImmutable();
    }

    /// <summary>Most grounds lie where the finding lies.</summary>
    private static void Write(PackWriter pack, Location? location, Location? than)
    {
        switch (location)
        {
            case null:
                pack.Number(Nowhere);
                break;
            case var _ when location == than:
                pack.Number(Same);
                break;
            case Location.Text text:
                pack.Number(InText);
                pack.Number((int)text.Layer);
                pack.Number(text.Span.Start);
                pack.Number(text.Span.Length);
                break;
            case Location.Area area:
                pack.Number(OnArea);
                PackedBox.Write(pack, area.Box, default);
                break;
        }
    }

    private static Location? ReadLocation(ref PackReader pack, Location? than)
    {
        int kind = pack.Int();
        if (kind is Nowhere or Same)
            return kind == Same ? than : null;
        if (kind == OnArea)
            return new Location.Area(PackedBox.Read(ref pack, default));
        var layer = (TextLayer)pack.Int();
        return new Location.Text(new TextSpan(pack.Int(), pack.Int()), layer);
    }
}
