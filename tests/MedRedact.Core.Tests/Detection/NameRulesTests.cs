namespace MedRedact.Core.Tests.Detection;

public sealed class NameRulesTests
{
    [Theory]
    [InlineData("Patient name: Okafor, Terrence W.", "name=Okafor, Terrence W.")]
    [InlineData("Seen by Dr. Margaret Thorne T. on Monday", "name/clinician=Margaret Thorne T.")]
    [InlineData("Patient: J. R. Okafor", "name=J. R. Okafor")]
    public void Takes_the_initials_beside_a_name(string text, string expected) => Assert.Contains(expected, Detect.In(text));

    [Theory]
    [InlineData("Seen by Dr. Margaret Thorne. A. fumigatus grew in culture.")]
    [InlineData("Dr. Margaret Thorne\nI. HISTORY")]
    public void Takes_no_letter_that_begins_something_else(string text) => Assert.Contains("name/clinician=Margaret Thorne", Detect.In(text));

    [Theory]
    [InlineData("referred by Dr. Anna Smith, cardiology", "Anna Smith")]
    [InlineData("Mr. Foley has a Foley catheter", "Foley")]
    [InlineData("Patient: Garcia-Lopez, Maria T.", "Garcia-Lopez, Maria T.")]
    [InlineData("Name: Sam K., DOB", "Sam K.")]
    [InlineData("a 55-year-old male, Robert Smith, with", "Robert Smith")]
    [InlineData("Martha Collins is a 50-year-old female", "Martha Collins")]
    [InlineData("Attending: J. de la Cruz, MD", "J. de la Cruz")]
    [InlineData("signed by Karen O'Brien RN", "Karen O'Brien")]
    [InlineData("his wife Karen agrees", "Karen")]
    [InlineData("PATIENT NAME: MARTHA COLLINS", "MARTHA COLLINS")]
    [InlineData("name: natasha higuchi", "natasha higuchi")]
    [InlineData("Nombre: Pedro. Apellidos: De Miguel Rivera.", "De Miguel Rivera")]
    [InlineData("José García presentó", "José García")]
    public void Finds_names_by_title_label_form_and_context(string text, string expected) => Assert.Contains(expected, Detect.In(text).Where(found => found.StartsWith("name", StringComparison.Ordinal)).Select(found => found[(found.IndexOf('=', StringComparison.Ordinal) + 1)..]));

    [Theory]
    [InlineData("Foley catheter placed, Murphy's sign negative, Barrett's esophagus")]
    [InlineData("positive Chaddock reflex and a Gleason score of 7")]
    [InlineData("Hashimoto thyroiditis, Parkinson's disease, Down syndrome")]
    [InlineData("ASSESSMENT AND PLAN\n\nContinue Lisinopril and Lasix. Consider Xarelto.")]
    [InlineData("HISTORY OF PRESENT ILLNESS\nThe patient denies pain.")]
    [InlineData("CHA2DS2-VASc score, Framingham risk, Wells criteria, Apgar 9")]
    public void Leaves_eponyms_drugs_and_headings(string text) => Assert.Empty(Detect.In(text));

    [Theory]
    [InlineData("seen at St. Luke's Hospital on", "geo/facility=St. Luke's Hospital")]
    [InlineData("at Riverfield Medical Center for", "geo/facility=Riverfield Medical Center")]
    [InlineData("our Dallas facility", "geo/facility=Dallas facility")]
    [InlineData("treated at Johns Hopkins for", "geo/facility=Johns Hopkins")]
    [InlineData("lives in Milwaukee now", "geo/city=Milwaukee")]
    [InlineData("moved to Springfield, IL 62704", "geo/zip=62704")]
    [InlineData("at 1203 N. Maple Street Apt. 4, Dayton, OH 45402", "geo/street=1203 N. Maple Street")]
    [InlineData("Domicilio: Calle Carmen Romero, 23, 1D.", "geo/street=Calle Carmen Romero, 23, 1D")]
    [InlineData("Hospital Universitario La Paz", "geo/facility=Hospital Universitario La Paz")]
    public void Finds_places_and_facilities(string text, string expected) => Assert.Contains(expected, Detect.In(text));

    [Theory]
    [InlineData("He lives with his mother, Adaeze, who helps.", "Adaeze")]
    [InlineData("She was brought in by her son, Kwabena Osei.", "Kwabena Osei")]
    [InlineData("Thandiwe, the daughter, is the historian.", "Thandiwe")]
    [InlineData("her husband, Tadeusz.", "Tadeusz")]
    [InlineData("named Jane A. Doe, seen", "Jane A. Doe")]
    public void A_relative_in_apposition_is_named(string text, string expected) => Assert.Contains(expected, Detect.Texts(text));

    [Theory]
    [InlineData("Mother, father and two siblings are healthy.")]
    [InlineData("Her mother, Type 2 diabetic, is well.")]
    public void Relatives_without_a_name_are_left(string text) => Assert.Empty(Detect.In(text));
}
