using MedRedact.Synthesis;

namespace MedRedact.Testing;

/// <summary>Turns what <c>MedRedact.Synthesis</c> makes up into the types of the pipeline.</summary>
public static class SyntheticBridge
{
    extension(SyntheticPatient patient)
    {
        /// <summary>What a registry would know: name, family name, date of birth, MRN, SSN, account, telephone numbers, e-mail, street, next of kin.</summary>
        /// <returns>The known patient.</returns>
        public KnownPatient ToKnownPatient()
        {
            ArgumentNullException.ThrowIfNull(patient);
            return new(
            [
                Known(PhiCategory.PersonName, patient.FullName), Known(PhiCategory.PersonName, $"{patient.GivenName} {patient.FamilyName}"), Known(PhiCategory.PersonName, patient.FamilyName),
                Known(PhiCategory.PersonName, patient.RelativeName), Known(PhiCategory.BirthDate, patient.BirthDate.ToString("O", System.Globalization.CultureInfo.InvariantCulture)),
                Known(PhiCategory.Mrn, patient.Mrn), Known(PhiCategory.Ssn, patient.Ssn), Known(PhiCategory.Account, patient.AccountNumber), Known(PhiCategory.Plan, patient.MemberId),
                Known(PhiCategory.Phone, patient.HomePhone), Known(PhiCategory.Phone, patient.MobilePhone), Known(PhiCategory.Email, patient.Email), Known(PhiCategory.Street, patient.Street),
            ]);
        }
    }

    extension(SyntheticRecord record)
    {
        /// <summary>The record as one document file, as a scanner delivers it.</summary>
        /// <param name="dpi">Resolution.</param>
        /// <param name="degradation">Wear; none by default.</param>
        /// <returns>A bilevel multi-page TIFF that can be opened again and again; the caller owns it.</returns>
        public SourceDocument ToSource(int dpi = 200, Degradation? degradation = null)
        {
            ArgumentNullException.ThrowIfNull(record);
            byte[] file = PageFiles.TiffG4([.. record.DrawPages(new DrawOptions { Dpi = dpi }).Select(page => page.Degrade(degradation ?? Degradation.None, record.Seed))]);
            return SourceDocument.FromOpener(_ => ValueTask.FromResult<Stream>(new MemoryStream(file, writable: false)));
        }
    }

    extension(DocumentKind kind)
    {
        /// <summary>The document type of the pipeline, e.g. <c>discharge-summary</c>.</summary>
        /// <returns>The type.</returns>
        public DocumentType ToDocumentType() => new(string.Concat(kind.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}")));
    }

    extension(SyntheticPage page)
    {
        /// <summary>A copy of the pixels.</summary>
        /// <param name="memory">Where they go; the shared pool by default.</param>
        /// <returns>A grey raster; the caller owns it.</returns>
        public Raster ToRaster(IRasterMemory? memory = null)
        {
            ArgumentNullException.ThrowIfNull(page);
            Raster raster = (memory ?? RasterMemory.Shared).Allocate(PixelFormat.Gray8, page.Width, page.Height, new Dpi(page.Dpi, IsEstimated: false));
            for (int y = 0; y < page.Height; y++)
                page.Pixels.Slice(y * page.Width, page.Width).CopyTo(raster.WritablePixels[(y * raster.Stride)..]);
            return raster;
        }

        /// <summary>A page as a reader would open it.</summary>
        /// <param name="document">Its document.</param>
        /// <param name="number">Its number.</param>
        /// <param name="memory">Where the pixels go; the shared pool by default.</param>
        /// <returns>The page; the caller owns it.</returns>
        public PageImage ToPageImage(DocumentId document, PageNumber number, IRasterMemory? memory = null) => PageImage.Create(document, number, page.ToRaster(memory));

        /// <summary>The truth words as if an engine had read them without a mistake.</summary>
        /// <param name="confidence">What the engine claims of every word; certain by default.</param>
        /// <returns>The text with boxes; the caller owns it.</returns>
        public PageText ToPageText(Confidence? confidence = null)
        {
            ArgumentNullException.ThrowIfNull(page);
            var builder = new PageTextBuilder(PageTransform.Identity);
            TruthWord? before = null;
            foreach (TruthWord word in page.Words)
            {
                if (before is not null && word.Block != before.Block)
                    builder.BreakBlock();
                else if (before is not null && word.Line != before.Line)
                    builder.BreakLine();
                builder.AddWord(word.Text, new Box(word.Box.Left, word.Box.Top, word.Box.Width, word.Box.Height), confidence ?? Confidence.Certain);
                before = word;
            }

            return builder.Build();
        }

        /// <summary>A perfectly recognized page, for tests of detectors.</summary>
        /// <param name="document">Its document.</param>
        /// <param name="number">Its number.</param>
        /// <returns>The page; the caller owns it.</returns>
        public RecognizedPage ToRecognizedPage(DocumentId document, PageNumber number) =>
            RecognizedPage.Create(document, number, new PageSize(page.Width, page.Height), page.ToPageText());
    }

    private static KnownIdentifier Known(PhiCategory category, string value) => new(category, new Phi<string>(value));
}
