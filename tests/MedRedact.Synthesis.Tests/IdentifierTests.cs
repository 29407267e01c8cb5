using System.Globalization;
using CsCheck;

namespace MedRedact.Synthesis.Tests;

public sealed class IdentifierTests
{
    private static readonly Gen<SyntheticPatient> s_patients = Gen.Int.Select(SyntheticPatient.Create);

    [Fact]
    public void Social_security_numbers_come_from_an_area_never_issued() => s_patients.Sample(
        patient => Assert.Matches(@"^9\d\d-(0[1-9]|[1-4]\d)-\d{4}$", patient.Ssn), iter: 500, seed: "0000KLr13Hy4");

    [Fact]
    public void Telephones_and_mail_addresses_are_those_kept_for_fiction() => s_patients.Sample(
        patient =>
        {
            Assert.All((string[])[patient.HomePhone, patient.MobilePhone, patient.RelativePhone], phone => Assert.Matches(@"555[.-]01\d\d$", phone));
            Assert.Matches(@"^[a-z]+[._][a-z]+\d*@example\.(org|com)$", patient.Email);
        },
        iter: 500, seed: "0000KLr13Hy4");

    [Fact]
    public void Provider_numbers_in_the_text_pass_their_check_digit()
    {
        int seen = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            SyntheticRecord record = SyntheticRecords.Create(DocumentKind.Prescription, seed);
            foreach (TruthSpan span in record.Spans.Where(span => span.Category is "license/npi" or "license/dea"))
            {
                seen++;
                Assert.True(span.Value.Length == 10 ? IsNpi(span.Value) : IsDea(span.Value));
            }
        }

        Assert.True(seen >= 80);
    }

    [Fact]
    public void Vehicle_numbers_in_the_text_pass_their_check_character()
    {
        string[] vins = [.. Enumerable.Range(0, 30).SelectMany(seed => SyntheticRecords.Create(DocumentKind.EmergencyFaceSheet, seed).Spans)
            .Where(span => span.Category == "vehicle" && span.Value.Length == 17).Select(span => span.Value)];
        Assert.NotEmpty(vins);
        Assert.All(vins, vin => Assert.Equal(vin[8], VinCheck(vin)));
    }

    [Fact]
    public void Some_patients_are_ninety_or_older_and_their_ages_are_labelled_as_such()
    {
        SyntheticRecord old = Enumerable.Range(0, 60).Select(seed => SyntheticRecords.Create(DocumentKind.ProgressNote, seed)).First(record => record.Patient.BirthDate.Year < 1931);
        Assert.Contains(old.Spans, span => span is { Category: "age/over-89", IsPhi: true });
    }

    private static bool IsNpi(string npi)
    {
        int sum = 24;
        for (int i = 0; i < 10; i++)
        {
            int digit = npi[i] - '0';
            sum += i % 2 == 0 ? digit * 2 / 10 + digit * 2 % 10 : digit;
        }

        return sum % 10 == 0;
    }

    private static bool IsDea(string dea)
    {
        int[] d = [.. dea[2..].Select(c => c - '0')];
        return (d[0] + d[2] + d[4] + 2 * (d[1] + d[3] + d[5])) % 10 == d[6];
    }

    private static char VinCheck(string vin)
    {
        int[] weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
        int Value(char c) => char.IsDigit(c) ? c - '0' : c <= 'H' ? c - 'A' + 1 : c <= 'N' ? c - 'J' + 1 : c == 'P' ? 7 : c == 'R' ? 9 : c - 'S' + 2;
        int rest = vin.Select((c, i) => weights[i] * Value(c)).Sum() % 11;
        return rest == 10 ? 'X' : rest.ToString(CultureInfo.InvariantCulture)[0];
    }
}
