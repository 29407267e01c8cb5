namespace MedRedact.Synthesis;

/// <summary>What paper, copier, fax and camera do to a page. The steps run in the order of the members; zero leaves a step out.</summary>
public sealed record Degradation
{
    /// <summary>Resolution to scan at, in pixels an inch; 0 or anything above the page's own leaves it as drawn.</summary>
    public int Dpi { get; init; }

    /// <summary>Skew in degrees, clockwise, within -45 to 45; the page keeps its size and what turns in is white.</summary>
    public double RotationDegrees { get; init => field = value is >= -45 and <= 45 ? value : throw new ArgumentOutOfRangeException(nameof(value)); }

    /// <summary>A camera held aslant over a sheet on a dark desk: how much shorter than the near edge of the sheet its far edge looks, as a share within 0 to 0.5. Which edge
    /// is far, how much of that it is (three fifths to all), and how the sheet lies follow the seed; the frame keeps the size of the page.</summary>
    public double Slant { get; init => field = value is >= 0 and <= 0.5 ? value : throw new ArgumentOutOfRangeException(nameof(value)); }

    /// <summary>Loss of light towards one corner, as a share of white: 0.35 leaves 65 % there.</summary>
    public double UnevenLight { get; init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value)); }

    /// <summary>Radius of blur in pixels.</summary>
    public int Blur { get; init => field = value is >= 0 and <= 10 ? value : throw new ArgumentOutOfRangeException(nameof(value)); }

    /// <summary>Share of contrast lost: 0.4 turns black into 40 % grey.</summary>
    public double Fade { get; init => field = value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(value)); }

    /// <summary>Standard deviation of gaussian noise in grey levels.</summary>
    public double Noise { get; init => field = value is >= 0 and <= 128 ? value : throw new ArgumentOutOfRangeException(nameof(value)); }

    /// <summary>Punch holes in the left margin, as black discs.</summary>
    public int PunchHoles { get; init => field = value is >= 0 and <= 8 ? value : throw new ArgumentOutOfRangeException(nameof(value)); }

    /// <summary>Only black and white remain, as a fax sends.</summary>
    public bool Bilevel { get; init; }

    /// <summary>Share of pixels turned to the opposite, 0.01 for a bad line.</summary>
    public double Speckle { get; init => field = value is >= 0 and <= 0.5 ? value : throw new ArgumentOutOfRangeException(nameof(value)); }

    /// <summary>JPEG quality from 1 to 100 to pass through; 0 for none.</summary>
    public int JpegQuality { get; init => field = value is >= 0 and <= 100 ? value : throw new ArgumentOutOfRangeException(nameof(value)); }

    /// <summary>As drawn.</summary>
    public static Degradation None { get; } = new();

    /// <summary>A good office scanner: a little skew, a little noise.</summary>
    public static Degradation Scan { get; } = new() { RotationDegrees = 0.4, Noise = 6, JpegQuality = 80 };

    /// <summary>A fax: 200 dpi or less, black and white, skewed and speckled.</summary>
    public static Degradation Fax { get; } = new() { Dpi = 200, RotationDegrees = -0.7, Noise = 14, Bilevel = true, Speckle = 0.002 };

    /// <summary>A copy of a copy: faded, blurred, punched.</summary>
    public static Degradation Photocopy { get; } = new() { RotationDegrees = 0.9, Blur = 1, Fade = 0.3, Noise = 10, PunchHoles = 3, JpegQuality = 65 };

    /// <summary>A picture by telephone: uneven light, more skew, strong compression.</summary>
    public static Degradation Phone { get; } = new() { RotationDegrees = -1.6, UnevenLight = 0.28, Blur = 1, Noise = 6, JpegQuality = 50 };

    /// <summary>A picture by telephone from aside: as <see cref="Phone"/>, the sheet a trapezoid on a dark desk.</summary>
    public static Degradation PhoneAslant { get; } = Phone with { RotationDegrees = 0, Slant = 0.2 };
}
