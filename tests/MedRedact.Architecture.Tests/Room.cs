using System.Reflection;
using System.Xml.Linq;

namespace MedRedact.Architecture;

/// <summary>One folder of <c>src</c>: a package and what it references.</summary>
internal sealed record Room(string Name, string Folder, XDocument Project)
{
    private static readonly string Root = typeof(Room).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == "RepositoryRoot").Value!;

    /// <summary>Every room that exists, by name.</summary>
    public static IReadOnlyDictionary<string, Room> All { get; } = Directory
        .EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
        .Select(path => new Room(Path.GetFileNameWithoutExtension(path), Path.GetDirectoryName(path)!, XDocument.Load(path)))
        .ToDictionary(room => room.Name, StringComparer.Ordinal);

    public IEnumerable<string> References => Project.Descendants("ProjectReference")
        .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

    public IEnumerable<string> Packages => Project.Descendants("PackageReference").Select(reference => reference.Attribute("Include")!.Value);

    public string Description => Project.Descendants("Description").FirstOrDefault()?.Value.Trim() ?? "";

    /// <summary>Our own source files, generated ones left out.</summary>
    public IEnumerable<string> Sources => Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories)
        .Where(path => !Path.GetRelativePath(Folder, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    /// <summary>The assembly beside these tests.</summary>
    public string Assembly => Path.Combine(AppContext.BaseDirectory, (Project.Descendants("AssemblyName").FirstOrDefault()?.Value ?? Name) + ".dll");

    /// <summary>This room and all it reaches by references.</summary>
    public IEnumerable<Room> Closure()
    {
        var seen = new Dictionary<string, Room>(StringComparer.Ordinal);
        var waiting = new Stack<Room>([this]);
        while (waiting.TryPop(out Room? room))
        {
            if (!seen.TryAdd(room.Name, room))
                continue;

            foreach (string reference in room.References)
                waiting.Push(All[reference]);
        }

        return seen.Values;
    }
}
