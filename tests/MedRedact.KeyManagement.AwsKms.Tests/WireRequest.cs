using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MedRedact.KeyManagement.AwsKms.Tests;

/// <summary>A request of HTTP/1.1 with a body of declared length: as much of the protocol as the service's library speaks to it.</summary>
internal sealed record WireRequest(string Method, Dictionary<string, string> Headers, string Body)
{
    public string? this[string name] => Headers.GetValueOrDefault(name);

    /// <returns>Null where the connection ended.</returns>
    public static async Task<WireRequest?> ReadAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        byte[] one = new byte[1];
        while (!(head.Count >= 4 && head[^4] == '\r' && head[^3] == '\n' && head[^2] == '\r' && head[^1] == '\n'))
        {
            if (await stream.ReadAsync(one) == 0)
                return null;
            head.Add(one[0]);
        }

        string[] lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, string> headers = lines.Skip(1).Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0].Trim(), pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
        if (headers.GetValueOrDefault("Expect") == "100-continue")
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray());

        byte[] body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body);
        return new(lines[0].Split(' ')[0], headers, Encoding.UTF8.GetString(body));
    }
}
