using System.Collections.Immutable;
using MedRedact.Layout;

namespace MedRedact.Tests.Layout;

/// <summary>Tables come as data: rows and columns of cells with boxes and text.</summary>
public sealed class PageTablesTests
{
    [Fact]
    public void A_table_comes_with_its_rows_columns_and_cells()
    {
        (PageTable table, string[] cells) = Only(new Sheet().Line(0, 0, "Your results are printed below and were checked twice")
            .Block(2, 0, "Test            Result    Flag    Units", "Sodium          140               mmol/L", "Potassium       5.9       H       mmol/L"));
        Assert.Equal((3, 4), (table.Rows, table.Columns));
        Assert.Equal(["0,0 Test", "0,1 Result", "0,2 Flag", "0,3 Units", "1,0 Sodium", "1,1 140", "1,3 mmol/L", "2,0 Potassium", "2,1 5.9", "2,2 H", "2,3 mmol/L"], cells);
    }

    [Fact]
    public void A_cell_of_two_lines_is_one_cell()
    {
        (PageTable table, string[] cells) = Only(new Sheet()
            .Block(0, 0, "Name               Reason for the visit", "Zembrzuska         pain after meals and", "                   fever", "Castellanos        cough"));
        Assert.Equal((3, 2), (table.Rows, table.Columns));
        Assert.Equal(["0,0 Name", "0,1 Reason for the visit", "1,0 Zembrzuska", "1,1 pain after meals and|fever", "2,0 Castellanos", "2,1 cough"], cells);
    }

    [Fact]
    public void The_box_of_a_cell_covers_its_words()
    {
        using PageText text = ReadingOrder.Arrange(new Sheet().Block(0, 0, "Test      Result    Units", "Sodium    140       mmol/L").Read());
        TableCell cell = PageTables.Of(text.Layout)[0].Cells[4];
        Assert.Equal(text.Locate(cell.Spans[0]), [cell.Box]);
    }

    [Fact]
    public void Paragraphs_and_lists_are_no_tables()
    {
        using PageText text = ReadingOrder.Arrange(new Sheet()
            .Block(0, 0, "The patient was seen in the clinic for pain after meals, which", "began on the evening before. She takes no medicine and knows", "of no allergies.")
            .Block(5, 2, "- Hypertension", "- Diabetes", "- Asthma").Read());
        Assert.Empty(PageTables.Of(text.Layout));
    }

    [Fact]
    public void What_crosses_the_columns_ends_a_table()
    {
        using PageText text = ReadingOrder.Arrange(new Sheet()
            .Block(0, 0, "Sodium          140       mmol/L", "Potassium       5.9       mmol/L")
            .Block(2, 0, "These results were called to the ward at noon")
            .Block(3, 0, "Hemoglobin      13.2      g/dL", "Platelets       250       /nL").Read());
        Assert.Equal([2, 2], PageTables.Of(text.Layout).Select(table => table.Rows));
    }

    private static (PageTable Table, string[] Cells) Only(Sheet sheet)
    {
        using PageText text = ReadingOrder.Arrange(sheet.Read());
        PageTable table = Assert.Single(PageTables.Of(text.Layout));
        string all = Sheet.TextOf(text);
        return (table, [.. table.Cells.Select(cell => $"{cell.Row},{cell.Column} {string.Join('|', cell.Spans.Select(span => all.Substring(span.Start, span.Length)))}")]);
    }
}
