namespace MedRedact.Synthesis;

/// <summary>Ink that is not text but may identify or carry meaning.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Box">The rectangle of its ink on the page.</param>
/// <param name="IsPhi">Whether it must go: a barcode of a record number, a handwritten signature, a portrait.</param>
/// <param name="IsChecked">For a check box: whether it is ticked.</param>
public sealed record TruthMark(MarkKind Kind, PixelBox Box, bool IsPhi, bool IsChecked = false);

/// <summary>Kinds of <see cref="TruthMark"/>.</summary>
public enum MarkKind
{
    /// <summary>A Code 39 barcode of the record number.</summary>
    Barcode = 0,

    /// <summary>A handwritten signature.</summary>
    Signature,

    /// <summary>A drawn portrait, as on a face sheet.</summary>
    Portrait,

    /// <summary>A check box on a form.</summary>
    CheckBox,
}
