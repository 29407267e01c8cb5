namespace MedRedact.Architecture;

/// <summary>What may reference what. A room that is not named here is a plug-in: it sees the contracts and the low rooms, and no other plug-in.</summary>
public sealed class ArrowTests
{
    private const string Abstractions = "MedRedact.Abstractions", Core = "MedRedact.Core", Batteries = "MedRedact";
    private const string Durability = "MedRedact.Durability", Envelope = "MedRedact.Envelope", Isolation = "MedRedact.Isolation";

    /// <summary>Rooms that are not plug-ins, with all they may reference.</summary>
    private static readonly Dictionary<string, string[]> Named = new()
    {
        [Abstractions] = [],
        [Durability] = [],
        [Envelope] = [Abstractions],
        [Isolation] = [Abstractions],
        [Core] = [Abstractions, Envelope, Durability],
        ["MedRedact.Analyzers"] = [],
        ["MedRedact.Synthesis"] = [Abstractions],
        ["MedRedact.Testing"] = [Abstractions, Core, "MedRedact.Synthesis"],
        ["MedRedact.ConformanceTests"] = [Abstractions, Core, "MedRedact.Synthesis", "MedRedact.Testing"],

        // Another place for tokens; making, reversing and keeping them is Storage's, whatever vault they lie in.
        ["MedRedact.Storage.PostgreSql"] = [Abstractions, "MedRedact.Storage"],
        // How keys are derived, named and kept to their laws is one thing for all providers.
        ["MedRedact.KeyManagement.Pkcs11"] = [Abstractions, Durability, Envelope, "MedRedact.KeyManagement"],
        ["MedRedact.KeyManagement.AwsKms"] = [Abstractions, Envelope, "MedRedact.KeyManagement"],

        // Watches what the ledger holds.
        ["MedRedact.Alerts"] = [Abstractions, Durability, "MedRedact.Audit"],
        // Passes on and archives what the ledger says of itself; the ledger knows of neither.
        ["MedRedact.Audit.Forwarding"] = [Abstractions, Durability, "MedRedact.Audit"],
        // The way to a witness of the ledger; what is asked and judged is the ledger's, which itself opens no connection.
        ["MedRedact.Audit.Witnessing"] = [Abstractions, "MedRedact.Audit"],

        // Builds on the clinical record, which Core assembles.
        ["MedRedact.Fhir"] = [Abstractions, Core],

        // The isolated process holds the reader and the engine, and nothing that could reach a store.
        ["MedRedact.Worker"] = [Abstractions, Isolation, "MedRedact.Documents.Images", "MedRedact.Documents.Pdf", "MedRedact.Ocr.Tesseract"],
    };

    /// <summary>Rooms that compose others: they may reference any room but those of developers.</summary>
    private static readonly string[] Compositions = [Batteries, "MedRedact.Cloud", "MedRedact.AspNetCore", "MedRedact.RabbitMq", "MedRedact.Cli"];

    private static readonly string[] ForDevelopers = ["MedRedact.Synthesis", "MedRedact.Testing", "MedRedact.ConformanceTests",
        "MedRedact.Analyzers"];

    /// <summary>The tool is a leaf: nothing is built on it, so what it brings along reaches no host. It writes made-up records for whoever tries it out.</summary>
    private static readonly (string From, string To) LeafToDevelopers = ("MedRedact.Cli", "MedRedact.Synthesis");

    public static TheoryData<string> Rooms => [.. Room.All.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Arrows_point_left_only(string name)
    {
        string[] references = [.. Room.All[name].References];
        Assert.All(references, reference => Assert.True(Room.All.ContainsKey(reference), $"{name} references {reference}, which is no room."));
        Assert.All(references, reference => Assert.True(MayReference(name, reference), $"{name} must not reference {reference}."));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void No_room_reaches_itself(string name) =>
        Assert.DoesNotContain(Room.All[name].References.SelectMany(reference => Room.All[reference].Closure()), room => room.Name == name);

    [Theory]
    [InlineData("MedRedact.Storage", Core, false)]
    [InlineData("MedRedact.Storage", Envelope, true)]
    [InlineData("MedRedact.Storage", "MedRedact.KeyManagement", false)]
    [InlineData("MedRedact.Storage.PostgreSql", "MedRedact.Storage", true)]
    [InlineData("MedRedact.Storage", "MedRedact.Storage.PostgreSql", false)]
    [InlineData(Batteries, "MedRedact.Storage.PostgreSql", true)]
    [InlineData("MedRedact.KeyManagement", "MedRedact.KeyManagement.Pkcs11", false)]
    [InlineData("MedRedact.KeyManagement.Pkcs11", "MedRedact.KeyManagement", true)]
    [InlineData("MedRedact.KeyManagement.Pkcs11", "MedRedact.Storage", false)]
    [InlineData("MedRedact.KeyManagement", "MedRedact.KeyManagement.AwsKms", false)]
    [InlineData("MedRedact.KeyManagement.AwsKms", "MedRedact.KeyManagement", true)]
    [InlineData("MedRedact.KeyManagement.AwsKms", "MedRedact.KeyManagement.Pkcs11", false)]
    [InlineData("MedRedact.Alerts", "MedRedact.Audit", true)]
    [InlineData("MedRedact.Alerts", Core, false)]
    [InlineData("MedRedact.Audit", "MedRedact.Alerts", false)]
    [InlineData("MedRedact.Audit", Durability, true)]
    [InlineData("MedRedact.Audit.Forwarding", "MedRedact.Audit", true)]
    [InlineData("MedRedact.Audit", "MedRedact.Audit.Forwarding", false)]
    [InlineData("MedRedact.Audit.Forwarding", "MedRedact.Storage.S3", false)]
    [InlineData("MedRedact.Audit.Forwarding", "MedRedact.KeyManagement", false)]
    [InlineData("MedRedact.Audit", "MedRedact.Audit.Witnessing", false)]
    [InlineData("MedRedact.Audit.Witnessing", "MedRedact.Audit", true)]
    [InlineData("MedRedact.Documents.Pdf", Isolation, true)]
    [InlineData("MedRedact.Worker", Core, false)]
    [InlineData("MedRedact.Worker", "MedRedact.KeyManagement", false)]
    [InlineData("MedRedact.Worker", "MedRedact.Storage", false)]
    [InlineData(Core, Isolation, false)]
    [InlineData("MedRedact.Ocr.Tesseract", "MedRedact.Documents.Images", false)]
    [InlineData(Core, Batteries, false)]
    [InlineData(Abstractions, Durability, false)]
    [InlineData("MedRedact.Synthesis", "MedRedact.Testing", false)]
    [InlineData("MedRedact.Testing", "MedRedact.Synthesis", true)]
    [InlineData("MedRedact.Cli", Batteries, true)]
    [InlineData("MedRedact.Cli", "MedRedact.Synthesis", true)]
    [InlineData("MedRedact.Cli", "MedRedact.Testing", false)]
    [InlineData(Batteries, "MedRedact.Synthesis", false)]
    [InlineData("MedRedact.AspNetCore", Abstractions, true)]
    [InlineData(Batteries, "MedRedact.AspNetCore", false)]
    [InlineData("MedRedact.Alerts", "MedRedact.AspNetCore", false)]
    [InlineData("MedRedact.AspNetCore", "MedRedact.Synthesis", false)]
    [InlineData("MedRedact.AspNetCore", "MedRedact.Cli", false)]
    [InlineData(Batteries, "MedRedact.Cli", false)]
    [InlineData(Batteries, "MedRedact.Testing", false)]
    [InlineData(Batteries, "MedRedact.Cloud", false)]
    [InlineData("MedRedact.SomePlugIn", "MedRedact.SomeOther", false)]
    public void The_law_itself_says(string from, string to, bool allowed) => Assert.Equal(allowed, MayReference(from, to));

    private static bool MayReference(string from, string to)
    {
        if (Named.TryGetValue(from, out string[]? allowed))
            return allowed.Contains(to);
        if (Compositions.Contains(from))
            return (from, to) == LeafToDevelopers || (!ForDevelopers.Contains(to) && (!Compositions.Contains(to) || (from != Batteries && to == Batteries)));

        return to is Abstractions or Durability or Envelope or Isolation;
    }
}
