using MedRedact.Ocr.Tesseract.Native;

namespace MedRedact.Ocr.Tesseract;

/// <summary>The engines of one OCR thread, one for each set of languages it has met lately. They never leave their thread, so no two pages share one.</summary>
internal sealed class EngineShelf(TesseractOptions options) : IDisposable
{
    private const int MostEngines = 3;

    private readonly List<(LanguageSet Languages, TesseractEngine Engine)> _engines = [];   // the latest used last
    private string? _tessdata;

    /// <summary>The folder of trained data.</summary>
    /// <exception cref="MedRedactException">There is none.</exception>
    public string Tessdata => _tessdata ??= TessdataLocator.Find(options.TessdataPath) ?? throw Faults.TessdataNotFound();

    /// <summary>Uses an engine. One that fails in an unforeseen way is not used again.</summary>
    public TResult Use<TResult>(LanguageSet languages, Func<TesseractEngine, TResult> use)
    {
        TesseractEngine engine = Take(languages);
        bool isSound = false;
        try
        {
            TResult result = use(engine);
            isSound = true;
            return result;
        }
        catch (Exception e) when (e is OperationCanceledException || (e is PageFaultException fault && fault.Code != Faults.RecognitionFailed))
        {
            isSound = true;   // stopped between two words, or never begun
            throw;
        }
        finally
        {
            if (isSound)
                _engines.Add((languages, engine));
            else
                engine.Dispose();
        }
    }

    public void Dispose()
    {
        foreach ((_, TesseractEngine engine) in _engines)
            engine.Dispose();

        _engines.Clear();
    }

    private TesseractEngine Take(LanguageSet languages)
    {
        int index = _engines.FindIndex(shelved => shelved.Languages == languages);
        if (index >= 0)
        {
            TesseractEngine engine = _engines[index].Engine;
            _engines.RemoveAt(index);
            return engine;
        }

        NativeLibraries.EnsureLoaded(options.LibraryPath);
        languages.CheckInstalled(Tessdata);
        if (_engines.Count == MostEngines)
        {
            _engines[0].Engine.Dispose();
            _engines.RemoveAt(0);
        }

        return TesseractEngine.Start(Tessdata, languages);
    }
}
