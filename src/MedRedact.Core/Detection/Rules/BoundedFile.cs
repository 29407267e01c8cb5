namespace MedRedact.Detection;

/// <summary>Reads a file of rules or templates, and of a larger one only so much that it is seen to be too large.</summary>
internal static class BoundedFile
{
    public static byte[] Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        byte[] bytes = new byte[Math.Clamp(file.Length, 0, JsonAt.MaxBytes + 1)];
        int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes[..length];
    }
}
