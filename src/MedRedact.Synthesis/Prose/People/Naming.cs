namespace MedRedact.Synthesis;

/// <summary>Writes a person in one of the forms in which texts name people. Titles and credentials are no part of the name.</summary>
internal static class Naming
{
    public static readonly string[] Forms =
    [
        "full", "whole", "plain", "first", "last", "surnames", "rev", "REV", "CAPS", "lastcomma", "init", "inits", "firstinit", "nick", "firstshout", "shoutfirst", "mr", "titled", "dr", "cred", "any",
        "dra", "he", "him", "his", "man", "male", "boy", "M", "el", "o",
    ];

    public static void Write(Composer to, Person person, string form)
    {
        SeededRandom random = to.Random;
        switch (form)
        {
            case "full": Name(random.Chance(0.6) ? person.Full : person.Plain); break;
            case "whole": Name(person.Full); break;
            case "plain": Name(person.Plain); break;
            case "first": Name(person.Given); break;
            case "last": Name(person.SecondFamily is not null && random.Chance(0.5) ? person.Surnames : person.Family); break;
            case "surnames": Name(person.Surnames); break;
            case "rev": Name(person.Reversed); break;
            case "REV": Name((random.Chance(0.5) ? person.Reversed : $"{person.Family}, {person.Given}").ToUpperInvariant()); break;
            case "CAPS": Name((random.Chance(0.5) ? person.Full : person.Plain).ToUpperInvariant()); break;
            case "lastcomma": Name($"{person.Family},{person.Given}"); break;
            case "init": Name(random.Chance(0.8) ? person.Initialed : $"{person.Given[0]} {person.Family}"); break;
            case "inits": Name(person.Initials.ToUpperInvariant()); break;
            case "firstinit": Name($"{person.Given} {person.Family[0]}."); break;
            case "nick": Name(Nicknamed(to, person)); break;
            case "firstshout": Name($"{person.Given} {person.Family.ToUpperInvariant()}"); break;
            case "shoutfirst": Name($"{person.Family.ToUpperInvariant()} {person.Given}"); break;
            case "mr": to.Append(Title(to, person)); break;
            case "titled": Titled(to, person); break;
            case "dr":
                Append(Doctor(to, person));
                Name(random.Chance(0.6) ? person.Family : random.Chance(0.7) ? person.Plain : person.Initialed);
                break;
            case "cred":
                Name(random.Chance(0.7) ? person.Full : random.Chance(0.5) ? person.Plain : person.Initialed);
                Append(", " + to.Say("credential"));
                break;
            case "any": Write(to, person, random.Between(0, 99) switch { < 50 => "full", < 70 => "titled", < 82 => "first", < 90 => "init", _ => "last" }); break;
            case "dra":
                Append(random.Between(0, 9) switch
                {
                    0 => person.IsFemale ? "Dña." : "D.",
                    1 => person.IsFemale ? "Doctora" : "Doctor",
                    _ => person.IsFemale ? "Dra." : "Dr.",
                });
                break;
            case "he": Append(person.IsFemale ? "she" : "he"); break;
            case "him": Append(person.IsFemale ? "her" : "him"); break;
            case "his": Append(person.IsFemale ? "her" : "his"); break;
            case "man": Append(person.IsFemale ? "woman" : "man"); break;
            case "male": Append(person.IsFemale ? "female" : "male"); break;
            case "boy": Append(person.IsFemale ? "girl" : "boy"); break;
            case "M": Append(person.IsFemale ? "F" : "M"); break;
            case "el": Append(person.IsFemale ? "la" : "el"); break;
            case "o": Append(person.IsFemale ? "a" : "o"); break;
            default: throw new System.Diagnostics.UnreachableException();
        }

        void Name(string text) => to.Plant(text, person.Kind);
        void Append(string text) => to.Append(text);
    }

    private static void Titled(Composer to, Person person)
    {
        if (person.Kind == FactKind.ClinicianName)
        {
            Write(to, person, "dr");
            return;
        }

        to.Append(Title(to, person) + " ");
        Write(to, person, to.Random.Chance(0.75) ? "last" : "plain");
    }

    private static string Nicknamed(Composer to, Person person)
    {
        string nick = to.Say("nickname");
        return to.Random.Between(0, 3) switch
        {
            0 => $"{person.Given} “{nick}” {person.Family}",
            1 => $"{person.Given} ({nick}) {person.Family}",
            _ => $"{person.Given} \"{nick}\" {person.Family}",
        };
    }

    private static string Doctor(Composer to, Person person) => to.Kind == ProseKind.Spanish
        ? person.IsFemale ? "Dra. " : "Dr. "
        : to.Random.Chance(0.9) ? "Dr. " : to.Random.Chance(0.5) ? "Dr " : "Doctor ";

    private static string Title(Composer to, Person person) => (to.Kind == ProseKind.Spanish, person.IsFemale) switch
    {
        (true, true) => to.Random.Pick<string>(["Sra.", "Dña.", "Doña", "la Sra.", "Srta."]),
        (true, false) => to.Random.Pick<string>(["Sr.", "D.", "Don", "el Sr."]),
        (_, true) => to.Random.Pick<string>(["Ms.", "Mrs.", "Ms.", "Mrs.", "Miss", "Ms", "Mrs"]),
        _ => to.Random.Pick<string>(["Mr.", "Mr.", "Mr.", "Mr"]),
    };
}
