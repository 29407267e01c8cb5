using System.Globalization;

namespace MedRedact.Resuming;

/// <summary>What kept objects are called.</summary>
internal static class KeptNames
{
    private const string Prefix = "kept-";

    /// <summary>The attempts before this one.</summary>
    public static ObjectName Before { get; } = new("kept-before");

    public static ObjectName Of(PageNumber page) => new(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{page.Value:0000}"));

    /// <summary>The page that a name stands for; null where it is another object's.</summary>
    public static PageNumber? PageOf(ObjectName name) =>
        name.Value.StartsWith(Prefix, StringComparison.Ordinal)
        && int.TryParse(name.Value.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int page) && page > 0
            ? new PageNumber(page)
            : null;

    public static bool IsKept(ObjectName name) => name == Before || PageOf(name) is not null;
}
