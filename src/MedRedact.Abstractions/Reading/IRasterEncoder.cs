namespace MedRedact;

/// <summary>Writes a raster from its pixels alone: no metadata, no thumbnail, nothing after the end marker. Thread-safe.</summary>
public interface IRasterEncoder
{
    /// <summary>What it writes, e.g. <c>image/png</c>.</summary>
    MediaType MediaType { get; }

    /// <summary>Encodes a raster.</summary>
    /// <param name="raster">Borrowed for the call.</param>
    /// <param name="destination">Written from its present position and left open.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <returns>A task that ends when all is written.</returns>
    ValueTask EncodeAsync(Raster raster, Stream destination, CancellationToken cancellationToken = default);
}

/// <summary>Draws the short label of a replacement into a box that the core has already painted in a light, uniform grey. Thread-safe.</summary>
public interface ILabelPainter
{
    /// <summary>Draws black letters, if they can be legible.</summary>
    /// <param name="raster">Its pixels are changed inside <paramref name="box"/> only.</param>
    /// <param name="box">The filled box, in pixels of the raster.</param>
    /// <param name="label">What to draw, printable ASCII.</param>
    /// <returns><see langword="false"/>, with nothing drawn, when the box is too small for legible letters.</returns>
    bool TryPaintLabel(Raster raster, Box box, string label);
}
