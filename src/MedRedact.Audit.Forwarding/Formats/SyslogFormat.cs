using System.Globalization;
using System.Text;

namespace MedRedact.Audit.Forwarding;

/// <summary>Syslog messages (RFC 5424). What the event says of itself stands in one element of structured data, the fields of its kind in a second one.</summary>
internal static class SyslogFormat
{
    /// <summary>What stands before a quotation mark, a backslash and a closing bracket (RFC 5424, 6.3.3).</summary>
    private const string Escaped = "\"\\]";

    /// <summary>The longest MSGID and the longest name of a parameter (RFC 5424, 6).</summary>
    private const int LongestName = 32;

    public static byte[] Write(EventFacts said, AuditSource source)
    {
        StringBuilder line = Header(said, source);
        string enterprise = source.EnterpriseNumber.ToString(CultureInfo.InvariantCulture);
        line.Append("[medredact@").Append(enterprise);
        foreach ((string name, string value) in said.Common())
            Parameter(line, name, value);
        line.Append(']');
        WriteFields(line, said.Record, enterprise);
        line.Append(' ').Append(said.Record.Kind);
        if (said.Decision is { } decision)
            line.Append(' ').Append(decision);
        return LineWriter.Utf8(line);
    }

    public static byte[] WriteCef(EventFacts said, AuditSource source)
    {
        StringBuilder line = Header(said, source).Append("- ");
        CefFormat.Write(line, said);
        return LineWriter.Utf8(line);
    }

    private static StringBuilder Header(EventFacts said, AuditSource source)
    {
        int severity = said.Grade switch
        {
            EventGrade.Alert => 1,
            EventGrade.High => 2,
            EventGrade.Warning => 4,
            EventGrade.Notice => 5,
            _ => 6,
        };
        string kind = said.Record.Kind;
        return new StringBuilder(512)
            .Append(CultureInfo.InvariantCulture, $"<{(source.Facility * 8) + severity}>1 ")

            // Six decimals are the most that a receiver must take; the parameter "at" has all seven.
            .Append(said.Record.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)).Append(' ')
            .Append(source.HostName).Append(" medredact - ")
            .Append(kind.Length <= LongestName ? kind : "-").Append(' ');
    }

    /// <summary>A parameter a field. A name longer than parameters may have stands as a value, beside that of its field.</summary>
    private static void WriteFields(StringBuilder line, AuditRecord record, string enterprise)
    {
        if (record.Fields.IsDefaultOrEmpty)
            return;

        line.Append("[medredact-fields@").Append(enterprise);
        foreach (AuditField field in record.Fields.Where(field => field.Name.Length <= LongestName))
            Parameter(line, field.Name, field.Value.Text);
        line.Append(']');

        AuditField[] longer = [.. record.Fields.Where(field => field.Name.Length > LongestName)];
        if (longer.Length == 0)
            return;

        line.Append("[medredact-longer@").Append(enterprise);
        for (int i = 0; i < longer.Length; i++)
        {
            Parameter(line, string.Create(CultureInfo.InvariantCulture, $"name{i}"), longer[i].Name);
            Parameter(line, string.Create(CultureInfo.InvariantCulture, $"value{i}"), longer[i].Value.Text);
        }

        line.Append(']');
    }

    private static void Parameter(StringBuilder line, string name, string value)
    {
        line.Append(' ').Append(name).Append("=\"");
        LineWriter.Escaped(line, value, Escaped);
        line.Append('"');
    }
}
