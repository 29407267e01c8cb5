using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using MedRedact.Detection;

namespace MedRedact.Access;

/// <summary>Reads the values that policies and cases share. Each throws at the place of what it refuses.</summary>
internal static class AccessJson
{
    /// <summary>How many values a list may have, so that a request and a rule stay small.</summary>
    public const int MostValues = 256;

    /// <summary>Reads a file and says in this room's codes what is wrong with it.</summary>
    public static T Read<T>(ReadOnlySpan<byte> utf8, Func<JsonAt, T> read)
    {
        try
        {
            return read(JsonAt.Parse(utf8));
        }
        catch (DetectionFileException fault)
        {
            throw AccessPolicyException.Of(fault);
        }
    }

    /// <summary>A list without repetitions; empty where the key is missing.</summary>
    public static ImmutableArray<T> Values<T>(JsonAt at, string key, Func<JsonAt, T> read, int most = MostValues)
    {
        if (at.Optional(key) is not { } list)
            return [];

        var seen = new HashSet<T>();
        ImmutableArray<T>.Builder values = ImmutableArray.CreateBuilder<T>();
        foreach (JsonAt item in list.Items(most))
        {
            T value = read(item);
            values.Add(seen.Add(value) ? value : throw item.Refused(AccessFileFaults.Duplicate));
        }

        return values.ToImmutable();
    }

    public static T Named<T>(JsonAt at, FrozenDictionary<string, T> names)
        where T : struct, Enum => names.TryGetValue(at.Text(), out T value) ? value : throw at.Refused(AccessFileFaults.Value);

    public static AccessAction Action(JsonAt at) => Named(at, AccessNames.Actions);

    public static StorageZone Zone(JsonAt at) => Named(at, AccessNames.Zones);

    public static ActorId Actor(JsonAt at) => new(at.Id(64));

    public static AccessRole Role(JsonAt at) => new(at.Id(64));

    public static TenantId Tenant(JsonAt at) => new(at.Id(64));

    public static DataClass DataClass(JsonAt at) => new(at.Id(64));

    public static ServiceScope Scope(JsonAt at) => new(at.Id(64));

    public static PurposeOfUse Purpose(JsonAt at) =>
        PurposeCodes.All.Contains(at.Text()) ? new PurposeOfUse(at.Text()) : throw at.Refused(AccessFileFaults.Purpose);

    public static DocumentId Document(JsonAt at) => Guid.TryParseExact(at.Text(), "N", out Guid id) && id != Guid.Empty && new DocumentId(id).ToString() == at.Text()
        ? new DocumentId(id)
        : throw at.Refused(AccessFileFaults.Value);

    public static Digest256 Digest(JsonAt at) =>
        Digest256.TryParse(at.Text(), out Digest256 digest) && digest.ToString() == at.Text() ? digest : throw at.Refused(AccessFileFaults.Value);

    /// <summary>A whole number.</summary>
    public static int Whole(JsonAt at, int least, int most)
    {
        double number = at.Number(least, most);
        return double.IsInteger(number) ? (int)number : throw at.Refused(AccessFileFaults.Value);
    }

    /// <summary>A moment of RFC 3339 in UTC, to the second.</summary>
    public static DateTimeOffset Moment(JsonAt at) =>
        DateTimeOffset.TryParseExact(at.Text(), "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment)
            ? moment
            : throw at.Refused(AccessFileFaults.Value);

    /// <summary>Hours and minutes, <c>00:00</c> to <c>24:00</c>, as minutes of the day.</summary>
    public static int Minutes(JsonAt at) => TimeWindow.ParseTime(at.Text()) ?? throw at.Refused(AccessFileFaults.Value);

    /// <summary>An offset from UTC, <c>Z</c>, <c>+02:00</c> or <c>-05:00</c>, at most 14 hours, in minutes.</summary>
    public static int Offset(JsonAt at) => TimeWindow.ParseOffset(at.Text()) ?? throw at.Refused(AccessFileFaults.Value);
}
