using System.Globalization;

namespace MedRedact.KeyManagement;

/// <summary>What the label of a key says of it, where a service keeps one with the key: <c>medredact/1/id/kind/of/state/made/destruction</c>, times in milliseconds since 1970, 0 for none.</summary>
internal static class KeyLabel
{
    private const string Start = "medredact/1/";

    public static string Format(KeyDescription key) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Start}{key.Id}/{NameOf(key.Kind)}/{OfWhat(key)}/{NameOf(key.State)}/{key.CreatedAt.ToUnixTimeMilliseconds()}/{key.DestructionAt?.ToUnixTimeMilliseconds() ?? 0}");

    /// <summary>Null for the label of an object that is not ours.</summary>
    public static KeyDescription? Parse(string label)
    {
        string[] parts = label.Split('/');
        if (!label.StartsWith(Start, StringComparison.Ordinal) || parts.Length != 8 || !long.TryParse(parts[6], NumberStyles.None, CultureInfo.InvariantCulture, out long made)
            || !long.TryParse(parts[7], NumberStyles.None, CultureInfo.InvariantCulture, out long destruction) || KindOf(parts[3]) is not { } kind || StateOf(parts[5]) is not { } state)
        {
            return null;
        }

        try
        {
            KeyRole role = kind switch
            {
                KeyKind.Wrapping => KeyRole.Wrapping(Enum.Parse<StorageZone>(parts[4], ignoreCase: true)),
                KeyKind.Signing => KeyRole.Signing(new KeyPurpose(parts[4])),
                _ => KeyRole.MacRoot,
            };
            return new KeyDescription(new KeyId(parts[2]), kind, state, role.Zone, role.Purpose, DateTimeOffset.FromUnixTimeMilliseconds(made))
            {
                DestructionAt = destruction == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(destruction),
            };
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string OfWhat(KeyDescription key) => key.Purpose?.Value ?? key.Zone?.ToString().ToLowerInvariant() ?? "-";

    private static string NameOf(KeyKind kind) => kind switch { KeyKind.Wrapping => "wrap", KeyKind.Signing => "sign", _ => "mac" };

    private static KeyKind? KindOf(string name) => name switch { "wrap" => KeyKind.Wrapping, "sign" => KeyKind.Signing, "mac" => KeyKind.MacRoot, _ => null };

    private static string NameOf(KeyState state) => state switch
    {
        KeyState.Active => "active",
        KeyState.DecryptOnly => "retired",
        KeyState.Destroyed => "destroyed",
        _ => "disabled",
    };

    private static KeyState? StateOf(string name) => name switch
    {
        "active" => KeyState.Active,
        "retired" => KeyState.DecryptOnly,
        "destroyed" => KeyState.Destroyed,
        "disabled" => KeyState.Disabled,
        _ => null,
    };
}
