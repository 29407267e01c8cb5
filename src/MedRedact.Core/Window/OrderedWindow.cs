using System.Runtime.CompilerServices;

namespace MedRedact.Window;

/// <summary>Works on several pages at once and hands the results out in page order.</summary>
internal static class OrderedWindow
{
    /// <summary>Runs the work for 1 to <paramref name="count"/>; at most <paramref name="width"/> finished results wait for the consumer
    /// beside as many that are worked on.</summary>
    /// <param name="count">How many.</param>
    /// <param name="width">How many at once.</param>
    /// <param name="begin">Called for one page after the other, in page order, to queue for what the page needs; it does not wait. What it returns is
    /// always run, on the thread pool, and does the work; its result is disposed when the consumer stops early or another one fails.</param>
    /// <param name="cancellationToken">Stops all.</param>
    public static async IAsyncEnumerable<T> RunAsync<T>(
        int count, int width, Func<int, CancellationToken, Func<Task<T>>> begin, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : IDisposable
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new LinkedList<Task<T>>();
        int next = 1;
        try
        {
            while (next <= count || running.Count > 0)
            {
                while (next <= count && running.Count < 2 * width && running.Count(task => !task.IsCompleted) < width)
                    running.AddLast(Task.Run(begin(next++, stop.Token), CancellationToken.None));

                // A slow page must not keep a free worker waiting: whoever finishes first makes room for the next. The first in turn is always
                // among those waited for: the others may wait for room that it gives back only once it is handed out.
                Task<T> first = running.First!.Value;
                if (!first.IsCompleted && next <= count && running.Count < 2 * width)
                {
                    await Task.WhenAny(running.Where(task => !task.IsCompleted).Append(first));
                    continue;
                }

                T result = await first;
                running.RemoveFirst();
                yield return result;
            }
        }
        finally
        {
            await stop.CancelAsync();
            foreach (Task<T> left in running)
            {
                await ((Task)left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (left.IsCompletedSuccessfully)
                    (await left).Dispose();
            }
        }
    }
}
