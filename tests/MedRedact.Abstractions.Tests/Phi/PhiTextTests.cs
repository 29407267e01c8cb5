using System.Buffers;
using System.Reflection;
using CsCheck;

namespace MedRedact.Tests;

public sealed class PhiTextTests
{
    [Fact]
    public void Is_a_private_copy()
    {
        char[] source = [.. "Jane Roe"];
        using PhiText text = PhiText.Copy(source);
        Array.Clear(source);
        Assert.Equal("Jane Roe", text.Read(0, static (span, _) => span.ToString()));
        Assert.Equal("‹phi›", $"{text}");
    }

    [Fact]
    public void Is_zeroed_by_disposal()
    {
        PhiText text = PhiText.Copy("Jane Roe");
        char[] array = Characters(text);
        Assert.Contains('J', array);

        text.Dispose();

        Assert.All(array, c => Assert.Equal('\0', c));
    }

    [Fact]
    public void Throws_after_disposal_however_it_is_read()
    {
        PhiText text = PhiText.Copy("Jane Roe");
        text.Dispose();
        text.Dispose();

        Assert.Throws<ObjectDisposedException>(() => text.Read(0, static (_, _) => { }));
        Assert.Throws<ObjectDisposedException>(() => text.Read(0, static (span, _) => span.Length));
        Assert.Throws<ObjectDisposedException>(() => text.Extract(new TextSpan(0, 4)));
    }

    [Fact]
    public async Task Is_not_zeroed_under_a_reader()
    {
        PhiText text = PhiText.Copy("Jane Roe");
        using var reading = new ManualResetEventSlim();
        using var finish = new ManualResetEventSlim();
        Task<string> reader = Task.Factory.StartNew(
            () => text.Read((reading, finish), static (span, gate) =>
            {
                gate.reading.Set();
                gate.finish.Wait(TestContext.Current.CancellationToken);
                return span.ToString();
            }),
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        reading.Wait(TestContext.Current.CancellationToken);
        Task disposal = Task.Factory.StartNew(
            text.Dispose, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.False(disposal.IsCompleted);
        finish.Set();

        Assert.Equal("Jane Roe", await reader);
        await disposal;
        Assert.Throws<ObjectDisposedException>(() => text.Read(0, static (_, _) => { }));
    }

    [Fact]
    public void Can_be_disposed_after_a_reader_threw()
    {
        PhiText text = PhiText.Copy("Jane Roe");
        Assert.Throws<InvalidOperationException>(() => text.Read(0, static (_, _) => throw new InvalidOperationException()));
        Assert.Throws<InvalidOperationException>(() => text.Read<int, int>(0, static (_, _) => throw new InvalidOperationException()));
        text.Dispose();
    }

    [Fact]
    public void Lets_readers_nest_and_run_side_by_side()
    {
        using PhiText text = PhiText.Copy("Jane Roe");
        int inner = text.Read(text, static (_, self) => self.Read(0, static (span, _) => span.Length));
        Assert.Equal(8, inner);
        Parallel.For(0, 64, _ => Assert.Equal(8, text.Read(0, static (span, _) => span.Length)));
    }

    [Fact]
    public void Extracts_exactly_the_span() => Gen.Select(Gen.String[0, 40], Gen.Int[0, 45], Gen.Int[0, 45]).Sample(
        (value, start, length) =>
        {
            using PhiText text = PhiText.Copy(value);
            if (start + length <= value.Length)
                Assert.Equal(value.Substring(start, length), text.Extract(new TextSpan(start, length)).Reveal());
            else
                Assert.Throws<ArgumentOutOfRangeException>(() => text.Extract(new TextSpan(start, length)));
        },
        iter: 300);

    private static char[] Characters(PhiText text) => (char[])typeof(PhiText)
        .GetField("_text", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(text)!;
}
