namespace MedRedact.Packing;

/// <summary>A box beside another one: most words of a line stand at one height and are equally high.</summary>
internal static class PackedBox
{
    public static void Write(PackWriter pack, Box box, Box last)
    {
        pack.Number((long)box.Left - last.Left);
        pack.Number((long)box.Top - last.Top);
        pack.Number(box.Width);
        pack.Number((long)box.Height - last.Height);
    }

    public static Box Read(ref PackReader pack, Box last) =>
        new(checked((int)(pack.Number() + last.Left)), checked((int)(pack.Number() + last.Top)), pack.Int(), checked((int)(pack.Number() + last.Height)));
}
