using CsCheck;

namespace MedRedact.Envelope.Tests;

public sealed class CobblestoneTests
{
    private static readonly byte[] Key = FormatPage.Key;
    private static readonly byte[] Context = [1, 2, 3];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16_383)]
    [InlineData(16_384)]
    [InlineData(16_385)]
    [InlineData(49_152)]
    [InlineData(98_304)]
    [InlineData(200_000)]
    public async Task Opens_what_it_sealed_at_every_edge_of_a_chunk_and_a_batch(int length)
    {
        byte[] message = Messages.Of(length);

        byte[] ciphertext = await Messages.SealAsync(message, Key, Context);

        Assert.Equal(Cobblestone.CiphertextLength(length), ciphertext.Length);
        Assert.Equal(message, await Messages.OpenAsync(new MemoryStream(ciphertext), Key, Context));
        Assert.Equal(message, await Messages.OpenAsync(new TrickleStream(ciphertext, 1_000), Key, Context));
    }

    [Fact]
    public void The_pieces_of_writing_and_reading_do_not_matter() =>
        Gen.Select(Gen.Int[0, 120_000], Gen.Int[1, 40_000], Gen.Int[1, 40_000]).Sample(
            (length, writePiece, readPiece) =>
            {
                byte[] message = Messages.Of(length);
                using var ciphertext = new MemoryStream();
                using (Stream writer = Sync(Cobblestone.OpenWriteAsync(ciphertext, Key, Context)))
                {
                    for (int at = 0; at < length; at += writePiece)
                        writer.Write(message, at, Math.Min(writePiece, length - at));
                }

                ciphertext.Position = 0;
                using Stream reader = Sync(Cobblestone.OpenReadAsync(ciphertext, Key, Context));
                byte[] opened = new byte[length];
                for (int at = 0; at < length; at += readPiece)
                    reader.ReadExactly(opened.AsSpan(at, Math.Min(readPiece, length - at)));

                return reader.ReadByte() == -1 && opened.AsSpan().SequenceEqual(message);
            },
            seed: "0000CobbleStn",
            iter: 40);

    [Fact]
    public async Task Any_place_can_be_read_alone()
    {
        byte[] message = Messages.Of(150_000);
        byte[] ciphertext = await Messages.SealAsync(message, Key, Context);
        await using Stream reader = await Cobblestone.OpenReadAsync(new MemoryStream(ciphertext), Key, Context);

        Assert.Equal(message.Length, reader.Length);
        Gen.Int[0, message.Length].Sample(
            at =>
            {
                reader.Position = at;
                byte[] piece = new byte[Math.Min(100, message.Length - at)];
                reader.ReadExactly(piece);
                return piece.AsSpan().SequenceEqual(message.AsSpan(at, piece.Length));
            },
            iter: 200,
            threads: 1);
        reader.Seek(0, SeekOrigin.End);
        Assert.Equal(-1, reader.ReadByte());
        reader.Seek(10, SeekOrigin.End);
        Assert.Equal(-1, reader.ReadByte());
    }

    [Fact]
    public async Task The_ciphertext_may_start_anywhere_in_its_stream()
    {
        byte[] message = Messages.Of(40_000);
        byte[] ciphertext = await Messages.SealAsync(message, Key, Context);
        var stream = new MemoryStream([.. new byte[77], .. ciphertext]) { Position = 77 };

        Assert.Equal(message, await Messages.OpenAsync(stream, Key, Context));
    }

    [Fact]
    public async Task A_cut_at_any_chunk_edge_is_refused_before_a_byte_is_given_out_of_a_seekable_stream()
    {
        byte[] ciphertext = await Messages.SealAsync(Messages.Of(70_000), Key, Context);
        for (int chunks = 0; chunks < 4; chunks++)
        {
            byte[] cut = ciphertext[..(Cobblestone.HeaderSize + chunks * 16_400)];

            await Assert.ThrowsAnyAsync<MedRedactException>(async () => await Cobblestone.OpenReadAsync(new MemoryStream(cut), Key, Context));
            await Assert.ThrowsAnyAsync<MedRedactException>(() => Messages.OpenAsync(new TrickleStream(cut, 9_999), Key, Context));
        }
    }

    [Fact]
    public async Task A_failed_write_leaves_an_envelope_that_no_reader_accepts()
    {
        var disk = new FailingStream(failAfter: 50_000);
        Stream writer = await Cobblestone.OpenWriteAsync(disk, Key, Context);
        await Assert.ThrowsAsync<IOException>(async () => await writer.WriteAsync(Messages.Of(100_000)));
        disk.Heal();

        MedRedactException again = await Assert.ThrowsAnyAsync<MedRedactException>(async () => await writer.WriteAsync(new byte[1]));
        await writer.DisposeAsync();

        Assert.Equal(Faults.Incomplete, again.Code);
        await Assert.ThrowsAnyAsync<MedRedactException>(() => Messages.OpenAsync(new MemoryStream(disk.ToArray()), Key, Context));
    }

    [Fact]
    public async Task Two_seals_of_one_message_share_no_salt_and_no_chunk()
    {
        byte[] first = await Messages.SealAsync(new byte[100], Key, Context);
        byte[] second = await Messages.SealAsync(new byte[100], Key, Context);

        Assert.NotEqual(first[..24], second[..24]);
        Assert.NotEqual(first[Cobblestone.HeaderSize..], second[Cobblestone.HeaderSize..]);
    }

    [Fact]
    public async Task A_reader_gives_nothing_after_it_is_disposed()
    {
        Stream reader = await Cobblestone.OpenReadAsync(new MemoryStream(await Messages.SealAsync([1, 2], Key, Context)), Key, Context);
        await reader.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => reader.ReadByte());
    }

    private static Stream Sync(ValueTask<Stream> opening) => opening.AsTask().GetAwaiter().GetResult();
}
