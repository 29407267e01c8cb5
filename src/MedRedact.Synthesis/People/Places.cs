namespace MedRedact.Synthesis;

/// <summary>A town.</summary>
/// <param name="City">Town.</param>
/// <param name="State">Two-letter code.</param>
/// <param name="Zip">Five digits.</param>
/// <param name="AreaCode">Telephone area.</param>
internal sealed record Place(string City, string State, string Zip, string AreaCode);

/// <summary>Real towns (so that ZIP rules have something to bite on) with invented streets and hospitals.</summary>
internal static class Places
{
    public static readonly Place[] All =
    [
        new("Prescott", "AZ", "86301", "928"), new("Springfield", "IL", "62704", "217"), new("Eugene", "OR", "97402", "541"), new("Augusta", "ME", "04330", "207"),
        new("Helena", "MT", "59601", "406"), new("Eau Claire", "WI", "54701", "715"), new("Kerrville", "TX", "78028", "830"), new("Greenville", "NC", "27858", "252"),
        new("State College", "PA", "16801", "814"), new("Fresno", "CA", "93706", "559"), new("Santa Fe", "NM", "87505", "505"), new("Columbia", "MO", "65203", "573"),
        new("Grand Rapids", "MI", "49503", "616"), new("Ithaca", "NY", "14850", "607"), new("Bellingham", "WA", "98225", "360"), new("Concord", "NH", "03301", "603"),
        new("Fort Collins", "CO", "80525", "970"), new("Clarksville", "TN", "37042", "931"), new("Kokomo", "IN", "46901", "765"), new("Gainesville", "GA", "30501", "770"),
        new("Norman", "OK", "73069", "405"), new("Rapid City", "SD", "57701", "605"), new("Lake Charles", "LA", "70601", "337"), new("Northampton", "MA", "01060", "413"),
        new("Eureka", "CA", "95501", "707"), new("Fargo", "ND", "58102", "701"), new("Lawrence", "KS", "66044", "785"), new("Lynchburg", "VA", "24501", "434"),
    ];

    public static readonly string[] Streets =
    [
        "Larkspur", "Juniper", "Old Mill", "Quarry", "Meadow", "Birchwood", "Canyon View", "Harbor", "Sycamore", "Prairie", "Fox Hollow", "Magnolia", "Ridgeline",
        "Orchard", "Willow Bend", "Jefferson", "Martin Luther King Jr", "Saint Charles", "Cottonwood", "Dogwood",
    ];

    public static readonly string[] StreetKinds = ["Street", "St.", "Avenue", "Ave", "Road", "Rd", "Lane", "Ln", "Drive", "Dr", "Court", "Blvd", "Way", "Terrace"];

    public static readonly string[] FacilityNames =
        ["Cedar Hollow", "Saint Brendan", "Lakemont", "Three Rivers", "Good Harbor", "Mercy Ridge", "Alder Creek", "Northfork", "Our Lady of Lourdes", "Bright Valley"];

    public static readonly string[] FacilityKinds = ["Regional Medical Center", "Memorial Hospital", "Community Hospital", "Medical Center", "Health System", "General Hospital"];

    public static readonly string[] Employers =
    [
        "Tallgrass Freight Lines", "Bluestem Elementary School", "Harmon & Vail Cannery", "Copperline Mining Co.", "Redwing Ironworks", "Valley Transit Authority",
        "Summit Outfitters", "Marlowe Printing", "Pinecrest Nursing Home", "First Prairie Bank",
    ];

    public static readonly string[] Professions =
        ["school bus driver", "retired electrician", "elementary school teacher", "cannery supervisor", "long-haul truck driver", "bank teller", "welder", "nurse aide", "farmer", "librarian"];

    public static readonly string[] Insurers = ["Prairie Shield Health Plan", "Keystone Mutual PPO", "Blue Mesa HMO", "Harborlight Advantage", "Unity First Choice"];
}
