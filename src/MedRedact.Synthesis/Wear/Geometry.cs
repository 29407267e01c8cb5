namespace MedRedact.Synthesis;

internal static class Geometry
{
    /// <summary>Each new pixel is the mean of the area it covers.</summary>
    public static byte[] Shrink(ReadOnlySpan<byte> pixels, int width, int height, int newWidth, int newHeight)
    {
        var shrunk = new byte[newWidth * newHeight];
        double stepX = (double)width / newWidth, stepY = (double)height / newHeight;
        for (int y = 0; y < newHeight; y++)
        {
            double top = y * stepY, bottom = Math.Min(height, top + stepY);
            for (int x = 0; x < newWidth; x++)
            {
                double left = x * stepX, right = Math.Min(width, left + stepX), sum = 0, area = 0;
                for (int sourceY = (int)top; sourceY < bottom; sourceY++)
                {
                    double tall = Math.Min(bottom, sourceY + 1) - Math.Max(top, sourceY);
                    for (int sourceX = (int)left; sourceX < right; sourceX++)
                    {
                        double share = tall * (Math.Min(right, sourceX + 1) - Math.Max(left, sourceX));
                        sum += share * pixels[sourceY * width + sourceX];
                        area += share;
                    }
                }

                shrunk[y * newWidth + x] = (byte)(sum / area + 0.5);
            }
        }

        return shrunk;
    }

    /// <summary>Turns clockwise about the centre, with bilinear sampling.</summary>
    public static byte[] Rotate(byte[] pixels, int width, int height, double degrees)
    {
        var turned = new byte[pixels.Length];
        (double sin, double cos) = Math.SinCos(degrees * Math.PI / 180);
        double centreX = (width - 1) / 2.0, centreY = (height - 1) / 2.0;
        double At(int x, int y) => (uint)x < (uint)width && (uint)y < (uint)height ? pixels[y * width + x] : 255;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double fromX = (x - centreX) * cos + (y - centreY) * sin + centreX, fromY = (y - centreY) * cos - (x - centreX) * sin + centreY;
                int left = (int)Math.Floor(fromX), top = (int)Math.Floor(fromY);
                double right = fromX - left, down = fromY - top;
                double value = (At(left, top) * (1 - right) + At(left + 1, top) * right) * (1 - down) + (At(left, top + 1) * (1 - right) + At(left + 1, top + 1) * right) * down;
                turned[y * width + x] = (byte)(value + 0.5);
            }
        }

        return turned;
    }

    /// <summary>Where a box lands: the bounds of its turned corners, as the camera sees them where there is one.</summary>
    public static PixelBox Move(PixelBox box, double scale, double degrees, CameraView? view, int width, int height)
    {
        (double sin, double cos) = Math.SinCos(degrees * Math.PI / 180);
        double centreX = width / 2.0, centreY = height / 2.0;
        double left = double.MaxValue, top = double.MaxValue, right = double.MinValue, bottom = double.MinValue;
        foreach ((int cornerX, int cornerY) in (ReadOnlySpan<(int, int)>)[(box.Left, box.Top), (box.Right, box.Top), (box.Left, box.Bottom), (box.Right, box.Bottom)])
        {
            double x = cornerX * scale - centreX, y = cornerY * scale - centreY;
            double movedX = x * cos - y * sin + centreX, movedY = x * sin + y * cos + centreY;
            if (view is not null)
                (movedX, movedY) = view.Map(movedX, movedY);
            (left, right) = (Math.Min(left, movedX), Math.Max(right, movedX));
            (top, bottom) = (Math.Min(top, movedY), Math.Max(bottom, movedY));
        }

        // A whisker of tolerance: rounding must not grow a box that did not move.
        return PixelBox.Around(left + 1e-6, top + 1e-6, right - 1e-6, bottom - 1e-6).Within(width, height);
    }
}
