namespace MedRedact.Core.Tests.Detection;

/// <summary>What Spanish paperwork prints around identifiers.</summary>
public sealed class SpanishRulesTests
{
    [Theory]
    [InlineData("Nº Historia: 918273", "mrn=918273")]
    [InlineData("Nº de historia clínica: 918273", "mrn=918273")]
    [InlineData("Nº HISTORIA 918273", "mrn=918273")]
    [InlineData("N* HISTORIA 918273", "mrn=918273")]
    [InlineData("N% petición: P2491827", "unique/accession=P2491827")]
    [InlineData("Historia clínica: 918273", "mrn=918273")]
    [InlineData("Nº petición: P2491827", "unique/accession=P2491827")]
    [InlineData("Fdo.: Dr. Gil   Nº Col. 31/31/91827", "license=31/31/91827")]
    [InlineData("Colegiado nº 31/31/91827", "license=31/31/91827")]
    public void A_number_follows_its_label_with_its_sign(string text, string expected) => Assert.Contains(expected, Detect.In(text));

    [Theory]
    [InlineData("Acude el 16 nov. 2023 a la consulta.", "16 nov. 2023")]
    [InlineData("Se revisa el 15 ago. 2025.", "15 ago. 2025")]
    [InlineData("Camina con andador el 6/6. Se va a casa.", "6/6")]
    [InlineData("Dolor desde el 1/10. No fiebre.", "1/10")]
    public void A_day_is_found_whole_with_its_month_in_short(string text, string expected) => Assert.Contains(expected, Detect.Texts(text));

    [Theory]
    [InlineData("Dolor 1/10 en reposo.")]
    [InlineData("Dolor de intensidad 6/10.")]
    public void A_score_of_pain_is_no_day(string text) => Assert.Empty(Detect.Texts(text));

    [Theory]
    [InlineData("Edad / Sexo: 93 años / Mujer", "age/over-89=93 años")]
    [InlineData("Don Luis Gil, de 93 años, vive solo.", "age/over-89=93 años")]
    public void An_age_stands_beside_the_sex_or_behind_a_name(string text, string expected) => Assert.Contains(expected, Detect.In(text));

    [Fact]
    public void A_course_of_years_is_no_age() => Assert.DoesNotContain(Detect.In("Hipertensión, de 91 años de evolución."), found => found.StartsWith("age", StringComparison.Ordinal));

    [Theory]
    [InlineData("para cambiar la cita llame al 995 25 03 69. Gracias", "phone=995 25 03 69")]
    [InlineData("Domicilio: Calle Ramón y Cajal, 26, 6º B", "geo/street=Calle Ramón y Cajal, 26, 6º B")]
    [InlineData("Domicilio: Calle Ramón y Cajal, 26, 6* B", "geo/street=Calle Ramón y Cajal, 26, 6* B")]
    [InlineData("en la Calle Ortega y Gasset, 12 de Soria", "geo/street=Calle Ortega y Gasset, 12")]
    public void A_telephone_and_a_street_of_two_names_are_found_whole(string text, string expected) => Assert.Contains(expected, Detect.In(text));

    [Theory]
    [InlineData("Amoxicilina 500 mg")]
    [InlineData("Alergias\nPenicilina (exantema).")]
    public void A_medicine_with_its_Spanish_name_is_nobody(string text) => Assert.Empty(Detect.Texts(text));
}
