using System.Globalization;
using MedRedact.Audit;

namespace MedRedact.Cli;

/// <summary>Events for people: one a line, their facts in the order in which the ledger holds them.</summary>
internal static class RecordTable
{
    public static string Line(AuditRecord record)
    {
        string facts = string.Join(' ', record.Fields.Select(field => $"{field.Name}={field.Value.Text}"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{record.Sequence,8}  {record.At:yyyy-MM-dd HH:mm:ss}Z  {record.Kind,-24}  {record.Actor.Value,-16}  {Decision(record),-9}  {Document(record)}  {facts}").TrimEnd();
    }

    private static string Decision(AuditRecord record) => record.Decision?.ToString().ToLowerInvariant() ?? "-";

    private static string Document(AuditRecord record) => record.Document?.ToString() ?? "-";
}
