using System.Text;
using Microsoft.Extensions.Logging;

namespace MedRedact.Testing;

/// <summary>Sees message, state and exception of every log entry, and every scope as it begins, whether or not an entry follows.</summary>
internal sealed class CanaryLoggerProvider(CanaryWatch watch) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName)
    {
        watch.Inspect(LeakChannel.Log, "logger name", categoryName);
        return new Logger(watch, categoryName);
    }

    public void Dispose()
    {
    }

    private sealed class Logger(CanaryWatch watch, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            watch.Inspect(LeakChannel.Log, category, Print(state));
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            watch.Inspect(LeakChannel.Log, category, formatter(state, exception));
            watch.Inspect(LeakChannel.Log, category, Print(state));
            watch.Inspect(LeakChannel.Log, category, exception?.ToString());
        }

        private static string? Print(object? state)
        {
            if (state is not IEnumerable<KeyValuePair<string, object?>> pairs)
                return state?.ToString();
            var text = new StringBuilder();
            foreach ((string key, object? value) in pairs)
                text.Append(key).Append('=').Append(value).AppendLine();
            return text.ToString();
        }
    }
}
