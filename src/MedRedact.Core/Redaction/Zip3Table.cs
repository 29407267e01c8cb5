using System.Collections.Frozen;

namespace MedRedact.Redaction;

/// <summary>A versioned allow-list of three-digit ZIP prefixes: those whose area holds more than 20,000 people by the census the table names
/// (45 CFR 164.514(b)(2)(i)(B)). Every other prefix becomes <c>000</c>, also one that no census area has.</summary>
public sealed class Zip3Table
{
    // 2020 census, DHC table P1: prefixes of at most 20,000 people.
    private const string Census2020Small = "036 059 102 202 203 204 205 369 556 692 753 772 821 823 878 879 884 893";

    // 2000 census, as in the guidance of the HHS Office for Civil Rights.
    private const string Hhs2000Small = "036 059 063 102 203 556 692 790 821 823 830 831 878 879 884 890 893";

    // Prefixes without a single ZIP code tabulation area in 2020.
    private const string WithoutArea =
        "000 001 002 003 004 005 008 055 090 091 092 093 094 095 096 097 098 099 192 213 269 311 332 340 343 345 348 353 375 399 419 428 429 " +
        "459 509 517 518 519 529 533 536 552 555 568 569 578 579 589 621 632 642 643 649 659 663 682 694 695 696 697 698 699 702 709 715 732 " +
        "733 742 771 817 818 819 839 842 848 849 854 858 861 862 866 867 868 869 872 876 885 886 887 888 889 892 896 899 901 909 929 938 942 " +
        "962 963 964 965 966 969 987";

    private readonly FrozenSet<string> _allowed;

    private Zip3Table(string name, params string[] small)
    {
        Name = name;
        HashSet<string> refused = [.. small.Append(WithoutArea).SelectMany(list => list.Split(' '))];
        _allowed = Enumerable.Range(0, 1000)
            .Select(prefix => prefix.ToString("000", System.Globalization.CultureInfo.InvariantCulture))
            .Where(prefix => !refused.Contains(prefix))
            .ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary><c>zip3/strict</c>, the default: only prefixes that both censuses allow.</summary>
    public static Zip3Table Strict { get; } = new("zip3/strict", Census2020Small, Hhs2000Small);

    /// <summary><c>zip3/census-2020</c>: by the 2020 census.</summary>
    public static Zip3Table Census2020 { get; } = new("zip3/census-2020", Census2020Small);

    /// <summary><c>zip3/hhs-2000</c>: the list of the HHS guidance, from the 2000 census; for comparison with older releases.</summary>
    public static Zip3Table Hhs2000 { get; } = new("zip3/hhs-2000", Hhs2000Small);

    /// <summary>Name and version of the table, e.g. <c>zip3/strict</c>.</summary>
    public string Name { get; }

    /// <summary>Finds a table.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The table or <see langword="null"/>.</returns>
    public static Zip3Table? Find(string name) => name switch
    {
        "zip3/strict" => Strict,
        "zip3/census-2020" => Census2020,
        "zip3/hhs-2000" => Hhs2000,
        _ => null,
    };

    /// <summary>Generalizes a prefix.</summary>
    /// <param name="prefix">The first three digits of a ZIP code.</param>
    /// <returns>The prefix where its area is large enough, else <c>000</c>.</returns>
    public string Generalize(string prefix) => _allowed.Contains(prefix) ? prefix : "000";
}
