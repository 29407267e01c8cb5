using System.Text.RegularExpressions;

namespace MedRedact.Architecture;

/// <summary>A catalogue that names a test which is gone promises what nobody checks.</summary>
public sealed partial class CatalogueTests
{
    [Fact]
    public void Every_test_that_the_catalogue_of_attacks_names_exists()
    {
        string root = Path.GetFullPath(Path.Combine(Room.All.Values.First().Folder, "..", ".."));
        string[] named = [.. Named().Matches(File.ReadAllText(Path.Combine(root, "docs", "attack-catalogue.md"))).Select(match => match.Groups[1].Value).Distinct()];
        string[] sources =
        [
            .. from folder in (string[])["tests", Path.Combine("src", "MedRedact.ConformanceTests")]
               from path in Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories)
               where !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
               select File.ReadAllText(path),
        ];

        Assert.True(named.Length > 100, "the catalogue names its tests otherwise than this test thinks");
        Assert.DoesNotContain(named, name => !sources.Any(source => source.Contains($" {name}(", StringComparison.Ordinal)));
    }

    [GeneratedRegex("`([A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+)`", RegexOptions.NonBacktracking)]
    private static partial Regex Named();
}
