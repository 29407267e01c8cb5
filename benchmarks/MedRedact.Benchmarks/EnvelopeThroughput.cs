using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using MedRedact.Envelope;

namespace MedRedact.Benchmarks;

/// <summary>Sealing and opening a long envelope on one core, beside bare AES-256-GCM over the same chunks in the same run.</summary>
/// <remarks>Bounds: at least 800 MB/s, at most 256 KiB of managed memory for any length. Usage: <c>envelope [MiB]</c>, 512 by default.</remarks>
internal static class EnvelopeThroughput
{
    private const int Piece = 64 * 1024;
    private const int Rounds = 5;

    public static async Task<int> RunAsync(string[] args)
    {
        long length = (args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 512) * 1024 * 1024;
        byte[] key = RandomNumberGenerator.GetBytes(Cobblestone.KeySize);
        var place = new KeyContext(new KeyPurpose("benchmark"), StorageZone.Redacted, new TenantId("benchmark"), null);
        var sealer = new EnvelopeSealer(new FixedKeyWrapper());
        byte[] piece = RandomNumberGenerator.GetBytes(Piece);
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        try
        {
            double bare = 0, sealing = 0, opening = 0;
            long sealed0 = long.MaxValue, opened0 = long.MaxValue;
            for (int round = 0; round <= Rounds; round++)
            {
                double bareNow = Bare(key, piece, length);
                (double sealNow, long sealBytes) = await Measure(length, () => SealAsync(sealer, place, Stream.Null, piece, length));

                // A shorter envelope is opened again and again: what is measured is the reader, not the disk.
                await using (FileStream target = File.Create(file))
                    await SealAsync(sealer, place, target, piece, 8 * 1024 * 1024);

                (double openNow, long openBytes) = await Measure(length, () => OpenAsync(sealer, place, file, piece, length / (8 * 1024 * 1024)));
                if (round == 0)
                    continue;

                (bare, sealing, opening) = (Math.Max(bare, bareNow), Math.Max(sealing, sealNow), Math.Max(opening, openNow));
                (sealed0, opened0) = (Math.Min(sealed0, sealBytes), Math.Min(opened0, openBytes));
            }

            Print("bare AES-256-GCM, 16 KiB chunks", bare, $"");
            Print("openssl speed, aes-256-gcm, 16 KiB", OpenSsl(), $"");
            Print($"sealing {length >> 20} MiB", sealing, $"{sealing / bare:F2} x bare, {sealed0:N0} bytes allocated");
            Print($"opening {length >> 20} MiB in files of 8 MiB", opening, $"{opening / bare:F2} x bare, {opened0 / (length >> 23):N0} bytes allocated a file");
            return sealing >= 800 && opening >= 800 && sealed0 <= 256 * 1024 ? 0 : 1;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Print(string what, double megabytesPerSecond, FormattableString more) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-36} {megabytesPerSecond,8:F0} MB/s  {FormattableString.Invariant(more)}"));

    private static double Bare(byte[] key, byte[] piece, long length)
    {
        using var aes = new AesGcm(key, 16);
        byte[] nonce = new byte[12], tag = new byte[16], output = new byte[16 * 1024];
        long started = Stopwatch.GetTimestamp();
        for (long done = 0; done < length; done += output.Length)
            aes.Encrypt(nonce, piece.AsSpan(0, output.Length), output, tag);

        return length / 1e6 / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>What the library that the platform calls does by its own measure; 0 where its program is not installed.</summary>
    private static double OpenSsl()
    {
        try
        {
            using var program = Process.Start(new ProcessStartInfo("openssl", "speed -elapsed -seconds 2 -bytes 16384 -mr -evp aes-256-gcm")
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            _ = program.StandardError.ReadToEndAsync();
            string? last = program.StandardOutput.ReadToEnd().Split('\n').LastOrDefault(line => line.StartsWith("+F:", StringComparison.Ordinal));
            program.WaitForExit();
            return last is null ? 0 : double.Parse(last[(last.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture) / 1e6;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return 0;
        }
    }

    private static async Task<(double MegabytesPerSecond, long Allocated)> Measure(long length, Func<Task> work)
    {
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long started = Stopwatch.GetTimestamp();
        await work();
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return (length / 1e6 / seconds, GC.GetTotalAllocatedBytes(precise: true) - allocated);
    }

    private static async Task SealAsync(EnvelopeSealer sealer, KeyContext place, Stream target, byte[] piece, long length)
    {
        await using Stream writer = await sealer.OpenWriteAsync(target, place);
        for (long done = 0; done < length; done += piece.Length)
            await writer.WriteAsync(piece);
    }

    private static async Task OpenAsync(EnvelopeSealer sealer, KeyContext place, string file, byte[] piece, long times)
    {
        for (long i = 0; i < times; i++)
        {
            // Read on this thread: an asynchronous file read would measure the thread pool.
            await using Stream reader = await sealer.OpenReadAsync(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1), place);
            while (reader.Read(piece) > 0)
            {
            }
        }
    }

    /// <summary>Wraps nothing: the key provider is not what is measured.</summary>
    private sealed class FixedKeyWrapper : IKeyWrapper
    {
        public ValueTask<WrappedKey> WrapAsync(ReadOnlyMemory<byte> dataKey, KeyContext context, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(new WrappedKey(new KeyId("benchmark"), dataKey.ToArray()));

        public ValueTask<IMemoryOwner<byte>> UnwrapAsync(WrappedKey dataKey, KeyContext context, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<IMemoryOwner<byte>>(SecretBuffer.Copy(dataKey.Blob.Span));
    }
}
