using System.Text;

namespace MedRedact.Testing;

/// <summary>Keeps a copy of what goes to the console while it lives. Several may live at once: the console is redirected with the first and given back with the last.</summary>
internal sealed class ConsoleTap : IDisposable
{
    private static readonly Lock s_gate = new();
    private static readonly List<ConsoleTap> s_taps = [];
    private static TextWriter s_out = TextWriter.Null, s_error = TextWriter.Null;

    private readonly StringBuilder _seen = new();

    public ConsoleTap()
    {
        lock (s_gate)
        {
            if (s_taps.Count == 0)
            {
                (s_out, s_error) = (Console.Out, Console.Error);
                Console.SetOut(new Tee(s_out));
                Console.SetError(new Tee(s_error));
            }

            s_taps.Add(this);
        }
    }

    public string Seen()
    {
        lock (s_gate)
            return _seen.ToString();
    }

    public void Dispose()
    {
        lock (s_gate)
        {
            if (!s_taps.Remove(this) || s_taps.Count > 0)
                return;
            Console.SetOut(s_out);
            Console.SetError(s_error);
        }
    }

    private static void Copy(ReadOnlySpan<char> text)
    {
        lock (s_gate)
        {
            foreach (ConsoleTap tap in s_taps)
                tap._seen.Append(text);
        }
    }

    private sealed class Tee(TextWriter to) : TextWriter
    {
        public override Encoding Encoding => to.Encoding;

        public override void Write(char value)
        {
            Copy([value]);
            to.Write(value);
        }

        public override void Write(string? value)
        {
            Copy(value);
            to.Write(value);
        }

        public override void Write(char[] buffer, int index, int count)
        {
            Copy(buffer.AsSpan(index, count));
            to.Write(buffer, index, count);
        }

        public override void WriteLine(string? value)
        {
            Copy(value + NewLine);
            to.WriteLine(value);
        }

        public override void Flush() => to.Flush();
    }
}
