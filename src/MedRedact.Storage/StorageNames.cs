namespace MedRedact.Storage;

/// <summary>Reads ids back from the names of files and folders; names that are none are somebody else's.</summary>
internal static class StorageNames
{
    public static bool TryTenant(string name, out TenantId tenant) => Try(name, static value => new TenantId(value), out tenant);

    public static bool TryObject(string name, out ObjectName objectName) => Try(name, static value => new ObjectName(value), out objectName);

    private static bool Try<T>(string name, Func<string, T> parse, out T value)
        where T : struct
    {
        try
        {
            value = parse(name);
            return true;
        }
        catch (ArgumentException)
        {
            value = default;
            return false;
        }
    }
}
