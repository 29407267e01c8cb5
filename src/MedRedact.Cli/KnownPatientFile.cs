using System.Collections.Immutable;
using System.Text.Json;

namespace MedRedact.Cli;

/// <summary>Reads what is known about a patient: <c>{"name": ["…"], "date/birth": "…", "mrn": "…"}</c>, keyed by category.</summary>
internal static class KnownPatientFile
{
    public static async Task<KnownPatient?> ReadAsync(string? path, CancellationToken cancellationToken)
    {
        if (path is null)
            return null;

        try
        {
            await using FileStream file = File.OpenRead(path);
            using JsonDocument json = await JsonDocument.ParseAsync(file, cancellationToken: cancellationToken);
            var known = ImmutableArray.CreateBuilder<KnownIdentifier>();
            foreach (JsonProperty property in json.RootElement.EnumerateObject())
            {
                if (!PhiCategory.TryParse(property.Name, out PhiCategory category))
                    throw Faults.KnownFileUnreadable();
                foreach (JsonElement value in property.Value.ValueKind == JsonValueKind.Array ? [.. property.Value.EnumerateArray()] : new[] { property.Value })
                    known.Add(new KnownIdentifier(category, new Phi<string>(value.GetString() ?? throw Faults.KnownFileUnreadable())));
            }

            return new KnownPatient(known.ToImmutable());
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            throw Faults.KnownFileUnreadable();
        }
    }
}
