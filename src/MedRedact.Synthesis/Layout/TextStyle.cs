namespace MedRedact.Synthesis;

internal enum Face { Sans = 0, SansBold, Serif, SerifBold, Mono, MonoBold, Hand }

/// <param name="Face">Typeface.</param>
/// <param name="Size">Height in points.</param>
/// <param name="Shade">0 black to 255 white.</param>
internal readonly record struct TextStyle(Face Face, double Size, byte Shade = 0)
{
    public double LineHeight => Size * 1.22;

    public TextStyle Bold => this with { Face = Face switch { Face.Sans => Face.SansBold, Face.Serif => Face.SerifBold, Face.Mono => Face.MonoBold, _ => Face } };
}
