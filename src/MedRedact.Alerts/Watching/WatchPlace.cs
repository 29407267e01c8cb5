using System.Globalization;
using System.Text;
using MedRedact.Durability;

namespace MedRedact.Alerts;

/// <summary>Where the watch begins after a restart: before everything that can still matter, and after what rules were judged by. Losing the file costs work.</summary>
internal sealed class WatchPlace(string folder, IFileOperations operations)
{
    private const string First = "medredact/alert-watch/1", FileName = "alert-watch.place";
    private const int MostBytes = 128;
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(10);

    private readonly Queue<(long Event, DateTimeOffset At)> _marks = new();
    private (long Event, DateTimeOffset At) _last;
    private (long Event, long Judged)? _written;

    /// <summary>What was written last; <see langword="null"/> where nothing was, or what is there says nothing or cannot be read.</summary>
    public (long Event, long Judged)? Read()
    {
        try
        {
            string path = Path.Combine(folder, FileName);
            return operations.Exists(path)
                && Encoding.ASCII.GetString(operations.ReadWhole(path, MostBytes) ?? []).Split('\n') is [First, ['e', 'v', 'e', 'n', 't', ' ', .. var text], ['j', 'u', 'd', 'g', 'e', 'd', ' ', .. var other], ""]
                && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long place)
                && long.TryParse(other, NumberStyles.None, CultureInfo.InvariantCulture, out long judged) && place <= judged
                    ? (place, judged)
                    : null;
        }
        catch (DurabilityException)
        {
            return null;
        }
    }

    /// <summary>Notes an event that came at a time.</summary>
    public void Pass(long sequence, DateTimeOffset at)
    {
        if (_marks.Count > 0 && (at - _last.At).Duration() < Apart)
            return;

        _last = (sequence, at);
        _marks.Enqueue(_last);
    }

    /// <summary>Writes how far what lies before a time reaches, where that is news.</summary>
    /// <param name="before">What is older matters no more.</param>
    /// <param name="notPast">An event that does, however old.</param>
    /// <param name="judged">All events before this one were judged, and what came of it is on record.</param>
    public void Keep(DateTimeOffset before, long notPast, long judged)
    {
        while (_marks.Count > 1 && _marks.ElementAt(1).At <= before)
            _marks.Dequeue();
        if (!_marks.TryPeek(out (long Event, DateTimeOffset) mark))
            return;

        long place = Math.Min(mark.Event, notPast);
        if (_written is { } written && written.Event == place && judged - written.Judged < 1_000)
            return;

        try
        {
            DurableDirectory.Create(folder, operations);
            AtomicFile.Write(
                Path.Combine(folder, FileName), Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{First}\nevent {place}\njudged {judged}\n")), operations);
            _written = (place, judged);
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(Faults.Place, fault);
        }
    }
}
