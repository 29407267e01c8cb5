using System.Text.Json;
using MedRedact.Detection;

namespace MedRedact.Core.Tests.Detection;

/// <summary>The schemas of the formats, for editors, name the keys that the readers know, no more and no fewer.</summary>
public sealed class FormatSchemaTests
{
    [Fact]
    public void The_schema_of_rules_names_the_keys_that_the_reader_knows()
    {
        using JsonDocument schema = Schema("detection-rules");
        JsonElement root = schema.RootElement;
        Assert.Equal(RuleFileReader.FileKeys.Order(), Keys(root));
        Assert.Equal(RuleFileReader.RecognizerKeys.Order(), Keys(root, "recognizers"));
        Assert.Equal(RuleFileReader.RecognizerLabelKeys.Order(), Keys(root.GetProperty("properties").GetProperty("recognizers").GetProperty("items").GetProperty("properties").GetProperty("labels")));
        Assert.Equal(RuleFileReader.LabelKeys.Order(), Keys(root, "labels"));
        Assert.Equal(RuleFileReader.AllowKeys.Order(), Keys(root, "allow"));
        Assert.Equal(RuleFileReader.DenyKeys.Order(), Keys(root, "deny"));
        Assert.Equal(RuleFileReader.FuzzyKeys.Order(), Keys(root, "fuzzy"));
        Assert.Equal(NamedChecks.All.Keys.Order(), root.GetProperty("$defs").GetProperty("check").GetProperty("enum").EnumerateArray().Select(name => name.GetString()!).Order());
    }

    [Fact]
    public void The_schema_of_templates_names_the_keys_that_the_reader_knows()
    {
        using JsonDocument schema = Schema("form-templates");
        JsonElement root = schema.RootElement;
        JsonElement template = root.GetProperty("properties").GetProperty("templates").GetProperty("items");
        Assert.Equal(FormTemplateReader.FileKeys.Order(), Keys(root));
        Assert.Equal(FormTemplateReader.TemplateKeys.Order(), Keys(template));
        Assert.Equal(FormTemplateReader.AnchorKeys.Order(), Keys(template, "anchors"));
        Assert.Equal(FormTemplateReader.ZoneKeys.Order(), Keys(template, "zones"));
    }

    private static IEnumerable<string> Keys(JsonElement schema, string array) => Keys(schema.GetProperty("properties").GetProperty(array).GetProperty("items"));

    private static IEnumerable<string> Keys(JsonElement schema)
    {
        Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
        return schema.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order();
    }

    private static JsonDocument Schema(string format) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, $"{format}.schema.json")));
}
