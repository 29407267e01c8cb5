using System.Security.Cryptography;
using System.Text;

namespace MedRedact.Envelope.Tests;

public sealed class CobblestoneVectorTests
{
    private const string PublicSet = "vectors/wycheproof/c2sp_chunked_encryption_aes_256_gcm_test.json";

    [Fact]
    public async Task Agrees_with_every_public_vector_in_every_way_of_reading()
    {
        string? path = OptionalData.Find(PublicSet);
        Assert.SkipWhen(path is null, "The public Cobblestone vectors are not beside the repository.");

        int count = 0;
        foreach (CobblestoneVector vector in CobblestoneVector.ReadAll(path))
        {
            await Check(vector, () => new MemoryStream(vector.Ciphertext), ReadAllAsync);
            await Check(vector, () => new TrickleStream(vector.Ciphertext, 70_001), ReadAllAsync);
            await Check(vector, () => new TrickleStream(vector.Ciphertext, 4_099), ReadAllSync);
            await Check(vector, () => new MemoryStream(vector.Ciphertext), ReadBackwards);
            count++;
        }

        Assert.Equal(35, count);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("context", "Cobblestone")]
    public async Task Opens_the_vectors_of_the_format_page(string context, string message)
    {
        byte[] ciphertext = FormatPage.Ciphertext(context, message);

        byte[] opened = await Messages.OpenAsync(new MemoryStream(ciphertext), FormatPage.Key, Encoding.ASCII.GetBytes(context));

        Assert.Equal(message, Encoding.ASCII.GetString(opened));
    }

    private static async Task Check(CobblestoneVector vector, Func<Stream> ciphertext, Func<Stream, MemoryStream, Task> read)
    {
        using var produced = new MemoryStream();
        MedRedactException? refused = null;
        try
        {
            await using Stream reader = await Cobblestone.OpenReadAsync(ciphertext(), vector.Key, vector.Context);
            try
            {
                await read(reader, produced);
            }
            catch (MedRedactException)
            {
                // Once refused, refused for good.
                Assert.ThrowsAny<MedRedactException>(() => reader.ReadByte());
                throw;
            }
        }
        catch (MedRedactException fault)
        {
            refused = fault;
        }

        string label = $"vector {vector.Id}";
        Assert.True(vector.Valid == (refused is null), label);
        Assert.True(produced.Length <= (vector.MessageLength ?? 0), label);
        if (vector.Valid)
            Assert.Equal(vector.MessageSha512, SHA512.HashData(produced.ToArray()));
        else
            Assert.Equal(Faults.CannotOpen, refused!.Code);
    }

    private static Task ReadAllAsync(Stream reader, MemoryStream produced) => reader.CopyToAsync(produced);

    private static Task ReadAllSync(Stream reader, MemoryStream produced)
    {
        reader.CopyTo(produced);
        return Task.CompletedTask;
    }

    private static async Task ReadBackwards(Stream reader, MemoryStream produced)
    {
        const int Step = 25_000;
        byte[] message = new byte[reader.Length];
        for (int at = message.Length / Step * Step; at >= 0; at -= Step)
        {
            reader.Position = at;
            await reader.ReadExactlyAsync(message.AsMemory(at, Math.Min(Step, message.Length - at)));
        }

        produced.Write(message);
    }
}
