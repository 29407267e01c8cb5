using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using MedRedact.Ocr.Tesseract.Native;

namespace MedRedact.Ocr.Tesseract;

/// <summary>Takes words, boxes and confidences out of an engine that has just recognized a page.</summary>
internal static unsafe class ResultReader
{
    public static ReadText Read(TesseractHandle api)
    {
        var text = new ReadText();
        nint words = TesseractApi.TessBaseAPIGetIterator(api);
        if (words == 0)
            return text;   // nothing on the page

        try
        {
            nint place = TesseractApi.TessResultIteratorGetPageIterator(words);
            var line = new ReadLine(block: 0);
            do
            {
                AddWord(line, words, place);
                bool endsBlock = TesseractApi.TessPageIteratorIsAtFinalElement(place, TesseractApi.LevelBlock, TesseractApi.LevelWord) != 0;
                if (!endsBlock && TesseractApi.TessPageIteratorIsAtFinalElement(place, TesseractApi.LevelTextLine, TesseractApi.LevelWord) == 0)
                    continue;

                if (line.Words.Count > 0)
                    text.Lines.Add(line);
                line = new ReadLine(line.Block + (endsBlock ? 1 : 0));
            }
            while (TesseractApi.TessResultIteratorNext(words, TesseractApi.LevelWord) != 0);

            if (line.Words.Count > 0)
                text.Lines.Add(line);
        }
        finally
        {
            TesseractApi.TessResultIteratorDelete(words);
        }

        return text;
    }

    private static void AddWord(ReadLine line, nint words, nint place)
    {
        byte* text = TesseractApi.TessResultIteratorGetUTF8Text(words, TesseractApi.LevelWord);
        if (text is null)
            return;

        var utf8 = new Span<byte>(text, MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text).Length);
        try
        {
            int left, top, right, bottom;
            if (TesseractApi.TessPageIteratorBoundingBox(place, TesseractApi.LevelWord, &left, &top, &right, &bottom) == 0)
                return;

            var box = Box.FromEdges(left, top, right, bottom);
            float percent = TesseractApi.TessResultIteratorConfidence(words, TesseractApi.LevelWord);
            Confidence confidence = Confidence.Of(float.IsNaN(percent) ? 0 : Math.Clamp(percent / 100.0, 0, 1));
            if (!box.IsEmpty)
                Add(line, utf8, box, confidence);
        }
        finally
        {
            utf8.Clear();
            TesseractApi.TessDeleteText(text);
        }
    }

    private static void Add(ReadLine line, ReadOnlySpan<byte> utf8, Box box, Confidence confidence)
    {
        char[] characters = ArrayPool<char>.Shared.Rent(Encoding.UTF8.GetMaxCharCount(utf8.Length));
        int length = Encoding.UTF8.GetChars(utf8, characters);
        ReadOnlySpan<char> word = characters.AsSpan(0, length).Trim();
        if (!word.IsEmpty)
            line.Words.Add(new(word.ToArray(), box, confidence));

        ArrayPool<char>.Shared.Return(characters, clearArray: true);
    }
}
