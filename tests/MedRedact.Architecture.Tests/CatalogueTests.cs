using System.Text.RegularExpressions;

namespace MedRedact.Architecture;

/// <summary>A catalogue that names a test which is gone promises what nobody checks.</summary>
public sealed partial class CatalogueTests
{
    private static string Root => Path.GetFullPath(Path.Combine(Room.All.Values.First().Folder, "..", ".."));

    [Theory]
    [InlineData("attack-catalogue.md", 100)]
    [InlineData("hipaa-mapping.md", 25)]
    public void Every_test_that_a_catalogue_names_exists(string page, int atLeast)
    {
        string[] named = [.. Tests().Matches(File.ReadAllText(Path.Combine(Root, "docs", page))).Select(match => match.Groups[1].Value).Distinct()];
        string[] sources = Sources("tests", Path.Combine("src", "MedRedact.ConformanceTests"));
        Assert.True(named.Length >= atLeast, "the catalogue names its tests otherwise than this test thinks");
        Assert.DoesNotContain(named, name => !sources.Any(source => source.Contains($" {name}(", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_type_and_option_that_the_mapping_to_HIPAA_names_exists()
    {
        string[] named = [.. Types().Matches(File.ReadAllText(Path.Combine(Root, "docs", "hipaa-mapping.md"))).Select(match => match.Groups[1].Value).Distinct()];
        string[] sources = Sources("src");
        Assert.True(named.Length > 30, "the mapping names its types otherwise than this test thinks");
        Assert.DoesNotContain(named, name => !sources.Any(source => Regex.IsMatch(source, $@"\b(class|record|struct|interface|enum|TimeSpan|string[?]?|IMedRedactBuilder) {name}\b", RegexOptions.NonBacktracking)));
    }

    private static string[] Sources(params string[] folders) =>
    [
        .. from folder in folders
           from path in Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
           where !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
           select File.ReadAllText(path),
    ];

    [GeneratedRegex("`([A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+)`", RegexOptions.NonBacktracking)]
    private static partial Regex Tests();

    [GeneratedRegex("`([A-Z][A-Za-z0-9]+)`", RegexOptions.NonBacktracking)]
    private static partial Regex Types();
}
