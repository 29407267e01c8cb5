using System.Globalization;
using MedRedact.Evaluation;
using Spectre.Console;

namespace MedRedact.Cli;

/// <summary>How figures stand in tables on the screen.</summary>
internal static class Figure
{
    public static Table NewTable(params string[] columns)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (string column in columns)
            table.AddColumn(new TableColumn(Markup.Escape(column)) { NoWrap = column == columns[0] });
        return table;
    }

    public static void Row(this Table table, params string[] cells) => table.AddRow([.. cells.Select(Markup.Escape)]);

    public static string Number(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Share(double? share) => share is { } value ? value.ToString("0.0000", CultureInfo.InvariantCulture) : "-";

    public static string Percent(double? share) => share is { } value ? (100 * value).ToString("0.00", CultureInfo.InvariantCulture) + " %" : "-";

    public static string WithInterval(Proportion share) =>
        share.Value is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{Share(share.Value)} ({share.Low:0.000} to {share.High:0.000})");
}
