using System.Text;

namespace MedRedact.Audit.Forwarding.Tests;

/// <summary>A syslog message, read by the grammar of RFC 5424 and nothing else.</summary>
internal sealed record SyslogMessage(int Priority, string Timestamp, string Host, string App, string Process, string MessageId, Dictionary<string, Dictionary<string, string>> Data, string Text)
{
    public static SyslogMessage Parse(string line)
    {
        int at = 0;
        Expect(line, ref at, '<');
        int priority = int.Parse(Until(line, ref at, '>'));
        Expect(line, ref at, '1');
        Expect(line, ref at, ' ');
        string[] head = [.. Enumerable.Range(0, 5).Select(_ => Until(line, ref at, ' '))];
        foreach (string part in head)
            Assert.True(part.Length > 0 && part.All(c => c is >= '!' and <= '~'), "a part of the header is not printable ASCII");

        Assert.True(head[1].Length <= 255 && head[2].Length <= 48 && head[3].Length <= 128 && head[4].Length <= 32, "a part of the header is too long");
        var data = new Dictionary<string, Dictionary<string, string>>();
        if (line[at] == '-')
        {
            at++;
        }
        else
        {
            while (at < line.Length && line[at] == '[')
                Element(line, ref at, data);
        }

        if (at < line.Length)
            Expect(line, ref at, ' ');
        return new(priority, head[0], head[1], head[2], head[3], head[4], data, line[at..]);
    }

    private static void Element(string line, ref int at, Dictionary<string, Dictionary<string, string>> data)
    {
        at++;
        var parameters = new Dictionary<string, string>();
        string id = Name(line, ref at);
        while (line[at] == ' ')
        {
            at++;
            string name = Name(line, ref at);
            Expect(line, ref at, '=');
            Expect(line, ref at, '"');
            var value = new StringBuilder();
            for (; line[at] != '"'; at++)
            {
                Assert.NotEqual(']', line[at]);
                if (line[at] == '\\' && line[at + 1] is '"' or '\\' or ']')
                    at++;
                value.Append(line[at]);
            }

            at++;
            parameters.Add(name, value.ToString());
        }

        Expect(line, ref at, ']');
        data.Add(id, parameters);
    }

    private static string Name(string line, ref int at)
    {
        int from = at;
        while (line[at] is not ('=' or ' ' or ']' or '"'))
            at++;
        Assert.InRange(at - from, 1, 32);
        return line[from..at];
    }

    private static string Until(string line, ref int at, char end)
    {
        int from = at;
        at = line.IndexOf(end, at) + 1;
        Assert.True(at > 0);
        return line[from..(at - 1)];
    }

    private static void Expect(string line, ref int at, char c) => Assert.Equal(c, line[at++]);
}

/// <summary>A CEF event, read as its specification says: bars end the parts of the header, a blank and a key and an equals sign end a value.</summary>
internal sealed record CefEvent(string[] Header, Dictionary<string, string> Extension)
{
    public static CefEvent Parse(string line)
    {
        var header = new List<string>();
        var part = new StringBuilder();
        int at = 0;
        for (; header.Count < 7; at++)
        {
            if (line[at] == '\\')
                part.Append(line[++at]);
            else if (line[at] != '|')
                part.Append(line[at]);
            else
                header.Add(Take(part));
        }

        // From the left: a key, an equals sign without a backslash; the value goes on to the last blank before the next such key.
        var extension = new Dictionary<string, string>();
        string? key = null;
        int word = 0;
        for (; at < line.Length; at++)
        {
            char c = line[at];
            if (c == '\\')
            {
                char escaped = line[++at];
                part.Append(escaped switch { 'n' => '\n', 'r' => '\r', _ => escaped });
            }
            else if (c == '=')
            {
                string next = part.ToString(word, part.Length - word);
                Assert.True(next.Length > 0 && next.All(char.IsAsciiLetterOrDigit), "a key is letters and digits");
                part.Length = Math.Max(0, word - 1);
                if (key is not null)
                    extension.Add(key, Take(part));
                else
                    part.Clear();
                (key, word) = (next, 0);
            }
            else
            {
                part.Append(c);
                if (c == ' ')
                    word = part.Length;
            }
        }

        extension.Add(key!, part.ToString());
        return new([.. header], extension);
    }

    private static string Take(StringBuilder part)
    {
        string text = part.ToString();
        part.Clear();
        return text;
    }
}
