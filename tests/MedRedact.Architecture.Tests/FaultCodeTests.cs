using System.Text.RegularExpressions;

namespace MedRedact.Architecture;

/// <summary>Codes are for people who look them up: each means one thing, and its documentation says what to do.</summary>
public sealed partial class FaultCodeTests
{
    private static readonly string[] Areas = ["SRC", "OCR", "DET", "POL", "RED", "KEY", "ENV", "STO", "VLT", "AUD", "PIP", "CLI", "EXT",
        "ACC", "ALR", "EGR", "REV", "SYN", "FHR", "EVA", "ISO", "REL", "RET", "WEB", "FWD"];

    private static readonly Declaration[] Declarations =
        [.. Room.All.Values.SelectMany(room => room.Sources).Order(StringComparer.Ordinal).SelectMany(DeclarationsIn)];

    [Fact]
    public void A_code_has_one_constant() => Assert.Empty(
        Declarations.GroupBy(declaration => declaration.Code).Where(same => same.Count() > 1)
            .Select(same => $"{same.Key}: {string.Join(", ", same.Select(declaration => declaration.File))}"));

    [Fact]
    public void A_code_belongs_to_a_known_area() =>
        Assert.Empty(Declarations.Where(declaration => !Areas.Contains(declaration.Code.Split('-')[1])).Select(declaration => declaration.Code));

    [Fact]
    public void Codes_are_declared_in_the_faults_file_of_their_room() => Assert.Empty(
        Declarations.Where(declaration => !declaration.File.EndsWith("Faults.cs", StringComparison.Ordinal))
            .Select(declaration => $"{declaration.Code} in {declaration.File}"));

    [Fact]
    public void A_code_is_documented_and_has_a_remedy() => Assert.Empty(
        Declarations.Where(declaration => !declaration.IsDocumented || !declaration.HasRemedy)
            .Select(declaration => $"{declaration.Code} in {declaration.File}"));

    private static IEnumerable<Declaration> DeclarationsIn(string path)
    {
        string[] lines = File.ReadAllLines(path);
        string[] all = [.. lines.Where(line => !line.TrimStart().StartsWith("///", StringComparison.Ordinal))];
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].EndsWith('(') && i + 1 < lines.Length ? lines[i] + lines[i + 1].Trim() : lines[i];
            if (DeclaringLine().Match(line) is not { Success: true } match)
                continue;

            int first = i;
            while (first > 0 && lines[first - 1].TrimStart().StartsWith("///", StringComparison.Ordinal))
                first--;

            string comment = string.Join(' ', lines[first..i].Select(line => line.Trim().TrimStart('/', ' ')));
            string name = match.Groups["name"].Value;
            string statement = string.Join(' ', lines.Skip(i).TakeWhile((_, at) => at == 0 || !lines[i + at - 1].TrimEnd().EndsWith(';')));
            bool remedyElsewhere = all.Count(line => Regex.IsMatch(line, $@"\b{name}\b", RegexOptions.NonBacktracking)) > 1
                || RemedyBeside().IsMatch(statement);
            yield return new(
                match.Groups["code"].Value,
                Path.GetFileName(path),
                IsDocumented: comment.Contains("<summary>", StringComparison.Ordinal),
                HasRemedy: remedyElsewhere || SentenceEnd().Count(comment) >= 2);
        }
    }

    // A member that is made from the code; a code as a switch arm or in a comment is no declaration.
    [GeneratedRegex("""\b(?<name>\w+)(\s*\{\s*get;\s*\})?\s*=>?\s*(new(\s+\w+)?\()?"(?<code>MR-[A-Z]{3}-[0-9]{3})"[);,]""", RegexOptions.NonBacktracking)]
    private static partial Regex DeclaringLine();

    [GeneratedRegex("""
        "MR-[A-Z]{3}-[0-9]{3}",\s*"[^"]{20,}"
        """, RegexOptions.NonBacktracking | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex RemedyBeside();

    [GeneratedRegex(@"\.(\s|<)", RegexOptions.NonBacktracking)]
    private static partial Regex SentenceEnd();

    private sealed record Declaration(string Code, string File, bool IsDocumented, bool HasRemedy);
}
