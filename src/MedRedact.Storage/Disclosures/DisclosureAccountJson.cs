using System.Globalization;
using System.Text.Json;

namespace MedRedact.Storage;

/// <summary>An account as JSON, for the patient who asked for it. It holds PHI.</summary>
public static class DisclosureAccountJson
{
    /// <summary>Writes an account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="output">Where it goes; stays open, and is the caller's to protect.</param>
    public static void Write(DisclosureAccount account, Stream output)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(output);
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("format", "medredact.disclosures");
        json.WriteNumber("version", 1);
        json.WriteString("subject", account.Subject.ToString());
        json.WriteString("from", account.From);
        json.WriteString("to", account.To);
        json.WriteStartArray("disclosures");
        foreach (KeptDisclosure kept in account.Disclosures)
        {
            json.WriteStartObject();
            json.WriteString("date", kept.Disclosure.At.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteString("recipient", kept.Disclosure.Recipient.Reveal());
            json.WriteString("address", kept.Disclosure.Address?.Reveal());
            json.WriteString("description", kept.Disclosure.Description.Reveal());
            json.WriteString("purpose", kept.Disclosure.Purpose.Reveal());
            json.WriteNumber("event", kept.Receipt.Sequence);
            json.WriteString("commitment", kept.Commitment.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
