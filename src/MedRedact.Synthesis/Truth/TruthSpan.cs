namespace MedRedact.Synthesis;

/// <summary>One labelled stretch of a made-up record or text.</summary>
/// <param name="Start">First UTF-16 code unit, counted from the start of the text that the span belongs to.</param>
/// <param name="End">One past the last UTF-16 code unit.</param>
/// <param name="Type">Coarse type: NAME, DATE, AGE, LOCATION, PHONE, FAX, EMAIL, SSN, ID, ACCOUNT, LICENSE, VEHICLE, DEVICE, URL, IP, BIOMETRIC, ORG, PROFESSION;
/// OTHER means that finding it is neither right nor wrong (a state, a country, a bare year, an insurer).</param>
/// <param name="Category">Finer category, a name of the <c>safe-harbor</c> taxonomy: <c>mrn</c>, <c>name/clinician</c>, <c>geo/zip</c>.</param>
/// <param name="IsPhi">Whether 45 CFR 164.514(b)(2), read strictly (clinicians, facilities and employers included), asks for its removal.</param>
/// <param name="Value">The text from <paramref name="Start"/> to <paramref name="End"/>; it holds a line feed where the value runs over two lines.</param>
public sealed record TruthSpan(int Start, int End, string Type, string Category, bool IsPhi, string Value);
