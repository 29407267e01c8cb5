using System.Text;

namespace MedRedact.Storage.Tests;

public sealed class ValueNormalizerTests
{
    [Theory]
    [InlineData("José Núñez", "Jose\u0301 Nu\u0301n\u0303ez")]
    [InlineData("Nguyễn Văn Huế", "NGUYE\u0302\u0303N VA\u0306N HUE\u0302\u0301")]
    [InlineData("O’Brien", "o'brien")]
    [InlineData("Smith–Jones", "SMITH-JONES")]
    [InlineData("Griﬃn", "griffin")]
    [InlineData("ＡＢ１２", "ab12")]
    [InlineData("  Anna\t\n Maria ", "anna maria")]
    [InlineData("Mül\u00ADler", "MÜLLER")]
    [InlineData("\u00A0X\u2003Y", "x y")]
    public void Ways_to_write_one_value_are_one(string left, string right) =>
        Assert.Equal(Encoding.UTF8.GetString(ValueNormalizer.Normalize(right)), Encoding.UTF8.GetString(ValueNormalizer.Normalize(left)));

    [Theory]
    [InlineData("Muller", "Müller")]
    [InlineData("Anna Maria", "Annamaria")]
    [InlineData("1", "l")]
    [InlineData("12/03/1970", "12.03.1970")]
    public void Different_values_stay_different(string left, string right) =>
        Assert.NotEqual(ValueNormalizer.Normalize(left), ValueNormalizer.Normalize(right));

    [Fact]
    public void The_form_of_a_form_is_itself()
    {
        string all = new([.. Enumerable.Range(0, 0x2100).Concat(Enumerable.Range(0xFB00, 0x500)).Where(c => !char.IsSurrogate((char)c)).Select(c => (char)c)]);

        string once = Encoding.UTF8.GetString(ValueNormalizer.Normalize(all));

        Assert.Equal(once, Encoding.UTF8.GetString(ValueNormalizer.Normalize(once)));
    }
}
