using System.Collections.Immutable;

namespace MedRedact.Packing;

/// <summary>A text layer closely packed: characters, then lines and words, whose places are counted from the word before them.</summary>
internal static class PackedText
{
    public static void Write(PackWriter pack, PageText? text)
    {
        pack.Number(text is null ? 0 : 1);
        if (text is null)
            return;

        text.Text.Read(pack, static (all, pack) => pack.Characters(all));
        WriteOrigins(pack, text.Words);
        pack.Number(text.Layout.Lines.Length);
        int end = 0;
        Box last = default;
        foreach (LayoutLine line in text.Layout.Lines)
        {
            pack.Number(line.Block);
            pack.Number(line.Words.Length);
            foreach (LayoutWord word in line.Words)
            {
                pack.Number(word.Span.Start - end);
                pack.Number(word.Span.Length);
                PackedBox.Write(pack, word.Box, last);
                pack.Real(word.Confidence.Value);
                (end, last) = (word.Span.End, word.Box);
            }

            pack.Number(line.Span.Start - end);
            pack.Number(line.Span.Length);
            PackedBox.Write(pack, line.Box, last);
        }

        pack.Number(text.Layout.CheckBoxes.Length);
        foreach (CheckBox each in text.Layout.CheckBoxes)
        {
            PackedBox.Write(pack, each.Box, default);
            pack.Number((int)each.State);
        }

        pack.Number(text.Repairs.Length);
        foreach (WordRepair each in text.Repairs)
        {
            pack.Number(each.Span.Start);
            pack.Number(each.Span.Length);
            pack.Characters(each.Read.Reveal());
        }
    }

    public static PageText? Read(ref PackReader pack)
    {
        if (pack.Number() == 0)
            return null;

        char[] characters = pack.Characters();
        HashSet<int> written = ReadOrigins(ref pack);
        int at = 0;
        var lines = ImmutableArray.CreateBuilder<LayoutLine>(pack.Count());
        int end = 0;
        Box last = default;
        for (int i = lines.Capacity; i > 0; i--)
        {
            int block = pack.Int();
            var words = ImmutableArray.CreateBuilder<LayoutWord>(pack.Count());
            for (int w = words.Capacity; w > 0; w--)
            {
                var span = new TextSpan(pack.Int() + end, pack.Int());
                last = PackedBox.Read(ref pack, last);
                end = span.End;
                words.Add(new LayoutWord(span, last, Confidence.Of(pack.Real())) { Origin = written.Contains(at++) ? WordOrigin.Handwriting : WordOrigin.Page });
            }

            var whole = new TextSpan(pack.Int() + end, pack.Int());
            lines.Add(new LayoutLine(whole, PackedBox.Read(ref pack, last), words.MoveToImmutable(), block));
        }

        var checkBoxes = ImmutableArray.CreateBuilder<CheckBox>(pack.Count());
        for (int i = checkBoxes.Capacity; i > 0; i--)
            checkBoxes.Add(new CheckBox(PackedBox.Read(ref pack, default), (CheckBoxState)pack.Int()));

        var repairs = ImmutableArray.CreateBuilder<WordRepair>(pack.Count());
        for (int i = repairs.Capacity; i > 0; i--)
            repairs.Add(new WordRepair(new TextSpan(pack.Int(), pack.Int()), Phi.Of(new string(pack.Characters()))));

        PhiText text = PhiText.Copy(characters);
        Array.Clear(characters);
        return new PageText(text, new PageLayout(lines.MoveToImmutable()) { CheckBoxes = checkBoxes.MoveToImmutable() }) { Repairs = repairs.MoveToImmutable() };
    }

    /// <summary>The places of the few words that were written by hand.</summary>
    private static void WriteOrigins(PackWriter pack, ImmutableArray<LayoutWord> words)
    {
        pack.Number(words.Count(word => word.Origin == WordOrigin.Handwriting));
        for (int at = 0; at < words.Length; at++)
        {
            if (words[at].Origin == WordOrigin.Handwriting)
                pack.Number(at);
        }
    }

    private static HashSet<int> ReadOrigins(ref PackReader pack)
    {
        var written = new HashSet<int>();
        for (int left = pack.Count(); left > 0; left--)
            written.Add(pack.Int());
        return written;
    }
}
