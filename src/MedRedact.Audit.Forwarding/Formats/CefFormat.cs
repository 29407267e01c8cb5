using System.Globalization;
using System.Text;

namespace MedRedact.Audit.Forwarding;

/// <summary>ArcSight Common Event Format, version 0. In the header a backslash stands before a bar and a backslash, in the extension before an equals sign and a backslash.</summary>
internal static class CefFormat
{
    public static byte[] Write(EventFacts said)
    {
        var line = new StringBuilder(512);
        Write(line, said);
        return LineWriter.Utf8(line);
    }

    public static void Write(StringBuilder line, EventFacts said)
    {
        AuditRecord record = said.Record;
        line.Append("CEF:0");
        foreach (string part in (string[])[EventFacts.Product, EventFacts.Product, EventFacts.Version, record.Kind, said.Decision is { } decision ? $"{record.Kind} {decision}" : record.Kind])
        {
            line.Append('|');
            LineWriter.Escaped(line, part, "\\|");
        }

        line.Append(CultureInfo.InvariantCulture, $"|{((int)said.Grade * 2) + 2}|");
        Extension(line, "externalId", said.Id, first: true);
        Extension(line, "rt", record.At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        Extension(line, "suser", record.Actor.Value);
        Extension(line, "outcome", said.IsDenied ? "failure" : "success");
        if (said.Decision is { } act)
            Extension(line, "act", act);
        Extension(line, "deviceExternalId", said.Origin);
        Extension(line, "cn1", record.Sequence.ToString(CultureInfo.InvariantCulture));
        Extension(line, "cn1Label", "sequence");
        Custom(line, 1, "leaf", record.LeafHash.ToString());
        Custom(line, 2, "document", record.Document?.ToString());
        Custom(line, 3, "tenant", record.Tenant?.Value);
        Custom(line, 4, "purpose", record.Purpose?.Code);
        Custom(line, 5, "policy", record.PolicyHash?.Value.ToString());

        // Custom strings are six: the fields of a kind share the last one, in the forms "name type value", which hold no blank themselves.
        Custom(line, 6, "fields", record.Fields.IsDefaultOrEmpty
            ? null
            : string.Join(' ', record.Fields.Select(field => $"{field.Name} {EventFacts.NameOf(field.Value.Type)} {field.Value.Text}")));
    }

    private static void Custom(StringBuilder line, int number, string label, string? value)
    {
        if (value is null)
            return;
        Extension(line, string.Create(CultureInfo.InvariantCulture, $"cs{number}"), value);
        Extension(line, string.Create(CultureInfo.InvariantCulture, $"cs{number}Label"), label);
    }

    private static void Extension(StringBuilder line, string key, string value, bool first = false)
    {
        if (!first)
            line.Append(' ');
        line.Append(key).Append('=');
        LineWriter.Escaped(line, value, "\\=");
    }
}
