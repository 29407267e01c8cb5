using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace MedRedact.Documents.Images;

/// <summary>Bounds of image files that <see cref="PipelineLimits"/> does not have. Validated when the host starts.</summary>
public sealed class ImageDocumentOptions
{
    /// <summary>The longest side of a page in pixels. Default: 32,767, the most that Tesseract reads.</summary>
    [Range(1, 65_535)]
    public int MaxSide { get; set; } = 32_767;

    /// <summary>Directories of one TIFF, sub-directories included. Default: 1,000.</summary>
    [Range(1, 100_000)]
    public int MaxDirectories { get; set; } = 1_000;
}

[OptionsValidator]
internal sealed partial class ImageDocumentOptionsValidator : IValidateOptions<ImageDocumentOptions>;
