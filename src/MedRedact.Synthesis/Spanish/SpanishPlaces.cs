namespace MedRedact.Synthesis;

/// <summary>Real towns, so that rules for postal codes have something to bite on, with invented hospitals and employers.</summary>
internal static class SpanishPlaces
{
    /// <summary>Town, province, postal code; the area code is one that no exchange has.</summary>
    public static readonly Place[] All =
    [
        new("Alcalá de Henares", "Madrid", "28801", "991"), new("Lugo", "Lugo", "27002", "992"), new("Jerez de la Frontera", "Cádiz", "11402", "996"),
        new("Albacete", "Albacete", "02001", "997"), new("Ponferrada", "León", "24400", "997"), new("Vic", "Barcelona", "08500", "993"), new("Cáceres", "Cáceres", "10001", "997"),
        new("Gandía", "Valencia", "46700", "996"), new("Barakaldo", "Vizcaya", "48901", "994"), new("Teruel", "Teruel", "44001", "998"), new("Úbeda", "Jaén", "23400", "993"),
        new("Avilés", "Asturias", "33401", "995"), new("Lorca", "Murcia", "30800", "998"), new("Aranda de Duero", "Burgos", "09400", "997"), new("Telde", "Las Palmas", "35200", "998"),
    ];

    public static readonly string[] StreetKinds = ["Calle", "C/", "Avda.", "Avenida", "Plaza", "Pza.", "Paseo", "Camino", "Travesía", "Ronda"];

    public static readonly string[] Streets =
    [
        "Mayor", "de la Constitución", "San Francisco", "del Olmo", "Cervantes", "de los Molinos", "Santa Engracia", "de la Libertad", "Ramón y Cajal", "del Castillo",
        "Gran Vía", "de las Flores", "Doctor Fleming", "Nueva", "de la Estación", "Virgen del Pilar", "Miguel Hernández", "del Carmen",
    ];

    public static readonly string[] FacilityKinds = ["Hospital Universitario", "Hospital Comarcal", "Hospital General", "Hospital", "Complejo Hospitalario", "Clínica"];

    public static readonly string[] FacilityNames =
        ["Virgen de las Encinas", "San Telmo", "Valdearenas", "Santa Casilda", "Río Alberche", "Nuestra Señora del Robledo", "Puerta del Mar Alto", "Sierra Clara", "San Froilán", "La Alameda"];

    public static readonly string[] Employers =
        ["Transportes Valdearenas, S.L.", "Conservas La Ribereña", "Talleres Hermanos Soto", "Ayuntamiento de Villanueva", "Panadería El Trigal", "Colegio San Telmo", "Cerámicas del Alberche, S.A."];

    public static readonly string[] Professions =
        ["albañil", "maestra jubilada", "conductor de autobús", "auxiliar de enfermería", "agricultor", "administrativa", "electricista", "cocinera", "camarero", "modista"];

    public static readonly string[] Insurers = ["Mutua Ribereña", "Asistencia Sanitaria del Norte", "Seguros La Encina", "Servicio Público de Salud"];

    public static string Street(SeededRandom random)
    {
        string street = $"{random.Pick(StreetKinds)} {random.Pick(Streets)}";
        string number = random.Between(0, 3) switch { 0 => $", nº {random.Between(1, 180)}", 1 => $" {random.Between(1, 180)}", 2 => ", s/n", _ => $", {random.Between(1, 180)}" };
        string flat = random.Between(0, 3) switch { 0 => $", {random.Between(1, 9)}º {random.Letters(1, "ABCD")}", 1 => $", {random.Between(1, 6)}º izda.", _ => "" };
        return street + number + flat;
    }
}
