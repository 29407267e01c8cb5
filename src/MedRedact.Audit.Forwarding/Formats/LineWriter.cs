using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MedRedact.Audit.Forwarding;

/// <summary>Puts lines of text together.</summary>
internal static class LineWriter
{
    // No line break and no indentation, and everything beyond ASCII written as an escape: whatever reads it sees one line.
    private static readonly JsonWriterOptions s_json = new() { Indented = false, Encoder = JavaScriptEncoder.Default };

    public static byte[] Json<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, s_json))
            write(json, state);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Appends a text, a backslash before each of some characters. A line break, which no event holds, becomes the given escape.</summary>
    public static void Escaped(StringBuilder line, string text, string escaped)
    {
        foreach (char c in text)
        {
            switch (c)
            {
                case '\n':
                    line.Append("\\n");
                    break;
                case '\r':
                    line.Append("\\r");
                    break;
                default:
                    if (escaped.Contains(c, StringComparison.Ordinal))
                        line.Append('\\');
                    line.Append(c);
                    break;
            }
        }
    }

    public static byte[] Utf8(StringBuilder line) => Encoding.UTF8.GetBytes(line.ToString());
}
