namespace MedRedact.Synthesis;

/// <summary>Rows of cells: tables, label and value grids, form boxes, check boxes.</summary>
internal static class Tables
{
    /// <summary>A joined cell continues the one before it: a value after its label.</summary>
    private readonly record struct Cell(Prose Text, double X, double Width, TextStyle Style, bool Joined = false);

    extension(PageFlow page)
    {
        /// <summary>A table. <paramref name="shares"/> are the columns' parts of the width.</summary>
        public void Table(double[] shares, string[] header, IEnumerable<Prose[]> rows, bool ruled = true)
        {
            TextStyle style = page.Style.Small;
            double total = shares.Sum();
            double[] widths = [.. shares.Select(share => share / total * page.Width)];
            page.Gap(3);
            page.Ensure(style.LineHeight * 4);
            double top = page.Y;
            if (page.Style.Heading is HeadingStyle.Barred && ruled)
                page.Page.Shapes.Add(new(ShapeKind.Fill, page.Left, top, page.Width, style.LineHeight + 5, Shade: 228));
            Rule(page, page.Y, ruled);
            page.Row([.. header.Select(text => (Prose)text)], widths, style.Bold, 3);
            Rule(page, page.Y, true);
            foreach (Prose[] row in rows)
            {
                int before = page.Pages.Count;
                page.Row(row, widths, style, ruled ? 3 : 1.5);
                if (page.Pages.Count > before)
                    top = page.Y - style.LineHeight - 6;
                Rule(page, page.Y, ruled);
            }

            if (ruled)
            {
                double x = page.Left;
                foreach (double width in widths.Prepend(0))
                    page.Page.Shapes.Add(new(ShapeKind.Line, x += width, top, 0, page.Y - top, 0.5));
            }

            page.Gap(4);
        }

        private void Row(Prose[] texts, double[] widths, TextStyle style, double padding)
        {
            double x = page.Left;
            var cells = new List<Cell>();
            for (int i = 0; i < texts.Length; i++)
            {
                cells.Add(new Cell(texts[i], x + 4, widths[i] - 7, style));
                x += widths[i];
            }

            page.Cells(cells, padding);
        }

        private void Cells(List<Cell> cells, double padding)
        {
            List<List<Word>>[] wrapped = [.. cells.Select(cell => PageFlow.Wrap(Word.Split(cell.Text), cell.Style, cell.Width))];
            int height = Math.Max(1, wrapped.Max(lines => lines.Count));
            double lineHeight = cells.Max(cell => cell.Style.LineHeight);
            page.Ensure(height * lineHeight + 2 * padding);
            page.Y += padding;
            for (int line = 0; line < height; line++)
            {
                var placed = new List<PlacedWord>();
                for (int i = 0; i < cells.Count; i++)
                {
                    if (line >= wrapped[i].Count)
                        continue;
                    List<PlacedWord> words = PageFlow.Place(wrapped[i][line], cells[i].X, page.Y, cells[i].Style);
                    words[0] = words[0] with { StartsCell = !cells[i].Joined };
                    placed.AddRange(words);
                }

                page.Add(placed);
                page.Y += lineHeight;
            }

            page.Y += padding;
        }

        /// <summary><c>Label: value</c> in columns, as on the header block of a chart.</summary>
        public void Fields(int columns, params ReadOnlySpan<(string Label, Prose Value)> fields) =>
            page.Fields([.. Enumerable.Repeat(1.0 / columns, columns)], fields);

        /// <summary>As above, with columns of given parts of the width.</summary>
        public void Fields(double[] shares, params ReadOnlySpan<(string Label, Prose Value)> fields)
        {
            TextStyle style = page.Style.Body with { Size = page.Style.Body.Size - 0.5 };
            for (int i = 0; i < fields.Length; i += shares.Length)
            {
                var cells = new List<Cell>();
                double x = page.Left;
                for (int column = 0; column < shares.Length && i + column < fields.Length; column++)
                {
                    (string label, Prose value) = fields[i + column];
                    double width = shares[column] * page.Width, labelWidth = Typefaces.Width(label + ": ", style.Bold);
                    cells.Add(new Cell(label + ":", x, labelWidth + 1, style.Bold));
                    cells.Add(new Cell(value, x + labelWidth + 2, width - labelWidth - 8, style, Joined: true));
                    x += width;
                }

                page.Cells(cells, 0.8);
            }

            page.Gap(3);
        }

        /// <summary>Form boxes: a small caption at the top of each frame and the entry beneath it, so that labels and values stand on different lines.</summary>
        public void Boxes(double[] shares, params ReadOnlySpan<(string Label, Prose Value)> fields)
        {
            TextStyle caption = new(Face.Sans, 7.5, 40), entry = page.Style.Body;
            double total = shares.Sum(), height = caption.LineHeight + entry.LineHeight + 6;
            page.Ensure(height);
            double x = page.Left, top = page.Y;
            List<PlacedWord> captions = [], entries = [];
            for (int i = 0; i < fields.Length; i++)
            {
                double width = shares[i] / total * page.Width;
                page.Page.Shapes.Add(new(ShapeKind.Frame, x, top, width, height));
                captions.AddRange(PageFlow.Place(Word.Split(fields[i].Label), x + 3, top + 1.5, caption));
                entries.AddRange(PageFlow.Place(Word.Split(fields[i].Value), x + 6, top + caption.LineHeight + 3, entry));
                x += width;
            }

            page.Add(captions);
            page.Add(entries);
            page.Y = top + height;
        }

        /// <summary>Check boxes in columns.</summary>
        public void Checks(int columns, params ReadOnlySpan<(string Label, bool Checked)> items)
        {
            TextStyle style = page.Style.Body with { Size = page.Style.Body.Size - 0.5 };
            double width = page.Width / columns, side = style.Size * 0.85;
            for (int i = 0; i < items.Length; i += columns)
            {
                page.Ensure(style.LineHeight + 2);
                page.Y += 1;
                var placed = new List<PlacedWord>();
                for (int column = 0; column < columns && i + column < items.Length; column++)
                {
                    (string label, bool isChecked) = items[i + column];
                    double x = page.Left + 2 + column * width;
                    page.CheckBox(x, page.Y + style.Size * 0.22, side, isChecked);
                    placed.AddRange(PageFlow.Place(Word.Split(label), x + side + 5, page.Y, style));
                }

                page.Add(placed);
                page.Y += style.LineHeight + 1;
            }

            page.Gap(3);
        }
    }

    private static void Rule(PageFlow page, double y, bool drawn)
    {
        if (drawn)
            page.Page.Shapes.Add(new(ShapeKind.Line, page.Left, y, page.Width, 0, 0.5));
    }
}
