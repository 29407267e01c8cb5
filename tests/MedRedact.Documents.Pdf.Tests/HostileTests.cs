using System.Text;
using CsCheck;

namespace MedRedact.Documents.Pdf.Tests;

/// <summary>Files that are broken or meant to break something end in a code, and soon.</summary>
public sealed class HostileTests
{
    private static readonly byte[] Sound = PdfFiles.OnePage("BT /F 20 Tf 90 110 Td (WORD) Tj ET").ToBytes();

    public HostileTests() => Reading.NeedsPoppler();

    [Fact]
    public async Task Bytes_without_the_header_are_left_to_other_readers()
    {
        Inspection inspection = await Reading.InspectAsync(new byte[5000]);
        Assert.True(inspection.Unrecognized);
        Assert.Null(inspection.Rejection);
    }

    [Fact]
    public async Task A_header_that_is_not_at_the_start_is_refused() =>
        Assert.Equal(PdfFaults.Malformed, await Reading.RejectionAsync([.. new byte[500], .. Sound]));

    [Fact]
    public async Task Another_file_behind_the_end_is_refused() =>
        Assert.Equal(PdfFaults.Trailing, await Reading.RejectionAsync([.. Sound, .. "PK\u0003\u0004"u8, .. new byte[5000]]));

    [Fact]
    public async Task A_page_tree_that_leads_back_is_refused() => Assert.Equal(
        PdfFaults.Loop, await Reading.RejectionAsync(PdfFiles.OnePage("").Object(2, "<< /Type /Pages /Count 2 /Kids [3 0 R 2 0 R] >>").ToBytes()));

    [Fact]
    public async Task A_page_that_stands_twice_is_refused() => Assert.Equal(
        PdfFaults.Loop, await Reading.RejectionAsync(PdfFiles.OnePage("").Object(2, "<< /Type /Pages /Count 2 /Kids [3 0 R 3 0 R] >>").ToBytes()));

    [Fact]
    public async Task Cross_references_that_lead_back_are_refused()
    {
        string text = Encoding.Latin1.GetString(Sound);
        string start = text[(text.LastIndexOf("startxref", StringComparison.Ordinal) + 10)..].Split('\n')[0];
        Assert.Equal(PdfFaults.Loop, await Reading.RejectionAsync(Encoding.Latin1.GetBytes(text.Replace("/Root 1 0 R", $"/Root 1 0 R /Prev {start}", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_hundred_thousand_pages_are_refused()
    {
        PdfFiles file = PdfFiles.OnePage("");
        var kids = new StringBuilder();
        for (int page = 10; page < 100_010; page++)
        {
            file.Object(page, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>");
            kids.Append(page).Append(" 0 R ");
        }

        Assert.Equal(PdfFaults.TooManyPages, await Reading.RejectionAsync(file.Object(2, $"<< /Type /Pages /Count 100000 /Kids [{kids}] >>").ToBytes()));
    }

    [Theory]
    [InlineData("[0 0 14400 14400]", PdfFaults.TooManyPixels)]
    [InlineData("[0 0 999999 2]", PdfFaults.TooManyPixels)]
    [InlineData("[0 0 99999999999 99999999999]", PdfFaults.BadPageBox)]
    [InlineData("[0 0 0 0]", PdfFaults.BadPageBox)]
    [InlineData("[0 0 300 200] /Rotate 45", PdfFaults.BadPageBox)]
    [InlineData("[0 0 300 200] /UserUnit 900", PdfFaults.TooManyPixels)]
    [InlineData("[0 0 300 200] /UserUnit -1", PdfFaults.BadPageBox)]
    public async Task A_page_without_a_sensible_size_is_refused(string box, string code)
    {
        string? answer = await Reading.RejectionAsync(PdfFiles.OnePage("", $"/MediaBox {box}").ToBytes());
        Assert.Equal(code, answer);
    }

    [Fact]
    public async Task Deep_nesting_is_refused() => Assert.Equal(
        PdfFaults.TooComplex,
        await Reading.RejectionAsync(PdfFiles.OnePage("").Object(2, new string('[', 1_000_000)).ToBytes()));

    [Fact]
    public async Task An_object_stream_that_swells_is_refused()
    {
        byte[] bomb = PdfFiles.Deflate(new byte[200 << 20]);
        byte[] file = PdfFiles.OnePage("").Stream(4, "/Filter /FlateDecode", bomb).ToBytes();
        Assert.Equal(PdfFaults.TooComplex, await Reading.RejectionAsync(file));
    }

    [Fact]
    public async Task An_image_that_ends_early_is_refused() => Assert.Equal(
        PdfFaults.Truncated,
        await Reading.RejectionAsync(PdfFiles.Scan(30, 20, new byte[600]).ToBytes()[..^700]));

    [Fact]
    public async Task A_length_that_lies_is_refused()
    {
        byte[] gray = [.. Enumerable.Repeat((byte)'x', 600)];
        byte[] file = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(PdfFiles.Scan(30, 20, gray).ToBytes()).Replace("/Length 600", "/Length 500", StringComparison.Ordinal));
        Assert.Equal(PdfFaults.Malformed, await Reading.RejectionAsync(file));
    }

    [Fact]
    public async Task A_form_that_draws_itself_costs_its_page_at_most()
    {
        byte[] file = PdfFiles.OnePage("/X Do", resources: "/XObject << /X 6 0 R >>")
            .Stream(6, "/Type /XObject /Subtype /Form /BBox [0 0 300 200] /Resources << /XObject << /X 6 0 R >> >>", "/X Do /X Do").ToBytes();
        string? code = await Reading.CodeAsync(file);
        Assert.True(code is null or PdfFaults.PageNotRendered or PdfFaults.RenderingLimit or PdfFaults.TextNotRead, code);
    }

    [Fact]
    public async Task A_file_that_shows_another_reader_other_pages_is_refused()
    {
        byte[] fewer = PdfFiles.OnePage("").Object(2, "<< /Type /Pages /Count 7 /Kids [3 0 R] >>").ToBytes();
        Assert.True(await Reading.RejectionAsync(fewer) is PdfFaults.Ambiguous or PdfFaults.Malformed);
        byte[] more = PdfFiles.OnePage("").Object(2, "<< /Type /Pages /Count 1 /Kids [3 0 R 7 0 R] >>").Object(7, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>").ToBytes();
        Assert.Equal(PdfFaults.Ambiguous, await Reading.RejectionAsync(more));
    }

    [Fact]
    public async Task Every_shortened_file_is_refused_or_whole()
    {
        foreach (int length in Enumerable.Range(0, 12).Select(step => 6 + (step * (Sound.Length - 8) / 12)))
            Assert.NotNull(await Reading.RejectionAsync(Sound[..length]));
    }

    [Fact]
    public void Damaged_bytes_are_walked_or_refused_and_nothing_else() => Gen.Select(Gen.Int[0, Sound.Length - 1], Gen.Byte, Gen.Int[0, Sound.Length - 1], Gen.Byte).Sample(
        damage =>
        {
            byte[] file = [.. Sound];
            (file[damage.Item1], file[damage.Item3]) = (damage.Item2, damage.Item4);
            try
            {
                return PdfStructure.Walk(file, 10).Pages.Length is > 0 and <= 10;
            }
            catch (RejectedException)
            {
                return true;
            }
        },
        iter: 3000);

    [Fact]
    public void Random_syntax_is_walked_or_refused_and_nothing_else() => Gen.String["<>[]()/ 0123456789Robjstmenda\n%.-"].Sample(
        noise =>
        {
            try
            {
                return PdfStructure.Walk(PdfFiles.OnePage("").Object(2, noise).ToBytes(), 10).Pages.Length > 0;
            }
            catch (RejectedException)
            {
                return true;
            }
        },
        iter: 3000);
}
