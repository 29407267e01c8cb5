using System.Collections.Immutable;

namespace MedRedact.Synthesis;

/// <summary>How worn pages are, under a name that figures are given by.</summary>
public sealed record ScanGrade
{
    /// <summary>Names a kind of wear.</summary>
    /// <param name="name">1 to 32 of <c>a-z 0-9 -</c>.</param>
    /// <param name="wear">What happens to each page.</param>
    /// <exception cref="ArgumentException">The name breaks the grammar.</exception>
    public ScanGrade(string name, Degradation wear)
    {
        ArgumentNullException.ThrowIfNull(wear);
        if (name is not { Length: > 0 and <= 32 } || !name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            throw new ArgumentException("A grade's name has 1 to 32 of a-z, 0-9 and -.", nameof(name));
        (Name, Wear) = (name, wear);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>What happens to each page.</summary>
    public Degradation Wear { get; }

    /// <summary><c>clean</c>: as drawn.</summary>
    public static ScanGrade Clean { get; } = new("clean", Degradation.None);

    /// <summary>The grades that are known by name, from the best to the worst: <c>clean</c>, <c>scan</c>, <c>fax</c>, <c>bad-fax</c> (a line that turns one pixel in
    /// fifty), <c>photocopy</c>, <c>telephone</c>, <c>telephone-slanted</c> (from aside, on a dark desk).</summary>
    public static ImmutableArray<ScanGrade> Known { get; } =
    [
        Clean,
        new("scan", Degradation.Scan),
        new("fax", Degradation.Fax),
        new("bad-fax", Degradation.Fax with { Speckle = 0.02 }),
        new("photocopy", Degradation.Photocopy),
        new("telephone", Degradation.Phone),
        new("telephone-slanted", Degradation.PhoneAslant),
    ];

    /// <summary>Finds a grade by its name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The grade, or <see langword="null"/> where none is known by it.</returns>
    public static ScanGrade? Named(string name) => Known.FirstOrDefault(grade => grade.Name == name);
}
