using System.Collections.Frozen;
using System.Globalization;

namespace MedRedact.Synthesis;

/// <summary>A town of the United States, real or made up, in a state that may have it.</summary>
internal sealed record UsTown(string Name, string Code)
{
    // Names of the states, and the first three digits of their ZIP codes.
    private const string States =
        """
        AL Alabama 350-369|AK Alaska 995-999|AZ Arizona 850-865|AR Arkansas 716-729|CA California 900-961|CO Colorado 800-816|CT Connecticut 060-069|DE Delaware 197-199|
        DC District of Columbia 200-205|FL Florida 320-349|GA Georgia 300-319|HI Hawaii 967-968|ID Idaho 832-838|IL Illinois 600-629|IN Indiana 460-479|IA Iowa 500-528|
        KS Kansas 660-679|KY Kentucky 400-427|LA Louisiana 700-714|ME Maine 039-049|MD Maryland 206-219|MA Massachusetts 010-027|MI Michigan 480-499|MN Minnesota 550-567|
        MS Mississippi 386-397|MO Missouri 630-658|MT Montana 590-599|NE Nebraska 680-693|NV Nevada 889-898|NH New Hampshire 030-038|NJ New Jersey 070-089|
        NM New Mexico 870-884|NY New York 100-149|NC North Carolina 270-289|ND North Dakota 580-588|OH Ohio 430-459|OK Oklahoma 730-749|OR Oregon 970-979|
        PA Pennsylvania 150-196|RI Rhode Island 028-029|SC South Carolina 290-299|SD South Dakota 570-577|TN Tennessee 370-385|TX Texas 750-799|UT Utah 840-847|
        VT Vermont 050-059|VA Virginia 220-246|WA Washington 980-994|WV West Virginia 247-268|WI Wisconsin 530-549|WY Wyoming 820-831|PR Puerto Rico 006-009
        """;

    private static readonly FrozenDictionary<string, (string Name, int From, int To)> s_states = States.Split('|', StringSplitOptions.TrimEntries).ToFrozenDictionary(
        entry => entry[..2],
        entry => (entry[3..^8], int.Parse(entry.AsSpan(entry.Length - 7, 3), CultureInfo.InvariantCulture), int.Parse(entry.AsSpan(entry.Length - 3), CultureInfo.InvariantCulture)),
        StringComparer.Ordinal);

    public static UsTown Draw(Composer to)
    {
        while (true)
        {
            string[] parts = to.Grammar.List("us-town").Draw(to.Random).Split('|');
            if (s_states.ContainsKey(parts[1]))
                return new UsTown(to.Random.Chance(0.2) ? to.Say("made-town.us") : parts[0], parts[1]);
        }
    }

    /// <summary><c>Ithaca, NY</c></summary>
    public void WriteWithCode(Composer to)
    {
        to.Plant(Name, FactKind.City);
        to.Append(to.Random.Chance(0.92) ? ", " : " ");
        to.Plant(Code, FactKind.State);
    }

    /// <summary><c>Ithaca, New York</c></summary>
    public void WriteWithState(Composer to)
    {
        to.Plant(Name, FactKind.City);
        to.Append(", ");
        to.Plant(s_states[Code].Name, FactKind.State);
    }

    /// <summary><c>Ithaca, NY 14850</c></summary>
    public void WriteWithZip(Composer to)
    {
        if (to.Random.Chance(0.85))
            WriteWithCode(to);
        else
            WriteWithState(to);
        to.Append(to.Random.Between(0, 19) switch { 0 => ", ", 1 => "  ", _ => " " });
        (_, int from, int until) = s_states[Code];
        string zip = $"{to.Random.Between(from, until):000}{to.Random.Between(0, 99):00}";
        to.Plant(to.Random.Chance(0.85) ? zip : $"{zip}-{to.Random.Between(0, 9999):0000}", FactKind.Zip);
    }
}
