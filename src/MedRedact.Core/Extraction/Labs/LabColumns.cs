using MedRedact.Wording;

namespace MedRedact.Extraction;

/// <summary>What a column of a laboratory table holds.</summary>
internal enum LabColumn
{
    Test,
    Result,
    Flag,
    Unit,
    Range,
    Other,
}

/// <summary>The columns of a laboratory table, by its header row.</summary>
internal sealed class LabColumns
{
    private static readonly PhraseBook<LabColumn> Names = new(
    [
        .. Of(LabColumn.Test, "test", "test name", "tests", "component", "analyte", "assay", "examination", "name", "prueba", "examen",
            "determinación", "analito"),
        .. Of(LabColumn.Result, "result", "results", "value", "your value", "current result", "observed", "observed value", "in range",
            "resultado", "resultados", "valor"),
        .. Of(LabColumn.Flag, "flag", "flags", "abn", "abnormal", "abnormal flag", "h/l", "indicador"),
        .. Of(LabColumn.Unit, "unit", "units", "unidad", "unidades"),
        .. Of(LabColumn.Range, "reference", "reference range", "ref range", "ref. range", "reference interval", "normal range", "normal",
            "range", "expected range", "reference values", "normal values",
            "intervalo de referencia", "valores de referencia", "rango", "rango de referencia", "referencia"),
        .. Of(LabColumn.Other, "previous", "previous result", "prior", "prior result", "date", "lab", "status", "comment", "method", "fecha"),
    ]);

    private readonly List<(LabColumn Column, double Left, double Right)> _columns;

    private LabColumns(List<(LabColumn, double, double)> columns) => _columns = columns;

    public static LabColumns? Of(ChartRow row)
    {
        var columns = new List<(LabColumn Column, double Left, double Right)>();
        for (int cell = 0; cell < row.Cells.Length; cell++)
        {
            (int first, int end) = (row.TokensOf(cell).Start.Value, row.TokensOf(cell).End.Value);
            if (first == end || Names.Match(row.Keys, first) is not { } name || name.WordCount < end - first)
                continue;

            columns.Add((name.Meaning, row.Cells[cell].Left, row.Cells[cell].Right));
        }

        bool hasResult = columns.Exists(column => column.Column == LabColumn.Result);
        bool hasMore = columns.Exists(column => column.Column is LabColumn.Unit or LabColumn.Range);
        return hasResult && hasMore && columns.Count >= 3 ? new LabColumns(columns) : null;
    }

    /// <summary>The column that a cell stands in: the one it overlaps, else the nearest.</summary>
    public LabColumn ColumnOf(ChartCell cell)
    {
        (LabColumn Column, double Distance) best = (LabColumn.Other, double.MaxValue);
        foreach ((LabColumn column, double left, double right) in _columns)
        {
            double distance = cell.Left > right ? cell.Left - right : left > cell.Right ? left - cell.Right : Math.Abs(cell.Left - left) / 1e6;
            if (distance < best.Distance)
                best = (column, distance);
        }

        return best.Column;
    }

    private static IEnumerable<(string, LabColumn)> Of(LabColumn column, params string[] phrases) => phrases.Select(phrase => (phrase, column));
}
