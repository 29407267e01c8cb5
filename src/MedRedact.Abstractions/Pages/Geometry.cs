namespace MedRedact;

/// <summary>The number of a page in its document, 1-based.</summary>
/// <param name="Value">1 or more.</param>
public readonly record struct PageNumber(int Value) : IComparable<PageNumber>
{
    /// <summary>The number, 1 or more.</summary>
    public int Value { get; } = Value >= 1 ? Value : throw new ArgumentOutOfRangeException(nameof(Value));

    /// <inheritdoc/>
    public int CompareTo(PageNumber other) => Value.CompareTo(other.Value);

    /// <summary>Whether one page comes before another.</summary>
    public static bool operator <(PageNumber left, PageNumber right) => left.Value < right.Value;

    /// <summary>Whether one page comes after another.</summary>
    public static bool operator >(PageNumber left, PageNumber right) => left.Value > right.Value;

    /// <summary>Whether one page comes before another or is the same.</summary>
    public static bool operator <=(PageNumber left, PageNumber right) => left.Value <= right.Value;

    /// <summary>Whether one page comes after another or is the same.</summary>
    public static bool operator >=(PageNumber left, PageNumber right) => left.Value >= right.Value;
}

/// <summary>The size of a page in pixels.</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
public readonly record struct PageSize(int Width, int Height);

/// <summary>A rectangle in whole pixels: origin top-left, y grows downward. Unless said otherwise, pixels of the upright original page.</summary>
/// <param name="Left">First column.</param>
/// <param name="Top">First row.</param>
/// <param name="Width">Columns; 0 or less is empty.</param>
/// <param name="Height">Rows; 0 or less is empty.</param>
public readonly record struct Box(int Left, int Top, int Width, int Height)
{
    // Edges saturate here, far beyond any page: a box that reaches further must still cover the page, not wrap round to nothing.
    private const int Farthest = (1 << 30) - 1;

    /// <summary>The column after the last.</summary>
    public int Right => Saturate((long)Left + Width);

    /// <summary>The row after the last.</summary>
    public int Bottom => Saturate((long)Top + Height);

    /// <summary>Whether the box covers no pixel.</summary>
    public bool IsEmpty => Width <= 0 || Height <= 0;

    /// <summary>Makes a box from its edges.</summary>
    /// <param name="left">First column.</param>
    /// <param name="top">First row.</param>
    /// <param name="right">Column after the last.</param>
    /// <param name="bottom">Row after the last.</param>
    /// <returns>The box.</returns>
    public static Box FromEdges(int left, int top, int right, int bottom)
    {
        (left, top) = (Saturate(left), Saturate(top));
        return new(left, top, Saturate(right) - left, Saturate(bottom) - top);
    }

    /// <summary>The part that lies in both boxes; empty where they do not meet.</summary>
    /// <param name="other">The other box.</param>
    /// <returns>The common part.</returns>
    public Box Intersect(Box other)
    {
        int left = Math.Max(Left, other.Left), top = Math.Max(Top, other.Top);
        return FromEdges(left, top, Math.Max(left, Math.Min(Right, other.Right)), Math.Max(top, Math.Min(Bottom, other.Bottom)));
    }

    /// <summary>The smallest box that covers both.</summary>
    /// <param name="other">The other box.</param>
    /// <returns>The covering box; the other one where one of them is empty.</returns>
    public Box Union(Box other) => IsEmpty ? other : other.IsEmpty
        ? this
        : FromEdges(Math.Min(Left, other.Left), Math.Min(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));

    /// <summary>Whether the boxes share a pixel.</summary>
    /// <param name="other">The other box.</param>
    /// <returns>Whether they overlap.</returns>
    public bool Overlaps(Box other) => !Intersect(other).IsEmpty;

    /// <summary>Grows the box on all four sides.</summary>
    /// <param name="pixels">How far.</param>
    /// <returns>The grown box.</returns>
    public Box Grow(int pixels) => FromEdges(
        Saturate((long)Left - pixels), Saturate((long)Top - pixels), Saturate((long)Right + pixels), Saturate((long)Bottom + pixels));

    private static int Saturate(long value) => (int)Math.Clamp(value, -Farthest, Farthest);
}

/// <summary>A half-open range of UTF-16 code units within one page's text.</summary>
/// <param name="Start">First unit, 0 or more.</param>
/// <param name="Length">Number of units, 0 or more; the span ends within the number range.</param>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>First unit.</summary>
    public int Start { get; } = Start >= 0 ? Start : throw new ArgumentOutOfRangeException(nameof(Start));

    /// <summary>Number of units.</summary>
    public int Length { get; } = Length >= 0 && Length <= int.MaxValue - Start ? Length : throw new ArgumentOutOfRangeException(nameof(Length));

    /// <summary>The unit after the last.</summary>
    public int End => Start + Length;

    /// <summary>Makes a span from its bounds.</summary>
    /// <param name="start">First unit.</param>
    /// <param name="end">Unit after the last; not before <paramref name="start"/>.</param>
    /// <returns>The span.</returns>
    public static TextSpan FromBounds(int start, int end) => new(start, end - start);

    /// <summary>Whether the spans share a unit.</summary>
    /// <param name="other">The other span.</param>
    /// <returns>Whether they overlap.</returns>
    public bool Overlaps(TextSpan other) => Math.Max(Start, other.Start) < Math.Min(End, other.End);

    /// <summary>Whether the other span lies wholly in this one.</summary>
    /// <param name="other">The other span.</param>
    /// <returns>Whether it is contained.</returns>
    public bool Contains(TextSpan other) => Start <= other.Start && other.End <= End;
}

/// <summary>A probability in [0, 1].</summary>
public readonly record struct Confidence : IComparable<Confidence>
{
    private Confidence(double value) => Value = value;

    /// <summary>1: no doubt.</summary>
    public static Confidence Certain { get; } = new(1);

    /// <summary>The probability.</summary>
    public double Value { get; }

    /// <summary>Checks and wraps a probability.</summary>
    /// <param name="value">0 to 1.</param>
    /// <returns>The confidence.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1] or not a number.</exception>
    public static Confidence Of(double value) => value is >= 0 and <= 1 ? new(value) : throw new ArgumentOutOfRangeException(nameof(value));

    /// <inheritdoc/>
    public int CompareTo(Confidence other) => Value.CompareTo(other.Value);

    /// <summary>Whether one is less sure than the other.</summary>
    public static bool operator <(Confidence left, Confidence right) => left.Value < right.Value;

    /// <summary>Whether one is surer than the other.</summary>
    public static bool operator >(Confidence left, Confidence right) => left.Value > right.Value;

    /// <summary>Whether one is at most as sure as the other.</summary>
    public static bool operator <=(Confidence left, Confidence right) => left.Value <= right.Value;

    /// <summary>Whether one is at least as sure as the other.</summary>
    public static bool operator >=(Confidence left, Confidence right) => left.Value >= right.Value;
}
