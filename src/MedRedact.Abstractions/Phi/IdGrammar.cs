using System.Buffers;
using System.Runtime.CompilerServices;

namespace MedRedact;

/// <summary>The grammar that keeps ids free of content: <c>[a-z0-9.-]{1,64}</c>.</summary>
internal static class IdGrammar
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-");

    public static bool Accepts(string? value) =>
        value is { Length: > 0 and <= 64 } && !value.AsSpan().ContainsAnyExcept(Allowed);

    /// <summary>Returns the value or throws; the message never repeats it.</summary>
    public static string Check(string value, [CallerMemberName] string? type = null) =>
        Accepts(value) ? value : throw new ArgumentException("An id is 1 to 64 characters of a-z, 0-9, '.' and '-'.", type);
}
