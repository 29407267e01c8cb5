namespace MedRedact.Tests;

public sealed class SourceDocumentTests
{
    [Theory]
    [InlineData("/nowhere/ROE_JANE_1960-01-02.tif")]
    [InlineData("")]
    [InlineData("ROE\0JANE")]
    public async Task A_file_that_cannot_be_opened_is_a_coded_fault_without_its_path(string path)
    {
        await using SourceDocument source = SourceDocument.FromFile(Phi.Of(path));

        MedRedactException fault = await Assert.ThrowsAsync<MedRedactException>(async () => await source.RevealAsync(TestContext.Current.CancellationToken));

        Assert.Equal(SourceFaults.FileNotOpened, fault.Code);
        Assert.Null(fault.InnerException);
        Assert.DoesNotContain("ROE", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_is_not_a_file()
    {
        await using SourceDocument source = SourceDocument.FromFile(Phi.Of(AppContext.BaseDirectory));
        MedRedactException fault = await Assert.ThrowsAsync<MedRedactException>(async () => await source.RevealAsync(TestContext.Current.CancellationToken));
        Assert.Equal(SourceFaults.FileIsFolder, fault.Code);
    }

    [Fact]
    public async Task A_file_without_bytes_is_a_coded_fault()
    {
        string path = Path.GetTempFileName();
        await using SourceDocument source = SourceDocument.FromFile(Phi.Of(path));
        MedRedactException fault = await Assert.ThrowsAsync<MedRedactException>(async () => await source.RevealAsync(TestContext.Current.CancellationToken));
        File.Delete(path);
        Assert.Equal(SourceFaults.FileWithoutBytes, fault.Code);
    }

    [Fact]
    public async Task A_file_opens_anew_each_time_and_its_name_is_wrapped()
    {
        await using SourceDocument source = SourceDocument.FromFile(Phi.Of(typeof(SourceDocumentTests).Assembly.Location));
        for (int i = 0; i < 2; i++)
        {
            await using Stream content = await source.RevealAsync(TestContext.Current.CancellationToken);
            Assert.Equal('M', content.ReadByte());
        }

        Assert.Equal("MedRedact.Abstractions.Tests.dll", source.OriginalName!.Value.Reveal());
        Assert.DoesNotContain("MedRedact.Abstractions.Tests.dll", $"{source.OriginalName} {source}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_is_read_once_and_disposed_with_the_document()
    {
        var content = new MemoryStream([1, 2, 3]);
        SourceDocument source = SourceDocument.FromStream(content);
        Assert.Same(content, await source.RevealAsync(TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await source.RevealAsync(TestContext.Current.CancellationToken));
        await source.DisposeAsync();
        Assert.False(content.CanRead);
    }

    [Fact]
    public void Document_ids_are_new_ordered_in_time_and_safe_as_folder_names()
    {
        DocumentId first = DocumentId.Create(TimeProvider.System), second = DocumentId.Create(TimeProvider.System);
        Assert.NotEqual(first, second);
        Assert.Equal(32, first.ToString().Length);
        Assert.All(first.ToString(), c => Assert.True(char.IsAsciiHexDigitLower(c)));
        Assert.Equal(7, first.Value.Version);
    }
}
