namespace MedRedact.Synthesis;

/// <summary>Everybody in one text. A role is played by the same person throughout; <c>person</c>, <c>staff</c> and <c>kin</c> are somebody new each time.</summary>
internal sealed class Cast(Composer composer)
{
    private readonly Dictionary<string, Person> _players = [];

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

    private Person Invent(string role) => role switch
    {
        "doctor" or "doctor2" or "doctor3" or "staff" => NamePool.Invent(composer, composer.Random.Chance(0.45), FactKind.ClinicianName),
        "nurse" => NamePool.Invent(composer, composer.Random.Chance(0.8), FactKind.ClinicianName),
        "mother" or "daughter" or "sister" => Relative(true),
        "father" or "son" or "brother" => Relative(false),
        "spouse" => Relative(!Of("patient").IsFemale),
        "kin" or "baby" => Relative(composer.Random.Chance(0.5)),
        _ => NamePool.Invent(composer, composer.Random.Chance(0.52), FactKind.PatientName),
    };

    private Person Relative(bool isFemale) => NamePool.Invent(composer, isFemale, FactKind.RelativeName, Of("patient"));
}
