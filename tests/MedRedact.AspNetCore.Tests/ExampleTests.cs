using System.Text.RegularExpressions;

namespace MedRedact.AspNetCore.Tests;

public sealed partial class ExampleTests
{
    [Fact]
    public async Task The_example_of_the_page_is_the_code_that_these_tests_run()
    {
        string page = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "access-aspnetcore.md"), TestContext.Current.CancellationToken);
        string code = Flat(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Example.cs"), TestContext.Current.CancellationToken));
        string[] blocks = [.. CSharp().Matches(page).Select(match => Flat(match.Groups[1].Value))];
        Assert.Equal(2, blocks.Length);
        Assert.All(blocks, block => Assert.Contains(block, code, StringComparison.Ordinal));
    }

    private static string Flat(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharp();
}
