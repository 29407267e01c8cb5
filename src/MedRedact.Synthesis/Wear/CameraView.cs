namespace MedRedact.Synthesis;

/// <summary>A sheet in the frame of a camera that is held aslant: where its points come to lie, and what the frame shows.</summary>
internal sealed class CameraView
{
    private const double Margin = 0.03, MostTurn = 2.5;   // of the frame; degrees
    private const int DeskGrey = 66, DeskGrain = 6;

    private readonly int _width, _height, _seed;
    private readonly double _farX, _farY, _sin, _cos;   // how fast the sheet recedes along each of its axes, and how it is turned
    private readonly double _zoom = 1, _shiftX, _shiftY;

    public CameraView(int width, int height, double slant, int seed)
    {
        (_width, _height, _seed) = (width, height, seed);
        var random = SeededRandom.For("camera", seed);
        double amount = slant * (0.6 + 0.4 * random.Unit()), aside = slant * 0.35 * (2 * random.Unit() - 1);
        bool isAcross = random.Chance(0.35), isReverse = random.Chance(0.4);
        double along = Recession(amount) * (isReverse ? 1 : -1), across = Recession(Math.Abs(aside)) * Math.Sign(aside);
        (_farX, _farY) = isAcross ? (along * 2 / width, across * 2 / height) : (across * 2 / width, along * 2 / height);
        (_sin, _cos) = Math.SinCos(MostTurn * (2 * random.Unit() - 1) * Math.PI / 180);

        (double X, double Y)[] corners = [Map(0, 0), Map(width, 0), Map(width, height), Map(0, height)];
        double left = corners.Min(corner => corner.X), top = corners.Min(corner => corner.Y), right = corners.Max(corner => corner.X), bottom = corners.Max(corner => corner.Y);
        _zoom = Math.Min(width * (1 - 2 * Margin) / (right - left), height * (1 - 2 * Margin) / (bottom - top));
        (_shiftX, _shiftY) = (width / 2.0 - (left + right) / 2 * _zoom, height / 2.0 - (top + bottom) / 2 * _zoom);
    }

    /// <summary>Where a point of the sheet lies in the frame; both in pixels from the corner.</summary>
    public (double X, double Y) Map(double x, double y)
    {
        double fromX = x - _width / 2.0, fromY = y - _height / 2.0, far = 1 + _farX * fromX + _farY * fromY;
        (fromX, fromY) = (fromX / far, fromY / far);
        return ((fromX * _cos - fromY * _sin) * _zoom + _shiftX, (fromX * _sin + fromY * _cos) * _zoom + _shiftY);
    }

    /// <summary>The frame, with bilinear sampling.</summary>
    public byte[] Take(byte[] sheet)
    {
        var random = SeededRandom.For("desk", _seed);
        double light = 24 * (2 * random.Unit() - 1) / _width;
        var frame = new byte[sheet.Length];
        for (int y = 0; y < _height; y++)
        {
            for (int x = 0; x < _width; x++)
            {
                double desk = DeskGrey + light * (x - _width / 2.0) + random.Between(-DeskGrain, DeskGrain);
                (double fromX, double fromY) = Back(x + 0.5, y + 0.5);
                frame[y * _width + x] = (byte)(Sample(sheet, fromX - 0.5, fromY - 0.5, desk) + 0.5);
            }
        }

        return frame;
    }

    private (double X, double Y) Back(double x, double y)
    {
        (x, y) = ((x - _shiftX) / _zoom, (y - _shiftY) / _zoom);
        (x, y) = (x * _cos + y * _sin, y * _cos - x * _sin);
        double near = 1 - _farX * x - _farY * y;
        return (x / near + _width / 2.0, y / near + _height / 2.0);
    }

    private double Sample(byte[] sheet, double x, double y, double desk)
    {
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
        if (left < -1 || top < -1 || left >= _width || top >= _height)
            return desk;

        double right = x - left, down = y - top;
        double At(int column, int row) => (uint)column < (uint)_width && (uint)row < (uint)_height ? sheet[row * _width + column] : desk;
        return (At(left, top) * (1 - right) + At(left + 1, top) * right) * (1 - down) + (At(left, top + 1) * (1 - right) + At(left + 1, top + 1) * right) * down;
    }

    /// <summary>How much farther the far edge lies than the middle, where it looks shorter than the near edge by a share.</summary>
    private static double Recession(double share) => share / (2 - share);
}
