using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;

namespace MedRedact.Testing;

internal static class ActivityTap
{
    public static ActivityListener Listen(CanaryWatch watch)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => watch.Inspect(LeakChannel.Trace, activity.Source.Name, Print(activity)),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static string Print(Activity activity)
    {
        var text = new StringBuilder();
        text.AppendLine(activity.OperationName).AppendLine(activity.DisplayName).AppendLine(activity.StatusDescription).AppendLine(activity.TraceStateString);
        Append(text, activity.TagObjects);
        foreach ((string key, string? value) in activity.Baggage)
            text.Append(key).Append('=').AppendLine(value);
        foreach (ActivityEvent happened in activity.Events)
            Append(text.AppendLine(happened.Name), happened.Tags);
        foreach (ActivityLink link in activity.Links)
            Append(text, link.Tags ?? []);
        return text.ToString();
    }

    internal static void Append(StringBuilder text, IEnumerable<KeyValuePair<string, object?>> tags)
    {
        foreach ((string key, object? value) in tags)
            text.Append(key).Append('=').Append(value is Array many ? string.Join(',', many.Cast<object?>()) : value).AppendLine();
    }
}

internal static class MeterTap
{
    public static MeterListener Listen(CanaryWatch watch)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                watch.Inspect(LeakChannel.Metric, instrument.Meter.Name, $"{instrument.Name} {instrument.Description} {instrument.Unit}");
                self.EnableMeasurementEvents(instrument);
            },
        };
        See<byte>();
        See<short>();
        See<int>();
        See<long>();
        See<float>();
        See<double>();
        See<decimal>();
        listener.Start();
        return listener;

        void See<T>()
            where T : struct => listener.SetMeasurementEventCallback<T>((instrument, _, tags, _) =>
        {
            if (tags.IsEmpty)
                return;
            var text = new StringBuilder();
            ActivityTap.Append(text, tags.ToArray());
            watch.Inspect(LeakChannel.Metric, instrument.Meter.Name, text.ToString());
        });
    }
}
