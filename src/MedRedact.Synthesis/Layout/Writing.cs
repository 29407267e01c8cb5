namespace MedRedact.Synthesis;

/// <summary>Running text: paragraphs, headings, lists.</summary>
internal static class Writing
{
    extension(PageFlow page)
    {
        public void Paragraph(Prose prose, TextStyle? style = null, double indent = 0, bool centred = false)
        {
            TextStyle used = style ?? page.Style.Body;
            foreach (List<Word> line in PageFlow.Wrap(Word.Split(prose), used, page.Width - indent))
            {
                page.Ensure(used.LineHeight);
                double x = centred ? page.Left + (page.Width - PageFlow.WidthOf(line, used)) / 2 : page.Left + indent;
                page.Line(line, x, used);
            }
        }

        public void Title(string title)
        {
            page.Gap(8);
            page.Paragraph(title, page.Style.Body.Bold with { Size = page.Style.Body.Size + 4 }, centred: true);
            page.Gap(6);
        }

        public void Heading(string heading)
        {
            TextStyle bold = page.Style.Body.Bold;
            page.Ensure(bold.LineHeight * 3.5);
            page.Gap(7);
            string text = page.Style.Heading is HeadingStyle.Bold ? heading : heading.ToUpperInvariant();
            if (page.Style.Heading is HeadingStyle.Barred)
            {
                page.Page.Shapes.Add(new(ShapeKind.Fill, page.Left, page.Y - 1.5, page.Width, bold.LineHeight + 2, Shade: 222));
                page.Line(Word.Split(text), page.Left + 4, bold);
                page.Y += 2;
                return;
            }

            page.Line(Word.Split(page.Style.Heading is HeadingStyle.CapsColon ? text + ":" : text), page.Left, bold);
            page.Y += 1;
        }

        public void Section(string heading, Prose prose)
        {
            page.Heading(heading);
            page.Paragraph(prose);
        }

        public void Items(IEnumerable<Prose> items, bool numbered = false)
        {
            int number = 0;
            TextStyle style = page.Style.Body;
            foreach (Prose item in items)
            {
                number++;
                double indent = numbered ? 22 : 14;
                List<List<Word>> lines = PageFlow.Wrap(Word.Split(item), style, page.Width - indent);
                List<Word> sign = Word.Split(numbered ? $"{number}." : "-");
                for (int i = 0; i < lines.Count; i++)
                {
                    page.Ensure(style.LineHeight);
                    List<PlacedWord> placed = PageFlow.Place(lines[i], page.Left + indent, page.Y, style);
                    if (i == 0)
                        placed = [.. PageFlow.Place(sign, page.Left + (numbered ? 4 : 5), page.Y, style), placed[0] with { StartsCell = false }, .. placed[1..]];
                    page.Add(placed);
                    page.Y += style.LineHeight;
                }
            }
        }

        public void Rule(double stroke = 0.8)
        {
            page.Page.Shapes.Add(new(ShapeKind.Line, page.Left, page.Y + 2, page.Width, 0, stroke));
            page.Gap(6);
        }
    }
}
