namespace MedRedact.Synthesis;

/// <summary>One drawn word: a run of characters without white space.</summary>
/// <param name="Text">The characters as they stand in the record's text.</param>
/// <param name="Start">First UTF-16 code unit, counted from the start of <see cref="SyntheticRecord.Text"/>.</param>
/// <param name="Line">The line of its page, from 0; a line of the text, so the cells of one row share it.</param>
/// <param name="Block">The block of its page (lines without an empty line between them), from 0.</param>
/// <param name="Box">The rectangle of its ink on the page.</param>
/// <param name="IsPhi">Whether at least one of its characters belongs to an identifier that must go.</param>
/// <param name="Category">The category of that identifier (or of one that may stay), or <see langword="null"/>.</param>
public sealed record TruthWord(string Text, int Start, int Line, int Block, PixelBox Box, bool IsPhi, string? Category)
{
    /// <summary>One past the last UTF-16 code unit.</summary>
    public int End => Start + Text.Length;
}
