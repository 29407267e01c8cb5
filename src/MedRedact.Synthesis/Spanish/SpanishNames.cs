namespace MedRedact.Synthesis;

/// <summary>Common Spanish names. Any likeness to a living person is chance.</summary>
internal static class SpanishNames
{
    public static readonly string[] Women =
    [
        "María del Carmen", "Ana Belén", "Josefa", "Encarnación", "Pilar", "Lucía", "Inés", "Rocío", "Begoña", "Montserrat", "Nuria", "Dolores", "Consuelo",
        "Mercedes", "Amparo", "Teresa", "Soledad", "Verónica", "Sofía", "Concepción", "Remedios", "Ángela", "Raquel", "Paloma", "Esther", "Yolanda",
    ];

    public static readonly string[] Men =
    [
        "José Luis", "Francisco Javier", "Manuel", "Antonio", "Joaquín", "Andrés", "Ramón", "Ignacio", "Jesús", "Ángel", "Tomás", "Rubén", "Emilio", "Gonzalo",
        "Juan Carlos", "Martín", "Sebastián", "Vicente", "Fermín", "Agustín", "Álvaro", "Eusebio", "Pascual", "Isidro", "Rodrigo", "Mariano",
    ];

    public static readonly string[] Surnames =
    [
        "García", "Fernández", "Rodríguez", "Muñoz", "Ibáñez", "Peña", "Núñez", "Gutiérrez", "Ortega", "Castaño", "Vázquez", "Zabala", "Echeverría", "Puig", "Ferrer",
        "Domínguez", "Sáez", "Quintana", "Bermúdez", "Carrasco", "del Río", "de la Fuente", "Campos", "Rey", "Luna", "Prieto", "Cordero", "Santana", "Marín", "Ballesteros",
        "Cabrera", "Pardo", "Salas", "Arroyo", "Montero", "Blanco", "Rubio", "Delgado", "Calvo", "Aguirre", "Lozano", "Vidal", "Pascual", "Soler", "Trujillo",
    ];
}
