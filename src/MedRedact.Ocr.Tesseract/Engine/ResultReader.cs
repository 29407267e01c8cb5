using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using MedRedact.Ocr.Tesseract.Native;

namespace MedRedact.Ocr.Tesseract;

/// <summary>Takes words, boxes and confidences out of an engine that has just recognized a page.</summary>
internal static unsafe class ResultReader
{
    public static PageText Read(TesseractHandle api, PageTransform toOriginal)
    {
        var builder = new PageTextBuilder(toOriginal);
        nint words = TesseractApi.TessBaseAPIGetIterator(api);
        if (words == 0)
            return builder.Build();   // nothing on the page

        try
        {
            nint place = TesseractApi.TessResultIteratorGetPageIterator(words);
            do
            {
                AddWord(builder, words, place);
                if (TesseractApi.TessPageIteratorIsAtFinalElement(place, TesseractApi.LevelBlock, TesseractApi.LevelWord) != 0)
                    builder.BreakBlock();
                else if (TesseractApi.TessPageIteratorIsAtFinalElement(place, TesseractApi.LevelTextLine, TesseractApi.LevelWord) != 0)
                    builder.BreakLine();
            }
            while (TesseractApi.TessResultIteratorNext(words, TesseractApi.LevelWord) != 0);
        }
        finally
        {
            TesseractApi.TessResultIteratorDelete(words);
        }

        return builder.Build();
    }

    private static void AddWord(PageTextBuilder builder, nint words, nint place)
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

            float percent = TesseractApi.TessResultIteratorConfidence(words, TesseractApi.LevelWord);
            Confidence confidence = Confidence.Of(float.IsNaN(percent) ? 0 : Math.Clamp(percent / 100.0, 0, 1));
            Add(builder, utf8, Box.FromEdges(left, top, right, bottom), confidence);
        }
        finally
        {
            utf8.Clear();
            TesseractApi.TessDeleteText(text);
        }
    }

    private static void Add(PageTextBuilder builder, ReadOnlySpan<byte> utf8, Box box, Confidence confidence)
    {
        char[] characters = ArrayPool<char>.Shared.Rent(Encoding.UTF8.GetMaxCharCount(utf8.Length));
        int length = Encoding.UTF8.GetChars(utf8, characters);
        ReadOnlySpan<char> word = characters.AsSpan(0, length).Trim();
        if (!word.IsEmpty)
            builder.AddWord(word, box, confidence);

        ArrayPool<char>.Shared.Return(characters, clearArray: true);
    }
}
