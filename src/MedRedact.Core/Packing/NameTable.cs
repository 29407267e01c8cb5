namespace MedRedact.Packing;

/// <summary>The names of rules, detectors and categories that the findings of one document bear, each held once.</summary>
/// <remarks>Written by one page after the other, and not any more once pages are read from it side by side.</remarks>
internal sealed class NameTable
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    public int Count => _names.Count;

    public string this[int place] => _names[place];

    public int PlaceOf(string name)
    {
        if (!_places.TryGetValue(name, out int place))
        {
            _places[name] = place = _names.Count;
            _names.Add(name);
        }

        return place;
    }
}
