using System.Globalization;

namespace MedRedact;

/// <summary>Of what type an audit value is.</summary>
public enum AuditValueType
{
    /// <summary>A whole number.</summary>
    Number = 1,

    /// <summary>A moment, UTC.</summary>
    Time,

    /// <summary>A digest.</summary>
    Digest,

    /// <summary>A PHI category.</summary>
    Category,

    /// <summary>An id of the id grammar.</summary>
    Id,

    /// <summary>A code, <c>MR-XXX-NNN</c>.</summary>
    Code,

    /// <summary>A token.</summary>
    Token,
}

/// <summary>A typed value that cannot hold document content: there is no way in for free text.</summary>
public sealed record AuditValue
{
    private AuditValue(AuditValueType type, string text) => (Type, Text) = (type, text);

    /// <summary>Its type.</summary>
    public AuditValueType Type { get; }

    /// <summary>Its canonical text, culture-invariant: decimal, ISO 8601 with seven decimals in UTC, hexadecimal, or the id itself.</summary>
    public string Text { get; }

    /// <summary>A number.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The value.</returns>
    public static AuditValue Of(long value) => new(AuditValueType.Number, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A moment.</summary>
    /// <param name="value">The moment.</param>
    /// <returns>The value.</returns>
    public static AuditValue Of(DateTimeOffset value) => new(AuditValueType.Time, value.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>A digest.</summary>
    /// <param name="value">The digest.</param>
    /// <returns>The value.</returns>
    public static AuditValue Of(Digest256 value) => new(AuditValueType.Digest, value.ToString());

    /// <summary>A category.</summary>
    /// <param name="value">The category.</param>
    /// <returns>The value.</returns>
    public static AuditValue Of(PhiCategory value) =>
        new(AuditValueType.Category, PhiCategory.TryParse(value.ToString(), out _) ? value.ToString() : throw Broken());

    /// <summary>A rule.</summary>
    /// <param name="value">The rule.</param>
    /// <returns>The value.</returns>
    public static AuditValue Of(RuleId value) => Id(value.Value);

    /// <summary>An actor whom the event is about, where that is not who acts.</summary>
    /// <param name="value">The actor.</param>
    /// <returns>The value.</returns>
    public static AuditValue Of(ActorId value) => Id(value.Value);

    /// <summary>A review.</summary>
    /// <param name="value">The review.</param>
    /// <returns>The value.</returns>
    public static AuditValue Of(ReviewId value) => Id(value.Value);

    /// <summary>An engine.</summary>
    /// <param name="value">The engine.</param>
    /// <returns>The value.</returns>
    public static AuditValue Of(EngineId value) => Id(value.Value);

    /// <summary>An agreement.</summary>
    /// <param name="value">The agreement.</param>
    /// <returns>The value.</returns>
    public static AuditValue Of(AgreementId value) => Id(value.Value);

    /// <summary>A token scope.</summary>
    /// <param name="value">The scope.</param>
    /// <returns>The value.</returns>
    public static AuditValue Of(TokenScope value) => Id(value.Value);

    /// <summary>A key.</summary>
    /// <param name="value">The key.</param>
    /// <returns>The value.</returns>
    public static AuditValue Of(KeyId value) => Id(value.Value);

    /// <summary>A key's purpose.</summary>
    /// <param name="value">The purpose.</param>
    /// <returns>The value.</returns>
    public static AuditValue Of(KeyPurpose value) => Id(value.Value);

    /// <summary>An object's name.</summary>
    /// <param name="value">The name.</param>
    /// <returns>The value.</returns>
    public static AuditValue Of(ObjectName value) => Id(value.Value);

    /// <summary>An action.</summary>
    /// <param name="value">The action.</param>
    /// <returns>The value.</returns>
    public static AuditValue Of(AccessAction value) => Of((long)value);

    /// <summary>A reason.</summary>
    /// <param name="value">The reason.</param>
    /// <returns>The value.</returns>
    public static AuditValue Of(HoldReason value) => new(AuditValueType.Code, CodeGrammar.Check(value.Code));

    /// <summary>A rejection.</summary>
    /// <param name="value">The rejection.</param>
    /// <returns>The value.</returns>
    public static AuditValue Of(RejectionCode value) => new(AuditValueType.Code, CodeGrammar.Check(value.Value));

    /// <summary>A token.</summary>
    /// <param name="value">The token.</param>
    /// <returns>The value.</returns>
    public static AuditValue Of(Token value) => new(AuditValueType.Token, new Token(value.Value).Value);

    /// <summary>Reads a value back from a ledger, checking the grammar of its type.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="text">Its canonical text.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">The text breaks the grammar of the type.</exception>
    /// <exception cref="FormatException">The text is not a number or a moment.</exception>
    public static AuditValue Parse(AuditValueType type, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        AuditValue value = type switch
        {
            AuditValueType.Number => Of(long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)),
            AuditValueType.Time => Of(DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)),
            AuditValueType.Digest => Digest256.TryParse(text, out Digest256 digest) ? Of(digest) : throw Broken(),
            AuditValueType.Category => PhiCategory.TryParse(text, out PhiCategory category) ? Of(category) : throw Broken(),
            AuditValueType.Id => Id(text),
            AuditValueType.Code => Of(new HoldReason(text)),
            AuditValueType.Token => Of(new Token(text)),
            _ => throw Broken(),
        };
        return value.Text == text ? value : throw Broken();
    }

    private static AuditValue Id(string value) => new(AuditValueType.Id, IdGrammar.Check(value, nameof(value)));

    private static ArgumentException Broken() => new("The text is not a canonical audit value.");
}
