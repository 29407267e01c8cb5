using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MedRedact.Ocr.Tesseract.Native;

namespace MedRedact.Ocr.Tesseract;

/// <summary>Asked by Tesseract before each word whether to stop: when the caller has cancelled or the time is up.</summary>
internal sealed unsafe class RecognitionWatch : IDisposable
{
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly TimeSpan _limit;
    private readonly CancellationToken _cancellationToken;
    private readonly MonitorHandle _monitor;
    private GCHandle _self;

    public RecognitionWatch(TimeProvider time, TimeSpan limit, CancellationToken cancellationToken)
    {
        (_time, _started, _limit, _cancellationToken) = (time, time.GetTimestamp(), limit, cancellationToken);
        _monitor = TesseractApi.TessMonitorCreate();
        _self = GCHandle.Alloc(this);
        TesseractApi.TessMonitorSetCancelThis(_monitor, GCHandle.ToIntPtr(_self));
        TesseractApi.TessMonitorSetCancelFunc(_monitor, &ShouldStop);
    }

    public MonitorHandle Monitor => _monitor;

    /// <summary>Whether less than a third of the time is spent: enough is left to read once more what was read once.</summary>
    public bool HasTimeToRepeat => _time.GetElapsedTime(_started) * 3 < _limit;

    /// <summary>Whether the time is up.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public bool MustStop()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        return IsOutOfTime;
    }

    private bool IsOutOfTime => _time.GetElapsedTime(_started) > _limit;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte ShouldStop(nint state, int words)
    {
        try
        {
            var watch = (RecognitionWatch)GCHandle.FromIntPtr(state).Target!;
            return watch._cancellationToken.IsCancellationRequested || watch.IsOutOfTime ? (byte)1 : (byte)0;
        }
        catch
        {
            return 1;   // an exception that crossed native frames would end the process; a watch that cannot tell stops
        }
    }

    public void Dispose()
    {
        _monitor.Dispose();
        if (_self.IsAllocated)
            _self.Free();
    }
}
