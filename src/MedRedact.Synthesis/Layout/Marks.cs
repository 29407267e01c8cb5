namespace MedRedact.Synthesis;

/// <summary>Ink that is not text: barcodes, signatures, portraits, check boxes.</summary>
internal static class Marks
{
    extension(PageFlow page)
    {
        public void CheckBox(double x, double y, double side, bool isChecked)
        {
            List<Shape> shapes = page.Page.Shapes;
            shapes.Add(new(ShapeKind.Frame, x, y, side, side, 0.9));
            if (isChecked)
            {
                shapes.Add(new(ShapeKind.Line, x + 1.4, y + 1.4, side - 2.8, side - 2.8, 1.2));
                shapes.Add(new(ShapeKind.Line, x + 1.4, y + side - 1.4, side - 2.8, 2.8 - side, 1.2));
            }

            page.Page.Marks.Add(new(MarkKind.CheckBox, x, y, side, side, IsPhi: false, isChecked));
        }

        /// <summary>Code 39 of <paramref name="text"/>; its human-readable line is text like any other and is written by the caller.</summary>
        public void Barcode(string text, double x, double y, double height)
        {
            double width = 0;
            foreach ((double offset, double bar) in Code39.Bars(text, module: 0.8))
            {
                page.Page.Shapes.Add(new(ShapeKind.Fill, x + offset, y, bar, height));
                width = offset + bar;
            }

            page.Page.Marks.Add(new(MarkKind.Barcode, x, y, width, height, IsPhi: true));
        }

        /// <summary>A name in handwriting with a flourish, above the line it stands on.</summary>
        public void HandSignature(string name, SeededRandom random, double x, double baseline)
        {
            var style = new TextStyle(Face.Hand, random.Between(17, 21));
            double width = Typefaces.Width(name, style), y = baseline + 2;
            page.Page.Shapes.Add(new(ShapeKind.Ink, x, baseline, style.Size, 0) { HandText = name });
            List<(double, double)> flourish = [];
            for (int i = 0; i <= 4; i++)
                flourish.Add((x + width * (0.15 + 0.24 * i), y + random.Between(-3, 4)));
            page.Page.Shapes.Add(new(ShapeKind.Ink, 0, 0, 0, 0, 0.9) { Points = flourish });
            page.Page.Marks.Add(new(MarkKind.Signature, x - 2, baseline - style.Size, width * 1.14 + 6, style.Size + 9, IsPhi: true));
        }

        /// <summary>A drawn head and shoulders in a frame, where a face sheet has its photograph.</summary>
        public void Portrait(double x, double y, double size)
        {
            List<Shape> shapes = page.Page.Shapes;
            shapes.Add(new(ShapeKind.Fill, x, y, size, size * 1.2, Shade: 200));
            shapes.Add(new(ShapeKind.Ink, 0, 0, 0, 0, size * 0.42, 120) { Points = [(x + size * 0.5, y + size * 0.48), (x + size * 0.5, y + size * 0.52)] });
            shapes.Add(new(ShapeKind.Ink, 0, 0, 0, 0, size * 0.34, 90) { Points = [(x + size * 0.3, y + size * 1.0), (x + size * 0.7, y + size * 1.0)] });
            shapes.Add(new(ShapeKind.Frame, x, y, size, size * 1.2, 0.9));
            page.Page.Marks.Add(new(MarkKind.Portrait, x, y, size, size * 1.2, IsPhi: true));
        }
    }
}
