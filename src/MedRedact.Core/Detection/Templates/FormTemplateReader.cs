using System.Collections.Immutable;
using MedRedact.Wording;

namespace MedRedact.Detection;

/// <summary>Reads a file of form templates, strictly: every key and value is known, or the file is refused at that place.</summary>
internal static class FormTemplateReader
{
    public const int MostTemplates = 128, MostAnchors = 32, MostZones = 256;

    public static readonly string[] FileKeys = ["$schema", "name", "version", "description", "templates"];
    public static readonly string[] TemplateKeys = ["id", "description", "documentTypes", "anchors", "zones"];
    public static readonly string[] AnchorKeys = ["id", "text", "mark", "box"];
    public static readonly string[] ZoneKeys = ["id", "description", "category", "box"];

    public static ImmutableArray<FormTemplate> Read(JsonAt root)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        return [.. root.Object(FileKeys).Required("templates").Items(MostTemplates).Select(template => ReadTemplate(template.Object(TemplateKeys), ids))];
    }

    private static FormTemplate ReadTemplate(JsonAt at, HashSet<string> ids)
    {
        string id = TakeId(at, ids);
        JsonAt anchors = at.Required("anchors");
        var names = new HashSet<string>(StringComparer.Ordinal);
        ImmutableArray<FormAnchor> printed = [.. anchors.Items(MostAnchors).Select(anchor => ReadAnchor(anchor.Object(AnchorKeys), names))];
        if (printed.Length < 2)
            throw anchors.Refused(DetectionFileFaults.Missing);

        ImmutableArray<FormZone> zones = [.. at.Required("zones").Items(MostZones).Select(zone => ReadZone(id, zone.Object(ZoneKeys), names))];
        return new FormTemplate(id, [.. at.Optional("documentTypes")?.Items(64).Select(type => new DocumentType(type.Id(64))) ?? []], printed, zones);
    }

    private static FormAnchor ReadAnchor(JsonAt at, HashSet<string> names)
    {
        var rule = new RuleId("anchor." + TakeId(at, names));
        JsonAt? text = at.Optional("text");
        JsonAt? mark = at.Optional("mark");
        if ((text is null) == (mark is null))
            throw at.Refused(DetectionFileFaults.Missing);
        if (mark is not null && mark.Text() != "solid")
            throw mark.Refused(DetectionFileFaults.Value);
        return new FormAnchor(rule, text is null ? null : Phrase(text), ReadBox(at));
    }

    private static string Phrase(JsonAt at)
    {
        using FoldedWords words = FoldedWords.Of(at.Text());
        return Enumerable.Range(0, words.Count).Any(word => words[word].Length > 0) && words.Count <= 12 ? at.Text() : throw at.Refused(DetectionFileFaults.Phrase);
    }

    private static FormZone ReadZone(string template, JsonAt at, HashSet<string> names) =>
        new(new RuleId($"{template}.{TakeId(at, names)}"), at.Required("category").Category(), ReadBox(at));

    private static FormBox ReadBox(JsonAt at)
    {
        JsonAt box = at.Required("box");
        IReadOnlyList<JsonAt> edges = box.Items(4);
        if (edges.Count != 4)
            throw box.Refused(DetectionFileFaults.Value);
        return new FormBox(edges[0].Number(-100_000, 100_000), edges[1].Number(-100_000, 100_000), edges[2].Number(0.001, 100_000), edges[3].Number(0.001, 100_000));
    }

    private static string TakeId(JsonAt at, HashSet<string> taken)
    {
        JsonAt id = at.Required("id");
        return taken.Add(id.Id(31)) ? id.Text() : throw id.Refused(DetectionFileFaults.Duplicate);
    }
}
