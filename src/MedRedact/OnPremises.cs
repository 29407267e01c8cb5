using MedRedact.Audit;
using MedRedact.Classification;
using MedRedact.Detection;
using MedRedact.Ink;
using MedRedact.Ocr.Tesseract;
using MedRedact.Storage;

namespace MedRedact;

/// <summary>Complete pipelines for hosts that keep everything on their own machines.</summary>
public static class OnPremises
{
    extension(IMedRedactBuilder builder)
    {
        /// <summary>Registers readers, OCR, keys, store, vault, ledger and one pipeline over them; no part of it uses the network.</summary>
        /// <param name="configure">Changes the defaults.</param>
        /// <returns>The builder.</returns>
        public IMedRedactBuilder AddOnPremises(Action<OnPremisesOptions>? configure = null)
        {
            var options = new OnPremisesOptions();
            configure?.Invoke(options);
            return builder
                .AddIsolatedPages(options)
                .AddImageDocuments()
                .AddPdfDocuments()
                .AddTesseract(tesseract =>
                {
                    tesseract.Languages = [.. options.Languages];
                    tesseract.TessdataPath = options.TessdataPath;
                })
                .AddLocalKeyRing(keys => keys.Home = options.Home)
                .AddKeyRefusalRecords()
                .AddKeyRegister(keys => keys.Home = options.Home)
                .AddHomeGuards()
                .AddFileStorage(storage => storage.Home = options.Home)
                .AddRetention()
                .AddSqliteVault(vault => vault.Home = options.Home)
                .AddDisclosureLedger(Path.Combine(options.Home, "disclosures"))
                .AddAuditLedger(ledger => ledger.Folder = Path.Combine(options.Home, "ledger"))
                .AddPipeline(options.Pipeline, pages => pages
                    .Prepare(scan => scan.Orient().Deskew().Denoise().ScaleToTextHeight())
                    .Recognize<TesseractOcrEngine>(new OcrRequest { Languages = [.. options.Languages], AlternativeLanguages = [.. options.AlternativeLanguages] })
                    .Classify<HeadingClassifier>()
                    .Detect(phi => phi.With<TextRules>().With<FormTemplates>().With<KnownPatientDetector>().With<UnreadInk>())
                    .Redact(options.Policy, with => with
                        .Labels().Tokens().OneWayTokens().Pseudonyms().FormatPreserving().Generalize().ShiftDates().Surrogates())
                    .Review(when => when.ConfidenceBelow(options.HoldBelow))
                    .Extract(fields => fields.UsCore())
                    .AuditTo<AuditLedger>()
                    .StoreIn<EncryptedFileStore>());
        }
    }
}
