using System.Globalization;
using System.Text;

namespace MedRedact.Access;

/// <summary>A review as a small file of lines, each a name and a value, in one order: anything else is damage.</summary>
internal static class ReviewFile
{
    public const int MostBytes = 1024;

    private const string First = "medredact/break-glass-review/1";

    private static readonly string[] s_names = ["id", "actor", "tenant", "document", "action", "at", "expires", "reason", "salt", "digest"];

    public static byte[] Format(BreakGlassReview review)
    {
        string[] values =
        [
            review.Id.Value, review.Actor.Value, review.Tenant.Value, review.Document.ToString(), ((int)review.Action).ToString(CultureInfo.InvariantCulture),
            Time(review.At), Time(review.ExpiresAt), review.Justification.Reason?.Value ?? "", review.Justification.Salt.ToString(), review.Justification.Digest?.ToString() ?? "",
        ];
        return Encoding.ASCII.GetBytes($"{First}\n{string.Concat(s_names.Zip(values, (name, value) => $"{name} {value}\n"))}");
    }

    /// <summary>Reads a review; anything unusual makes it none.</summary>
    public static BreakGlassReview? Parse(ReadOnlySpan<byte> bytes)
    {
        string[] lines = Encoding.ASCII.GetString(bytes).Split('\n');
        if (lines.Length != s_names.Length + 2 || lines[0] != First || lines[^1].Length > 0)
            return null;

        string[] values = new string[s_names.Length];
        for (int i = 0; i < values.Length; i++)
        {
            if (!lines[i + 1].StartsWith(s_names[i] + " ", StringComparison.Ordinal))
                return null;
            values[i] = lines[i + 1][(s_names[i].Length + 1)..];
        }

        try
        {
            return Read(values);
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or OverflowException)
        {
            return null;
        }
    }

    private static BreakGlassReview? Read(string[] values) => Digest256.TryParse(values[8], out Digest256 salt)
        ? new(
            new ReviewId(values[0]), new ActorId(values[1]), new TenantId(values[2]), new DocumentId(Guid.ParseExact(values[3], "N")),
            (AccessAction)int.Parse(values[4], NumberStyles.None, CultureInfo.InvariantCulture), Moment(values[5]), Moment(values[6]),
            BreakGlassJustification.Restore(
                values[7].Length > 0 ? new RuleId(values[7]) : null, salt,
                values[9].Length == 0 ? null : Digest256.TryParse(values[9], out Digest256 digest) ? digest : throw new FormatException()))
        : null;

    private static string Time(DateTimeOffset moment) => moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Moment(string text) => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
