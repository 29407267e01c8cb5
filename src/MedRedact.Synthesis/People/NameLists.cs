namespace MedRedact.Synthesis;

/// <summary>Short lists of common names from many origins, in Latin-1. Any likeness to a living person is chance.</summary>
internal static class NameLists
{
    public static readonly string[] Women =
    [
        "Maria", "Patricia", "Linda", "Barbara", "Jennifer", "Aisha", "Mei", "Priya", "Guadalupe", "Svetlana", "Fatima", "Keisha", "Yolanda", "Ingrid", "Rosa",
        "Dorothy", "Ruth", "Margaret", "Evelyn", "Hannah", "Nkechi", "Thuy", "Soledad", "Carmen", "Noor", "Leilani", "Ewa", "Siobhan", "Renée", "Beatriz",
        "Tamika", "Esperanza", "Grace", "Faith", "Violet", "June", "April", "Joy", "Hope", "Sunita", "Akiko", "Marisol", "Olga", "Zainab", "Brenda",
    ];

    public static readonly string[] Men =
    [
        "James", "Robert", "Michael", "William", "David", "Ahmed", "Wei", "Arjun", "Jorge", "Dmitri", "Omar", "Darnell", "Luis", "Lars", "Carlos",
        "Walter", "Harold", "Eugene", "Frank", "Samuel", "Chukwuemeka", "Minh", "Rafael", "José", "Yusuf", "Kekoa", "Piotr", "Declan", "André", "Thiago",
        "Terrence", "Miguel", "Grant", "Mark", "Will", "Guy", "Chase", "Dean", "Ray", "Vikram", "Hiroshi", "Emilio", "Boris", "Ibrahim", "Curtis",
    ];

    public static readonly string[] Surnames =
    [
        "Johnson", "Williams", "Alvarez", "Nguyen", "Patel", "Okafor", "Kowalski", "Hernandez", "Washington", "O'Brien", "Chen", "Kim", "Yamamoto", "Haddad",
        "Ivanova", "Schneider", "Rossi", "Fernandes", "Begay", "Kealoha", "Abdullah", "Singh", "Tran", "Martinez", "Jefferson", "Lindqvist", "Van Houten",
        "De la Cruz", "Núñez", "García-López", "Mbeki", "Osei", "Petrov", "Castellanos", "MacLeod", "Ferrara", "Goldberg", "Papadopoulos", "Thibodeaux",
        "Whitehorse", "Delacroix", "Rahman", "Iyer", "Villanueva", "Strong", "Waters", "Young", "Long", "White", "Rose", "Banks", "Field", "Price",
        "Whitaker", "Holloway", "Pemberton", "Castillo", "Dubois", "Eriksen", "Moreau", "Ansah", "Bianchi", "Quispe", "Sandoval", "Tsosie", "Vang", "Zamora",
    ];

    /// <summary>Family names of clinicians; eponyms among them on purpose.</summary>
    public static readonly string[] ClinicianSurnames =
    [
        "Hartwell", "Osgood", "Raghavan", "Feldman", "Lindgren", "Ortega", "Nakamura", "Balogun", "McAllister", "Weinberg", "Sokolov", "Abernathy", "Cho",
        "Vasquez", "Delgado", "Thorne", "Mehta", "Kaplan", "Duvall", "Okonkwo", "Graves", "Murphy", "Addison", "Parkinson", "Bell", "Foley", "Crohn", "Wilson",
    ];
}
