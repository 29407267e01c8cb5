namespace MedRedact.Detection;

/// <summary>Which words the text writes small somewhere, and which a rule surely took for a name: a set that may err by chance, never by much.</summary>
internal sealed class SeenWords
{
    private const int Bits = 18;
    private readonly ulong[] _lower = new ulong[(1 << Bits) / 64];
    private readonly ulong[] _names = new ulong[(1 << Bits) / 64];

    public void Read(in TextScan scan, HitList hits)
    {
        if (scan.Case != CaseStyle.Mixed)
            return;
        for (int i = 0; i < scan.Count; i++)
        {
            ref readonly Token token = ref scan.Tokens[i];
            if (token.IsWord && !token.IsCapitalized && token.Length > 2)
                Add(_lower, Key(scan, i));
        }

        for (int i = 0; i < hits.Count; i++)
        {
            Hit hit = hits[i];
            if (hit.Kind is not (PhiKind.Name or PhiKind.Clinician) || hit.Confidence < 0.9f)
                continue;
            for (int token = Covers.TokenAt(scan.Tokens, hit.Start); token < scan.Count && scan.Tokens[token].Start < hit.End; token++)
            {
                if (scan.Tokens[token].IsWord && scan.Tokens[token].Length > 2)
                    Add(_names, Key(scan, token));
            }
        }
    }

    public bool IsLower(in TextScan scan, int token) => Has(_lower, Key(scan, token));

    public bool IsName(in TextScan scan, int token) => Has(_names, Key(scan, token));

    public void Clear()
    {
        Array.Clear(_lower);
        Array.Clear(_names);
    }

    private static int Key(in TextScan scan, int token)
    {
        int word = scan.Tokens[token].Word;
        ulong hash = word != 0 ? (ulong)word * 0x9E3779B97F4A7C15UL : WordHash.Of(scan.Slice(token)) * 0xD6E8FEB86659FD93UL;
        return (int)(hash >> (64 - Bits));
    }

    private static void Add(ulong[] set, int key) => set[key >> 6] |= 1UL << (key & 63);

    private static bool Has(ulong[] set, int key) => (set[key >> 6] >> (key & 63) & 1) != 0;
}
