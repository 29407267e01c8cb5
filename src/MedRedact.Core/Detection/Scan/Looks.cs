using System.Runtime.CompilerServices;

namespace MedRedact.Detection;

/// <summary>
/// How often rules look at a scan, so that a test can claim without a clock that work grows with the text. Off unless the host's switch
/// <c>MedRedact.Detection.CountLooks</c> is on; read once, so that what the just-in-time compiler settles on holds no trace of it.
/// </summary>
internal static class Looks
{
    private static readonly bool s_areCounted = AppContext.TryGetSwitch("MedRedact.Detection.CountLooks", out bool on) && on;

    [ThreadStatic]
    private static long t_count;

    /// <summary>Looks taken on this thread so far; always 0 while they are not counted.</summary>
    public static long Count => t_count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add()
    {
        if (s_areCounted)
            t_count++;
    }
}
