namespace MedRedact.Core.Tests.Detection;

public sealed class OrganizationRulesTests
{
    [Theory]
    [InlineData("He works as a welder for Redwing Ironworks.", "name/organization=Redwing Ironworks")]
    [InlineData("is employed at Zembrzuski until June", "name/organization=Zembrzuski")]
    [InlineData("on the way from Tallgrass Freight Lines to the ward", "name/organization=Tallgrass Freight Lines")]
    [InlineData("a note for Bluestem Elementary School today", "name/organization=Bluestem Elementary School")]
    [InlineData("Outside study from Alder Creek Imaging", "geo/facility=Alder Creek Imaging")]
    [InlineData("seen at Mercy Ridge Health System in May", "geo/facility=Mercy Ridge Health System")]
    [InlineData("the staff of Our Lady of Lourdes Hospital", "geo/facility=Our Lady of Lourdes Hospital")]
    [InlineData("sent to Northfork Specialty Clinic", "geo/facility=Northfork Specialty Clinic")]
    public void Finds_employers_and_facilities_without_a_label(string text, string expected) => Assert.Contains(expected, Detect.In(text));

    [Theory]
    [InlineData("Review of Systems. Magnetic Resonance Imaging of the brain. Respiratory System normal.")]
    [InlineData("She works at night and for several hours on most days.")]
    [InlineData("Plan: Pulmonary Medicine Clinic follow-up, Cardiac Rehabilitation")]
    [InlineData("Three Tablets daily. Steel plate 4 mm, growth plate open, 6 hole plate.")]
    [InlineData("Fracture of neck of femur, initial encounter (S72.002A)")]
    public void Leaves_clinical_nouns_alone(string text) => Assert.Empty(Detect.In(text));

    [Theory]
    [InlineData("a collision 11/27 (plate PGM 2079)", "vehicle=PGM 2079")]
    [InlineData("a collision 11/27 and pain", "date=11/27")]
    [InlineData("asks about going home by 11/24. No", "date=11/24")]
    [InlineData("asks about going home by 2/4. No", "date=2/4")]
    [InlineData("wants to be back by 1/1. Overnight", "date=1/1")]
    [InlineData("Please follow up by 2/4.", "date=2/4")]
    [InlineData("come in by 3/8, walking daily by 3/4", "date=3/8")]
    [InlineData("Condition improved\nHome by 2/4", "date=2/4")]
    [InlineData("abdominal pain since 10/30. Referred", "date=10/30")]
    [InlineData("pain after meals since 5/5. Referred", "date=5/5")]
    [InlineData("Address: 4079 Old Mill Avenue, Fresno, CA’   Tel: 559-555-0180\n93706\nWeb", "geo/zip=93706")]
    [InlineData("Lic. LP187594", "license=LP187594")]
    [InlineData("group 851116", "plan=851116")]
    [InlineData("Unit/Bed: 2 West / 29", "geo/room=2 West / 29")]
    [InlineData("nurse, extension 4417, will call", "phone=4417")]
    [InlineData("at 5891 Kenneth Ports, New Amandafort, Wyoming United States - 97375", "geo/street=5891 Kenneth Ports")]
    [InlineData("at 5891 Kenneth Ports, New Amandafort, Wyoming United States - 97375", "geo/zip=97375")]
    [InlineData("Age/Sex: 95/F", "age/over-89=95")]
    [InlineData("Grandmother is 91 and well", "age/over-89=91")]
    [InlineData("Two sons, Dmitri and Arjun, are healthy.", "name=Arjun")]
    [InlineData("I spoke with Piotr Osei, brother, later", "name=Piotr Osei")]
    [InlineData("Thuy, the sister, agrees", "name=Thuy")]
    [InlineData("cc: Will Wilson, NP", "name/clinician=Will Wilson")]
    public void Finds_what_forms_and_notes_print_without_a_colon(string text, string expected) => Assert.Contains(expected, Detect.In(text));

    [Theory]
    [InlineData("strength 5/5, pain 6/10, improved by 1/2, GCS 12/15")]
    [InlineData("retrolisthesis by 2/3 of the disc")]
    [InlineData("prednisone was reduced by 1/2, the mass shrank in length by 1/3")]
    [InlineData("a graft of 3 by 3/4, the liver edge is down by 1/5")]
    public void Leaves_scores_and_fractions(string text) => Assert.Empty(Detect.In(text));
}
