using MedRedact.Detection;

namespace MedRedact.Core.Tests.Detection;

/// <summary>Addresses, numbers and names in the ways in which lists, exports and forms print them.</summary>
public sealed class PrintedVariantsTests
{
    [Theory]
    [InlineData("request from |10.20.30.40| was refused", "10.20.30.40")]
    [InlineData("host=10.20.30.40:8080 is up", "10.20.30.40")]
    [InlineData("from [10.20.30.40]:8080 today", "10.20.30.40")]
    public void A_network_address_is_found_among_other_signs(string text, string expected) => Assert.Contains("ip=" + expected, Detect.In(text));

    [Theory]
    [InlineData("object 2.16.84.1.113.3 of the registry")]
    [InlineData("runs v1.2.3.4 of the driver")]
    [InlineData("|300.20.30.40|")]
    public void A_longer_row_of_numbers_and_a_version_are_no_network_address(string text) => Assert.DoesNotContain(Detect.In(text), found => found.StartsWith("ip=", StringComparison.Ordinal));

    [Theory]
    [InlineData("Ingrid Dahl\n845 Lindevej 31 Suite 12\nKolding\nn/a\n6000", "6000")]
    [InlineData("Dr. Lena Skov\n845 Lindevej 31\nKOLDING null 6000", "6000")]
    [InlineData("24 Rue du Moulin 12\nHousel 13 84512", "84512")]
    [InlineData("the shop in Vila Serena 3610-114 is open", "3610-114")]
    public void A_postal_code_is_found_where_the_state_is_missing_or_a_number(string text, string code) => Assert.Contains("geo/zip=" + code, Detect.In(text));

    [Theory]
    [InlineData("P.O. Box 2291")]
    [InlineData("P O. Box 2291")]
    [InlineData("PO. Box 2291")]
    [InlineData("P,O Box 2291")]
    [InlineData("P.0. Box 2291")]
    public void A_post_box_is_found_whatever_became_of_its_points(string box) => Assert.Contains("geo/street=" + box, Detect.In($"Send bills to {box}, Port Hill"));

    [Theory]
    [InlineData("order 3610-114 is late")]
    [InlineData("Serena paid 3610-1145 crowns")]
    public void Four_digits_and_three_are_no_postal_code_elsewhere(string text) => Assert.DoesNotContain(Detect.In(text), found => found.StartsWith("geo/zip", StringComparison.Ordinal));

    [Theory]
    [InlineData(">48 15 Millstone Drive\n>Suite 459\n>Port Hill", "48 15 Millstone Drive")]
    [InlineData("we meet at Keel Hall, 80 P.O. Box 15, Port Hill", "80 P.O. Box 15")]
    [InlineData("12 Avenue des Tilleuls 318\nApt. 58\nLommel", "12 Avenue des Tilleuls 318")]
    [InlineData("sent to 12 boulevard Carnot, Lommel", "12 boulevard Carnot")]
    public void A_street_keeps_its_second_number(string text, string street) => Assert.Contains("geo/street=" + street, Detect.In(text));

    [Theory]
    [InlineData("Guyana\n781 1704 office\n(579) 555-0158 fax", "phone=781 1704", "fax=(579) 555-0158")]
    [InlineData("96 228011 office\n001-846-555-0189x92556 fax", "phone=96 228011", "phone=001-846-555-0189x92556")]
    public void A_telephone_number_is_told_by_the_word_behind_it(string text, string first, string second)
    {
        List<string> found = Detect.In(text);
        Assert.Contains(first, found);
        Assert.Contains(second, found);
    }

    [Theory]
    [InlineData("Attending: Larkin, Jude, K", "name/clinician=Larkin, Jude, K")]
    [InlineData("Patient: OKAFOR, CHIDI, N.", "name=OKAFOR, CHIDI, N.")]
    [InlineData("Mr. Brandvold Apt. 214 called", "name=Brandvold")]
    public void A_name_takes_its_initial_and_leaves_the_dwelling(string text, string expected) => Assert.Contains(expected, Detect.In(text));

    /// <summary>The claim form CMS-1500 puts numbered labels above its fields, and UB-04 numbers of one or two digits before them.</summary>
    [Theory]
    [InlineData("1a. INSURED'S I.D. NUMBER (For Program in Item 1)\nXJW884421907", "plan=XJW884421907")]
    [InlineData("2. PATIENT'S NAME (Last Name, First Name, Middle Initial)\nLARKIN, JUDE, K", "name=LARKIN, JUDE, K")]
    [InlineData("3. PATIENT'S BIRTH DATE\n01 02 1950", "date/birth=01 02 1950")]
    [InlineData("26. PATIENT'S ACCOUNT NO.\n991204", "account=991204")]
    [InlineData("25. FEDERAL TAX I.D. NUMBER\n23-1234567", "23-1234567")]
    [InlineData("3a PAT. CNTL #\n8812044", "account=8812044")]
    [InlineData("60 INSURED'S UNIQUE ID\nQQ1188273", "plan=QQ1188273")]
    [InlineData("64 DOCUMENT CONTROL NUMBER\n8812777120", "8812777120")]
    public void A_numbered_field_of_a_claim_form_is_read_below_its_label(string text, string expected) =>
        Assert.Contains(Detect.In(text), found => found.EndsWith(expected, StringComparison.Ordinal));

    [Fact]
    public void The_version_of_the_rules_follows_the_model_that_ships()
    {
        Digest256 model = TaggerModelFile.EmbeddedHash();
        Assert.Equal(HashedVersion.Of(new Version(1, 4), [model]), new TextRules().Info.Version);
        Assert.Equal(TaggerModel.Default.Digest, BitConverter.ToInt32(model.ToArray()) & int.MaxValue);
    }
}
