using System.CommandLine;

namespace MedRedact.Cli;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<string> Home() => new("--home")
    {
        Description = "The folder of keys, store, vault and ledger.",
        DefaultValueFactory = _ => Path.Combine(".", ".medredact"),
    };

    public static Option<string> Actor() => new("--actor")
    {
        Description = "Who acts, in the ledger: a staff number or a service, not a person's name.",
        DefaultValueFactory = _ => LocalHost.Actor.Value,
    };

    public static Argument<string> Document() => new("document") { Description = "The document's id, 32 hexadecimal digits." };

    public static Option<string?> Policy(string description) => new("--policy") { Description = description };

    public static Option<string[]> Rules() => new("--rules") { Description = "Files of your own detection rules.", DefaultValueFactory = _ => [] };

    public static Option<string[]> Languages() => new("--lang", "--language")
    {
        Description = "Languages of the records, as Tesseract names them; auto reads in eng, and each page again whose words are spa. Default: eng.",
        DefaultValueFactory = _ => ["eng"],
    };

    public static Option<bool> Json() => new("--json") { Description = "Write one JSON line a document to standard output." };

    public static Option<bool> ShowPaths() => new("--show-paths") { Description = "Show paths; they may name patients." };
}
