using SkiaSharp;

namespace MedRedact.Synthesis;

internal static class ShapeArtist
{
    public static void Draw(SKCanvas canvas, Shape shape, float scale)
    {
        using var paint = new SKPaint
        {
            Color = new SKColor(shape.Shade, shape.Shade, shape.Shade),
            IsAntialias = shape.Kind is not ShapeKind.Fill,
            Style = shape.Kind is ShapeKind.Fill ? SKPaintStyle.Fill : SKPaintStyle.Stroke,
            StrokeWidth = (float)shape.Stroke * scale,
            StrokeCap = shape.Kind is ShapeKind.Ink ? SKStrokeCap.Round : SKStrokeCap.Butt,
        };
        float x = (float)shape.X * scale, y = (float)shape.Y * scale, width = (float)shape.Width * scale, height = (float)shape.Height * scale;
        switch (shape.Kind)
        {
            case ShapeKind.Line:
                canvas.DrawLine(x, y, x + width, y + height, paint);
                break;
            case ShapeKind.Ink when shape.HandText is { } name:
                using (SKFont font = Typefaces.Font(Face.Hand, width))
                {
                    paint.Style = SKPaintStyle.Fill;
                    canvas.DrawText(name, x, y, SKTextAlign.Left, font, paint);
                }

                break;
            case ShapeKind.Ink:
                DrawStroke(canvas, shape.Points, scale, paint);
                break;
            default:
                canvas.DrawRect(x, y, width, height, paint);
                break;
        }
    }

    private static void DrawStroke(SKCanvas canvas, IReadOnlyList<(double X, double Y)> points, float scale, SKPaint paint)
    {
        using var builder = new SKPathBuilder();
        SKPoint At(int index) => new((float)points[index].X * scale, (float)points[index].Y * scale);
        builder.MoveTo(At(0));
        for (int i = 1; i < points.Count; i++)
        {
            SKPoint before = At(i - 1), next = At(i);
            builder.QuadTo(before, new SKPoint((before.X + next.X) / 2, (before.Y + next.Y) / 2));
        }

        builder.LineTo(At(points.Count - 1));
        using SKPath path = builder.Detach();
        canvas.DrawPath(path, paint);
    }
}
