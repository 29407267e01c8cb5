using System.Globalization;

namespace MedRedact.KeyManagement.AwsKms;

/// <summary>The aliases of a ring: <c>alias/medredact/RING/key/ID</c> names a key, <c>…/note/LABEL</c> remembers one that leaves or has left, <c>…/notes/NUMBER</c> names a key that
/// such notes are fastened to. Aliases know no dot, and ids know no underscore: one stands for the other.</summary>
internal sealed class KmsNames(string ring)
{
    private readonly string _keys = $"alias/medredact/{ring}/key/", _notes = $"alias/medredact/{ring}/note/", _holders = $"alias/medredact/{ring}/notes/";

    public string Ring => ring;

    public string Of(KeyId key) => _keys + key.Value.Replace('.', '_');

    public string NoteOf(KeyDescription key) => _notes + KeyLabel.Format(key).Replace('.', '_');

    public string HolderOf(int number) => _holders + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Null for an alias of any other form.</summary>
    public KeyId? KeyOf(string alias)
    {
        try
        {
            return alias.StartsWith(_keys, StringComparison.Ordinal) ? new KeyId(alias[_keys.Length..].Replace('_', '.')) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Null for an alias of any other form.</summary>
    public KeyDescription? NoteOf(string alias) => alias.StartsWith(_notes, StringComparison.Ordinal) ? KeyLabel.Parse(alias[_notes.Length..].Replace('_', '.')) : null;

    /// <summary>Null for an alias of any other form.</summary>
    public int? HolderOf(string alias) =>
        alias.StartsWith(_holders, StringComparison.Ordinal) && int.TryParse(alias.AsSpan(_holders.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
