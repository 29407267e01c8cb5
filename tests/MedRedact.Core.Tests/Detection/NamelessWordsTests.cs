namespace MedRedact.Core.Tests.Detection;

/// <summary>Words with a capital that say what kind, of which nation or which medicine, and never who.</summary>
public sealed class NamelessWordsTests
{
    [Theory]
    [InlineData("He works for XYZ and was then seen at XXXX for follow up.")]
    [InlineData("She is employed by the Army and her brother works at the Post Office.")]
    [InlineData("Brought to the Emergency Room by the Fire Department last night.")]
    [InlineData("She lost weight on the Nordic diet and gained it back.")]
    [InlineData("We restarted Entyvio after a month of Stelara, and Skyrizi comes next.")]
    [InlineData("He has a job in sales, which requires walking.")]
    [InlineData("She attended High School and University.")]
    [InlineData("She is an eighth grader at Middle School and likes it.")]
    [InlineData("The occupation was Russian, the village was burnt.")]
    [InlineData("DEPARTMENT OF SURGERY\nAND APPLIED SCIENCE\n\nFINAL REPORT")]
    [InlineData("Electronically Signed Insurance Agent")]
    [InlineData("Prepared By: Billing Coordinator")]
    [InlineData("Electronically signed insurance Agent\n\nDEPARTMENT OF SURGERY AND APPLIED SCIENCE\n\nFINAL REPORT")]
    [InlineData("Seen in the Department of Obstetrics and Gynecology today.")]
    public void What_names_nobody_stays(string text) => Assert.Empty(Detect.In(text));

    [Theory]
    [InlineData("DEPARTMENT OF SURGERY           77 Birch Road\nAND APPLIED SCIENCE             Dayton, OH 45402\n(937) 555-0142")]
    [InlineData("DEPARTMENT OF SURGERY 77 Birch Road\nAND APPLIED SCIENCE Dayton, OH 45402\n(937) 555-0142")]
    [InlineData("DEPARTMENT OF SURGERY AND APPLIED SCIENCE\nDAYTON, OH (937) 555-0142")]
    [InlineData("DEPARTMENT OF SURGERY AND APPLIED SCIENCE DAYTON, OH (937) 555-0142")]
    public void In_a_letterhead_the_address_goes_and_the_department_stays(string text)
    {
        List<string> found = Detect.Texts(text);
        Assert.Contains(found, value => value.Contains("dayton", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("OH", found);
        Assert.DoesNotContain(found, value => value.Contains("APPLIED", StringComparison.Ordinal) || value.Contains("SURGERY", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Her family moved to Eastern Poland.", "Poland", "Eastern")]
    [InlineData("A trip through Southern Austria did her good.", "Austria", "Southern")]
    public void A_direction_is_no_place_beside_the_country_that_is_one(string text, string place, string direction)
    {
        List<string> found = Detect.Texts(text);
        Assert.Contains(place, found);
        Assert.DoesNotContain(direction, found);
    }

    [Theory]
    [InlineData("pt w/ hx of HTN, Osgood K., seen today", "HTN")]
    [InlineData("labs for COPD, Marta T., are pending", "COPD")]
    public void An_abbreviation_beside_a_name_is_no_surname(string text, string term) =>
        Assert.DoesNotContain(Detect.Texts(text), found => found.Contains(term, StringComparison.Ordinal));

    [Theory]
    [InlineData("He works for Redwing Army Surplus.", "Redwing Army Surplus")]
    [InlineData("seen at Harborview Emergency Room", "Harborview")]
    [InlineData("Mr. French was here.", "French")]
    [InlineData("She works for ABC as an editor.", "ABC")]
    public void A_name_that_holds_such_a_word_is_still_found(string text, string expected) =>
        Assert.Contains(Detect.Texts(text), found => found.Contains(expected, StringComparison.Ordinal));
}
