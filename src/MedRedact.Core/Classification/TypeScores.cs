namespace MedRedact.Classification;

/// <summary>Points for each type: the best title, a few headings, a form number.</summary>
internal sealed class TypeScores
{
    private const double MostForHeadings = 4, ForForm = 8;

    private readonly Dictionary<DocumentType, (double Title, double Headings, double Form)> _points = [];

    public void Title(DocumentType type, double points)
    {
        (double title, double headings, double form) = _points.GetValueOrDefault(type);
        _points[type] = (Math.Max(title, points), headings, form);
    }

    public void Heading(DocumentType type, double points)
    {
        (double title, double headings, double form) = _points.GetValueOrDefault(type);
        _points[type] = (title, Math.Min(MostForHeadings, headings + points), form);
    }

    public void Form(DocumentType type)
    {
        (double title, double headings, _) = _points.GetValueOrDefault(type);
        _points[type] = (title, headings, ForForm);
    }

    /// <summary>The type with most points, if they are enough and well ahead of the next.</summary>
    public DocumentType? Winner(double enough, double ahead)
    {
        (DocumentType Type, double Sum)[] ranked =
            [.. _points.Select(entry => (entry.Key, entry.Value.Title + entry.Value.Headings + entry.Value.Form)).OrderByDescending(entry => entry.Item2)];
        if (ranked.Length == 0 || ranked[0].Sum < enough)
            return null;

        return ranked.Length == 1 || ranked[0].Sum - ranked[1].Sum >= ahead ? ranked[0].Type : null;
    }
}
