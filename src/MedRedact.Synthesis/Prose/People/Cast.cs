namespace MedRedact.Synthesis;

/// <summary>Everybody in one text. A role is played by the same person throughout; <c>person</c>, <c>staff</c> and <c>kin</c> are somebody new each time.</summary>
internal sealed class Cast(Composer composer)
{
    private readonly Dictionary<string, Person> _players = [];
    private bool? _announced, _unexplained;

    public static readonly string[] Roles =
    [
        "patient", "person", "p1", "p2", "p3", "p4", "doctor", "doctor2", "doctor3", "nurse", "staff",
        "mother", "father", "spouse", "son", "daughter", "brother", "sister", "kin", "baby",
    ];

    public Person Of(string role)
    {
        if (role is "person" or "staff" or "kin")
            return Invent(role);
        if (!_players.TryGetValue(role, out Person? player))
            _players.Add(role, player = Invent(role));
        return player;
    }

    /// <summary>Writes what the relative is to the patient: of the one just named, or of the one to be named next.</summary>
    public void WriteRelation()
    {
        bool isFemale = _unexplained ?? composer.Random.Chance(0.58);
        (_announced, _unexplained) = (isFemale, null);
        composer.Append(composer.Say($"{(composer.Kind == ProseKind.Spanish ? "e." : "")}relation-{(isFemale ? "f" : "m")}"));
    }

    private Person Kin()
    {
        bool isFemale = _announced ?? composer.Random.Chance(0.58);
        (_announced, _unexplained) = (null, _announced is null ? isFemale : null);
        return Relative(isFemale);
    }

    private Person Invent(string role) => role switch
    {
        "doctor" or "doctor2" or "doctor3" or "staff" => NamePool.Invent(composer, composer.Random.Chance(0.45), FactKind.ClinicianName),
        "nurse" => NamePool.Invent(composer, composer.Random.Chance(0.8), FactKind.ClinicianName),
        "mother" or "daughter" or "sister" => Relative(true),
        "father" or "son" or "brother" => Relative(false),
        "spouse" => Relative(!Of("patient").IsFemale),
        "kin" => Kin(),
        "baby" => Relative(composer.Random.Chance(0.5)),
        _ => NamePool.Invent(composer, composer.Random.Chance(0.52), FactKind.PatientName),
    };

    private Person Relative(bool isFemale) => NamePool.Invent(composer, isFemale, FactKind.RelativeName, Of("patient"));
}
