namespace MedRedact.Synthesis;

/// <summary>Changes of grey, in place.</summary>
internal static class Tone
{
    /// <summary>Darkens linearly towards one of the four corners.</summary>
    public static void Shade(byte[] pixels, int width, int height, double strength, int corner)
    {
        for (int y = 0; y < height; y++)
        {
            double down = (double)y / height;
            for (int x = 0; x < width; x++)
            {
                double across = (double)x / width;
                double distance = ((corner & 1) == 0 ? across : 1 - across) * 0.5 + ((corner & 2) == 0 ? down : 1 - down) * 0.5;
                ref byte pixel = ref pixels[y * width + x];
                pixel = (byte)(pixel * (1 - strength * distance) + 0.5);
            }
        }
    }

    /// <summary>Mean over a square; twice is close to gaussian.</summary>
    public static byte[] BoxBlur(byte[] pixels, int width, int height, int radius)
    {
        byte[] across = Pass(pixels, height, width, width, 1, radius);
        return Pass(across, width, height, 1, width, radius);
    }

    private static byte[] Pass(byte[] pixels, int lines, int length, int lineStep, int step, int radius)
    {
        var blurred = new byte[pixels.Length];
        int window = 2 * radius + 1;
        for (int line = 0; line < lines; line++)
        {
            int start = line * lineStep, sum = 0;
            for (int i = -radius; i <= radius; i++)
                sum += pixels[start + Math.Clamp(i, 0, length - 1) * step];
            for (int i = 0; i < length; i++)
            {
                blurred[start + i * step] = (byte)((sum + window / 2) / window);
                sum += pixels[start + Math.Min(length - 1, i + radius + 1) * step] - pixels[start + Math.Max(0, i - radius) * step];
            }
        }

        return blurred;
    }

    public static void FadeAndNoise(byte[] pixels, double fade, double noise, SeededRandom random)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            double value = 255 - (255 - pixels[i]) * (1 - fade) + (noise > 0 ? noise * random.Gaussian() : 0);
            pixels[i] = (byte)Math.Clamp(value + 0.5, 0, 255);
        }
    }

    public static void Punch(byte[] pixels, int width, int height, int dpi, int holes)
    {
        int radius = (int)(0.125 * dpi), centreX = (int)(0.3 * dpi);
        for (int hole = 0; hole < holes; hole++)
        {
            int centreY = height * (2 * hole + 1) / (2 * holes);
            for (int y = Math.Max(0, centreY - radius); y < Math.Min(height, centreY + radius); y++)
            {
                for (int x = Math.Max(0, centreX - radius); x < Math.Min(width, centreX + radius); x++)
                {
                    if ((x - centreX) * (x - centreX) + (y - centreY) * (y - centreY) < radius * radius)
                        pixels[y * width + x] = 12;
                }
            }
        }
    }

    public static void Threshold(byte[] pixels)
    {
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = pixels[i] < 165 ? (byte)0 : (byte)255;
    }

    public static void Speckle(byte[] pixels, double share, SeededRandom random)
    {
        long count = (long)(pixels.Length * share);
        for (long i = 0; i < count; i++)
        {
            ref byte pixel = ref pixels[(int)(random.Next() % (ulong)pixels.Length)];
            pixel = (byte)(255 - pixel);
        }
    }
}
