using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace MedRedact.Documents.Pdf;

/// <summary>How pages of PDF files become pixels, and bounds that <see cref="PipelineLimits"/> does not have. Validated when the host starts.</summary>
public sealed class PdfDocumentOptions
{
    /// <summary>The folder of poppler's programs (<c>pdftoppm</c>, <c>pdftotext</c>, <c>pdfinfo</c>). Default: the folders of <c>PATH</c>.</summary>
    public string? PopplerFolder { get; set; }

    /// <summary>Dots an inch of a page whose text is of ordinary size. Default: 200.</summary>
    [Range(100, 600)]
    public int OrdinaryDpi { get; set; } = 200;

    /// <summary>Dots an inch of a page with small text, or without a text layer to judge by. Default: 300. A page that is one scanned image keeps the
    /// pixels of the image.</summary>
    [Range(100, 600)]
    public int FineDpi { get; set; } = 300;

    /// <summary>Pages too large for the pixel limit are rendered coarser, down to this. Default: 100 dots an inch.</summary>
    [Range(50, 300)]
    public int LeastDpi { get; set; } = 100;

    /// <summary>An image of more dots an inch is rendered at these: no scanner of paper gives more, and a file may claim anything. Default: 600.</summary>
    [Range(300, 2400)]
    public int MostDpi { get; set; } = 600;

    /// <summary>Processor time that rendering one page may take, in seconds; reading its text layer may take half. Default: 6.</summary>
    [Range(2, 600)]
    public int ProcessorSeconds { get; set; } = 6;

    /// <summary>How long one program may take for one page. Default: 30 seconds.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Address space of one program beside that of the page's pixels, in bytes. Default: 320 MiB.</summary>
    [Range(64L << 20, 8L << 30)]
    public long MemoryBytes { get; set; } = 320L << 20;

    /// <summary>The longest side of a page in pixels. Default: 32,767, the most that Tesseract reads.</summary>
    [Range(1, 65_535)]
    public int MaxSide { get; set; } = 32_767;
}

[OptionsValidator]
internal sealed partial class PdfDocumentOptionsValidator : IValidateOptions<PdfDocumentOptions>;
