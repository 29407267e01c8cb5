using System.Globalization;
using System.Text.Encodings.Web;

namespace MedRedact.Evaluation;

/// <summary>What all report pages share: one file, no script, nothing loaded from elsewhere.</summary>
internal static class ReportFrame
{
    /// <summary>Opens the page.</summary>
    /// <param name="page">Where it goes.</param>
    /// <param name="title">Its title.</param>
    /// <param name="lead">What stands under the title, as HTML.</param>
    /// <param name="showsImages">Whether images stand in the page itself.</param>
    public static void Begin(TextWriter page, string title, string lead, bool showsImages = false)
    {
        page.Write("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'");
        page.Write(showsImages ? "; img-src data:" : "");
        page.Write($"\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{Encode(title)}</title>\n<style>\n");
        page.Write(PageStyle.Css);
        page.Write(showsImages ? PageStyle.ImageCss : "");
        page.Write($"</style></head>\n<body><main>\n<header><h1>{Encode(title)}</h1><p>{lead}</p></header>\n");
    }

    /// <summary>Closes the page.</summary>
    public static void End(TextWriter page, string footer) => page.Write($"<footer><p>{footer}</p></footer>\n</main></body></html>\n");

    public static void Tile(TextWriter page, string what, string figure, string beneath) =>
        page.Write($"<div class=\"tile\"><span>{what}</span><b>{figure}</b><small>{beneath}</small></div>");

    public static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    public static string Percent(double? share, string format = "0.0") =>
        share is { } value ? (100 * value).ToString(format, CultureInfo.InvariantCulture) + " %" : "–";

    public static string Number(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Interval(Proportion share, string none = "none") => share.Of == 0
        ? none
        : string.Create(CultureInfo.InvariantCulture, $"{100 * share.Low:0.0} to {100 * share.High:0.0} %, of {Number(share.Of)}");
}
