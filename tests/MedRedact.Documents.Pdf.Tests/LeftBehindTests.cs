namespace MedRedact.Documents.Pdf.Tests;

/// <summary>What a file holds beside its pages is counted by kind.</summary>
public sealed class LeftBehindTests
{
    [Fact]
    public async Task Scripts_actions_attachments_forms_and_layers_are_counted()
    {
        Reading.NeedsPoppler();
        byte[] file = PdfFiles.OnePage("", "/MediaBox [0 0 300 200] /Annots [20 0 R 21 0 R]")
            .Object(1, "<< /Type /Catalog /Pages 2 0 R /OpenAction 10 0 R /AcroForm << /Fields [20 0 R] /XFA (x) >> /Names << /EmbeddedFiles << /Names [(a) 11 0 R] >> >> >>")
            .Object(10, "<< /S /JavaScript /JS (app.alert(1)) >>")
            .Object(11, "<< /Type /Filespec /F (a) /EF << /F 12 0 R >> >>")
            .Stream(12, "/Type /EmbeddedFile", "attached")
            .Object(13, "<< /Type /OCG /Name (hidden) >>")
            .Object(14, "<< /S /Launch /F (x) >>")
            .Object(20, "<< /Type /Annot /Subtype /Widget /Rect [0 0 9 9] /FT /Tx /V (secret) >>")
            .Object(21, "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (http://x.test) >> >>")
            .ToBytes();
        Inspection inspection = await Reading.InspectAsync(file);
        Assert.Null(inspection.Rejection);
        Assert.Equal(
            "annotation 2, embedded-file 1, embedded-file-data 1, form-field 1, javascript 1, launch 1, open-action 1, optional-content 1, uri 1, xfa 1",
            string.Join(", ", inspection.LeftBehind.Select(kind => $"{kind.Kind} {kind.Count}")));
    }

    [Fact]
    public void Names_of_kinds_cannot_carry_content() => Assert.Throws<ArgumentException>(() => new LeftBehind("Some Words", 1));
}
