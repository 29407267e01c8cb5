using System.Reflection;

namespace MedRedact.Tests;

public sealed class PhiCategoryTests
{
    [Fact]
    public void Every_well_known_category_survives_printing_and_reading()
    {
        PhiCategory[] known = [.. WellKnown()];
        Assert.True(known.Length > 40);
        Assert.Equal(known.Length, known.Distinct().Count());
        Assert.All(known, category =>
        {
            Assert.True(PhiCategory.TryParse(category.ToString(), out PhiCategory back));
            Assert.Equal(category, back);
            Assert.True(PhiCategory.TryParse(category.Name, out PhiCategory byName));
            Assert.Equal(category, byName);
            Assert.Equal(category, new PhiCategory(category.Taxonomy, category.Name));
        });
    }

    [Fact]
    public void A_class_speaks_for_its_sub_categories_and_not_the_other_way_round()
    {
        Assert.True(PhiCategory.Zip.IsA(PhiCategory.Geography));
        Assert.True(PhiCategory.Zip.IsA(PhiCategory.Zip));
        Assert.False(PhiCategory.Geography.IsA(PhiCategory.Zip));
        Assert.False(PhiCategory.Zip.IsA(PhiCategory.City));
        Assert.False(new PhiCategory("hospital", "geo/zip").IsA(PhiCategory.Geography));
        Assert.Equal("zip", PhiCategory.Zip.ShortName);
        Assert.Equal("name", PhiCategory.PersonName.ShortName);
    }

    [Fact]
    public void Every_well_known_category_belongs_to_a_Safe_Harbor_class() =>
        Assert.All(WellKnown(), category => Assert.Contains(PhiCategory.SafeHarbor, category.IsA));

    [Theory]
    [InlineData("safe-harbor", "")]
    [InlineData("safe-harbor", "Name")]
    [InlineData("safe-harbor", "a/b/c")]
    [InlineData("safe-harbor", "/a")]
    [InlineData("safe-harbor", "a/")]
    [InlineData("", "name")]
    [InlineData("safe:harbor", "name")]
    [InlineData("safe-harbor", "jane roe")]
    [InlineData("safe-harbor", "123456789012345678901234567890123")]
    [InlineData(null, "name")]
    [InlineData("safe-harbor", null)]
    public void The_grammar_leaves_no_room_for_content(string? taxonomy, string? name)
    {
        Assert.ThrowsAny<ArgumentException>(() => new PhiCategory(taxonomy!, name!));
        Assert.False(PhiCategory.TryParse($"{taxonomy}:{name}", out _));
    }

    [Fact]
    public void A_label_names_the_category_and_says_nothing_about_the_value()
    {
        Assert.Equal("[NAME]", Replacement.Label(PhiCategory.PersonName).Text);
        Assert.Equal("[ZIP]", Replacement.Label(PhiCategory.Zip).Text);
        Assert.Equal("████████", Replacement.Mask().Text);
        Assert.Equal("", Replacement.Erase.Text);
    }

    private static IEnumerable<PhiCategory> WellKnown() => typeof(PhiCategory)
        .GetProperties(BindingFlags.Public | BindingFlags.Static)
        .Where(property => property.PropertyType == typeof(PhiCategory))
        .Select(property => (PhiCategory)property.GetValue(null)!);
}
