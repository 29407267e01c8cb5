using System.Collections.Immutable;
using MedRedact.Detection;
using MedRedact.Ink;
using MedRedact.Layout;

namespace MedRedact.Ingestion;

/// <summary>Makes a page that was read one that can be examined: its words in reading order and put right where they are none, its check boxes told from its words.</summary>
internal static class ArrangedPage
{
    private static readonly Lazy<WordRepairer> s_repairer = new(() => new WordRepairer(Vocabulary.Default));

    /// <summary>Replaces the text of a page.</summary>
    /// <param name="worked">The page.</param>
    /// <returns>Its ink, which what follows looks at too; the caller owns it.</returns>
    public static InkMap Arrange(WorkedPage worked)
    {
        var ink = new InkMap(new PagePixels(worked.Prepared.Reveal(), worked.Prepared.ToOriginal));
        try
        {
            PageTransform toOriginal = worked.Prepared.ToOriginal;
            PageSize size = worked.Recognized.OriginalSize;
            var page = new Box(0, 0, size.Width, size.Height);
            ImmutableArray<CheckBox> checkBoxes =
            [
                .. from each in ink.CheckBoxes
                   where toOriginal.Reaches(each.Box)
                   let box = toOriginal.Apply(each.Box).Intersect(page)
                   where !box.IsEmpty
                   orderby box.Top, box.Left
                   select each with { Box = box },
            ];
            worked.Recognized.Text = ReadingOrder.Arrange(worked.Recognized.Text, checkBoxes, s_repairer.Value);
            return ink;
        }
        catch
        {
            ink.Dispose();
            throw;
        }
    }
}
