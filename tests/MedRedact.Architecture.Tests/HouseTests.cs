using System.Text.RegularExpressions;

namespace MedRedact.Architecture;

/// <summary>Habits that a reader relies on in every room.</summary>
public sealed partial class HouseTests
{
    private const int LongestFile = 350;

    public static TheoryData<string> Rooms => [.. Room.All.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_package_says_what_it_is(string room)
    {
        Assert.InRange(Room.All[room].Description.Length, 40, 400);
        Assert.EndsWith(".", Room.All[room].Description, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_is_named_after_its_folder(string room) => Assert.Equal(room, Path.GetFileName(Room.All[room].Folder));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_package_version_stands_in_one_place(string room) => Assert.DoesNotContain(
        Room.All[room].Project.Descendants("PackageReference"), reference => reference.Attribute("Version") is not null
            || reference.Element("Version") is not null);

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_file_holds_one_idea(string room) => Assert.Empty(
        Room.All[room].Sources.Where(path => File.ReadLines(path).Count() > LongestFile).Select(path => Path.GetFileName(path)));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void No_work_is_left_in_place_of_code(string room) => Assert.Empty(
        Room.All[room].Sources.Where(path => Unfinished().IsMatch(File.ReadAllText(path))).Select(path => Path.GetFileName(path)));

    [GeneratedRegex(@"\bTODO\b|\bFIXME\b|\bHACK\b|NotImplementedException", RegexOptions.NonBacktracking)]
    private static partial Regex Unfinished();
}
