using System.Collections.Immutable;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace MedRedact.Tests;

public sealed class BannedSymbolTests
{
    private const string General = "BannedSymbols.txt";
    private const string PhiDoors = "BannedSymbols.Phi.txt";

    [Theory]
    [InlineData(General)]
    [InlineData(PhiDoors)]
    public void Every_banned_symbol_exists(string list)
    {
        Compilation compilation = Snippet.Compile("");
        string[] ids = Ids(list);
        Assert.NotEmpty(ids);
        Assert.All(ids, id => Assert.NotEmpty(DocumentationCommentId.GetSymbolsForDeclarationId(id, compilation)));
    }

    [Fact]
    public void Every_member_documented_as_a_banned_symbol_is_on_the_list_and_the_other_way_round()
    {
        IEnumerable<string> documented = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "MedRedact.Abstractions.xml"))
            .Descendants("member")
            .Where(member => member.Attribute("name")!.Value.StartsWith("M:", StringComparison.Ordinal)
                && member.Element("summary") is { } summary && summary.Value.Contains("banned symbol", StringComparison.OrdinalIgnoreCase))
            .Select(member => member.Attribute("name")!.Value);

        Assert.Equal(documented.Order(StringComparer.Ordinal), Ids(PhiDoors).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("_ = phi.Reveal();")]
    [InlineData("Func<string> door = phi.Reveal;")]
    [InlineData("_ = pageImage.Reveal();")]
    [InlineData("_ = await source.RevealAsync();")]
    [InlineData("phiText.Read(0, static (text, state) => { });")]
    [InlineData("_ = phiText.Read(0, static (text, state) => text.ToString());")]
    [InlineData("_ = phiText.Extract(new TextSpan(0, 1));")]
    [InlineData("pixels.Read(0, static (bytes, state) => { });")]
    public async Task A_door_is_shut_in_a_project_that_may_not_look_inside(string statement)
    {
        Compilation compilation = Snippet.Compile(statement);
        Assert.Empty(Snippet.Errors(compilation));

        ImmutableArray<Diagnostic> banned = await Snippet.BannedIn(compilation, General, PhiDoors);
        Assert.Equal(["RS0030"], banned.Select(diagnostic => diagnostic.Id));
        Assert.Empty(await Snippet.BannedIn(compilation, General));
    }

    [Theory]
    [InlineData("_ = Task.FromResult(1).Result;")]
    [InlineData("Task.CompletedTask.Wait();")]
    [InlineData("_ = DateTime.Now;")]
    [InlineData("_ = DateTimeOffset.UtcNow;")]
    [InlineData("_ = Guid.NewGuid();")]
    public async Task Blocking_wall_clocks_and_unrepeatable_ids_are_banned_everywhere(string statement) =>
        Assert.Equal(["RS0030"], (await Snippet.BannedIn(Snippet.Compile(statement), General)).Select(diagnostic => diagnostic.Id));

    private static string[] Ids(string list) =>
        [.. File.ReadLines(Snippet.ListPath(list)).Where(line => line.Length > 0 && line[0] != ';').Select(line => line.Split(';')[0])];
}
