using System.Collections.Immutable;
using static MedRedact.Evaluation.ReportFrame;

namespace MedRedact.Evaluation;

/// <summary>Pages before and after, with what was painted and what is left. Only of corpora that declare themselves synthetic.</summary>
internal static class ShownPages
{
    public static void Write(ImmutableArray<ShownDocument> documents, TextWriter page)
    {
        if (documents.IsEmpty)
            return;
        page.Write("<h3>Pages</h3>\n<p class=\"legend key\"><i style=\"border-color:#3f6fd0\"></i>painted <i style=\"border-color:#2e8b62\"></i>identifier, gone <i style=\"border-color:#c4453c\"></i>identifier, something left</p>\n");
        foreach (ShownDocument document in documents.OrderByDescending(document => document.Pages.Sum(one => one.Leaks.Length)))
        {
            if (document.Pages.IsEmpty)
                page.Write($"<details><summary><code>{Encode(document.Id.Reveal())}</code> <small>{Encode(document.Verdict.ToString())} {Encode(document.Code ?? "")}</small></summary></details>\n");
            foreach (ShownPage one in document.Pages)
                Write(document, one, page);
        }
    }

    private static void Write(ShownDocument document, ShownPage one, TextWriter page)
    {
        string open = one.Leaks.Any(leak => leak.IsReadable) ? " open" : "";
        page.Write($"<details{open}><summary><code>{Encode(document.Id.Reveal())}</code> <small>page {Number(one.Number)} · words left {Number(one.Leaks.Length)}, readable {Number(one.Leaks.Count(leak => leak.IsReadable))}</small></summary>\n");
        if (!one.Leaks.IsEmpty)
        {
            page.Write("<table><thead><tr><th>left<th>category<th>why<th>read by</tr></thead><tbody>\n");
            foreach (Leak leak in one.Leaks)
                page.Write($"<tr><td>{Encode(leak.Text.Reveal())}<td>{Encode(leak.Category.Name)}<td>{LeakWording.Of(leak.Cause)}<td>{(leak.IsReadable ? "a reader" : "an eye, perhaps")}</tr>\n");
            page.Write("</tbody></table>\n");
        }

        page.Write("<div class=\"pair\">");
        WriteSheet(page, one, one.Before, "as it arrived", place => true);
        WriteSheet(page, one, one.After, "as it was released", place => place.Role == PlaceRole.Left);
        page.Write("</div></details>\n");
    }

    private static void WriteSheet(TextWriter page, ShownPage one, ReadOnlyMemory<byte> image, string caption, Func<ShownPlace, bool> isOutlined)
    {
        page.Write($"<figure><figcaption>{caption}</figcaption><div class=\"sheet\"><img alt=\"\" src=\"data:image/png;base64,");
        page.Write(Convert.ToBase64String(image.Span));
        page.Write($"\"><svg viewBox=\"0 0 {one.Size.Width} {one.Size.Height}\">");
        foreach (ShownPlace place in one.Places.Where(isOutlined))
            page.Write($"<rect class=\"{Class(place.Role)}\" x=\"{place.Box.Left}\" y=\"{place.Box.Top}\" width=\"{place.Box.Width}\" height=\"{place.Box.Height}\"><title>{Encode(place.Title)}</title></rect>");
        page.Write("</svg></div></figure>");
    }

    private static string Class(PlaceRole role) => role switch
    {
        PlaceRole.Left => "left",
        PlaceRole.Gone => "gone",
        _ => "painted",
    };
}
