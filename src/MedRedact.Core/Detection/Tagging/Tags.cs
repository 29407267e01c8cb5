namespace MedRedact.Detection;

/// <summary>What the tagger tells apart.</summary>
internal enum EntityKind : byte
{
    None = 0,
    Name,

    /// <summary>A town, county or other part of a state.</summary>
    Place,

    /// <summary>A state or a country.</summary>
    Region,
    Street,
    Organization,
    Facility,
    Profession,
}

/// <summary>The label of a token: 0 outside, then a beginning and an inside for each <see cref="EntityKind"/>.</summary>
internal static class Tags
{
    public const int Outside = 0;
    public const int Count = 15;

    /// <summary>Labels are scored side by side in one register; the last lane is padding.</summary>
    public const int Lanes = 16;

    /// <summary>Every label: what a token of unknown truth may bear.</summary>
    public const int Any = (1 << Count) - 1;

    public static int Begin(EntityKind kind) => (2 * (int)kind) - 1;

    public static int Inside(EntityKind kind) => 2 * (int)kind;

    public static EntityKind KindOf(int tag) => (EntityKind)((tag + 1) / 2);

    public static bool IsInside(int tag) => tag > 0 && (tag & 1) == 0;

    /// <summary>An inside follows its own beginning or inside only.</summary>
    public static bool MayFollow(int before, int tag) => !IsInside(tag) || (before > 0 && KindOf(before) == KindOf(tag));

    /// <summary>Whether a tag may open a sequence.</summary>
    public static bool MayOpen(int tag) => tag < Count && !IsInside(tag);
}
