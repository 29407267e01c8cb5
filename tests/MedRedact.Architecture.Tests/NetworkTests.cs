using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MedRedact.Architecture;

/// <summary>What a user installs on premises cannot call out: none of our assemblies names a type or a native function that could.</summary>
public sealed class NetworkTests
{
    // System.Net itself also holds harmless types such as IPAddress and WebUtility.
    private static readonly string[] TalkativeNamespaces =
        ["System.Net.Http", "System.Net.Mail", "System.Net.NetworkInformation", "System.Net.Quic", "System.Net.Security", "System.Net.Sockets", "System.Net.WebSockets", "System.Runtime.Remoting"];

    private static readonly string[] TalkativeTypes =
        ["Dns", "WebClient", "WebRequest", "HttpWebRequest", "FtpWebRequest", "HttpListener", "ServicePointManager"];

    private static readonly string[] TalkativeFunctions =
        ["socket", "connect", "bind", "listen", "accept", "send", "sendto", "recv", "recvfrom", "getaddrinfo", "gethostbyname", "WSAStartup"];

    // What stays on one machine: the batteries, and before they exist everything they will be made of.
    private static readonly string[] OnPremises =
    [
        "MedRedact", "MedRedact.Abstractions", "MedRedact.Core", "MedRedact.Durability", "MedRedact.Envelope", "MedRedact.Isolation", "MedRedact.Documents.Images",
        "MedRedact.Ocr.Tesseract", "MedRedact.Storage", "MedRedact.KeyManagement", "MedRedact.Audit", "MedRedact.Alerts", "MedRedact.Worker", "MedRedact.Cli",
    ];

    public static TheoryData<string> Rooms =>
        [.. OnPremises.Where(Room.All.ContainsKey).SelectMany(name => Room.All[name].Closure()).Select(room => room.Name).Distinct().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void No_assembly_of_ours_on_premises_names_a_network_API(string room) => Assert.Empty(NetworkNames(Room.All[room].Assembly));

    [Fact]
    public void The_scan_sees_what_it_looks_for()
    {
        string names = string.Join(' ', NetworkNames(typeof(NetworkTests).Assembly.Location));
        Assert.Contains("System.Net.Http.HttpClient", names, StringComparison.Ordinal);
        Assert.Contains("System.Net.Dns", names, StringComparison.Ordinal);
        Assert.DoesNotContain("IPAddress", names, StringComparison.Ordinal);
    }

    /// <summary>Never called: what the scan must find, and what it must not.</summary>
    internal static object[] Talkative() =>
        [new HttpClient(), (Func<string, System.Net.IPAddress[]>)System.Net.Dns.GetHostAddresses, System.Net.IPAddress.Loopback];

    private static List<string> NetworkNames(string path)
    {
        using var stream = File.OpenRead(path);
        using var image = new PEReader(stream);
        MetadataReader metadata = image.GetMetadataReader();
        var names = new List<string>();

        foreach (TypeReferenceHandle handle in metadata.TypeReferences)
        {
            TypeReference type = metadata.GetTypeReference(handle);
            string space = metadata.GetString(type.Namespace), name = metadata.GetString(type.Name);
            if (TalkativeNamespaces.Contains(space) || (space == "System.Net" && TalkativeTypes.Contains(name)))
                names.Add($"{space}.{name}");
        }

        foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
        {
            MethodImport import = metadata.GetMethodDefinition(handle).GetImport();
            if (!import.Name.IsNil && TalkativeFunctions.Contains(metadata.GetString(import.Name)))
                names.Add(metadata.GetString(import.Name));
        }

        return names;
    }
}
