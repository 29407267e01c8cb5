using System.Globalization;
using System.Text;
using MedRedact.Durability;

namespace MedRedact.Alerts;

/// <summary>Where the watch begins after a restart: before everything that can still matter. Losing the file costs work and no alert of the latest events.</summary>
internal sealed class WatchPlace(string folder, IFileOperations operations)
{
    private const string First = "medredact/alert-watch/1", FileName = "alert-watch.place";
    private const int MostBytes = 128;

    private readonly Queue<(long Event, DateTimeOffset At)> _marks = new();
    private long? _written;

    /// <summary>What was written last; <see langword="null"/> where nothing was, or what is there says nothing.</summary>
    public long? Read()
    {
        try
        {
            string path = Path.Combine(folder, FileName);
            return operations.Exists(path) && SmallFile.Read(path, MostBytes, operations).Split('\n') is [First, ['e', 'v', 'e', 'n', 't', ' ', .. var text], ""]
                && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long place)
                    ? place
                    : null;
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(Faults.Place, fault);
        }
    }

    /// <summary>Notes an event that came at a time.</summary>
    public void Pass(long sequence, DateTimeOffset at)
    {
        if (_marks.Count == 0 || at - _marks.Last().At >= TimeSpan.FromSeconds(10))
            _marks.Enqueue((sequence, at));
    }

    /// <summary>Writes how far what lies before a time reaches, where that is news.</summary>
    public void Keep(DateTimeOffset before)
    {
        while (_marks.Count > 1 && _marks.ElementAt(1).At <= before)
            _marks.Dequeue();
        if (!_marks.TryPeek(out (long Event, DateTimeOffset) mark) || mark.Event == _written)
            return;

        try
        {
            DurableDirectory.Create(folder, operations);
            AtomicFile.Write(Path.Combine(folder, FileName), Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{First}\nevent {mark.Event}\n")), operations);
            _written = mark.Event;
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(Faults.Place, fault);
        }
    }
}
