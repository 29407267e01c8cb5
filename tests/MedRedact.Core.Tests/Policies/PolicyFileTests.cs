using System.Security.Cryptography;
using System.Text;

namespace MedRedact.Policies;

public sealed class PolicyFileTests
{
    private const string Head = """
        { "name": "clinic", "version": "1.2", "default": "redact",
          "rules": [

        """;

    [Fact]
    public void Lets_the_most_specific_rule_decide()
    {
        PolicyFile policy = Policy("""
            { "categories": ["geo"], "disposition": "review" },
            { "categories": ["geo/zip"], "disposition": "generalize" },
            { "categories": ["geo/zip"], "documentTypes": ["claim-form"], "disposition": "keep" },
            { "categories": ["mrn"], "documentTypes": ["claim-form"], "disposition": "tokenize", "note": "for billing" }
            """);
        var claim = new DocumentType("claim-form");

        Assert.Equal(Disposition.Review, policy.Decide(PhiCategory.City));
        Assert.Equal(Disposition.Generalize, policy.Decide(PhiCategory.Zip));
        Assert.Equal(Disposition.Keep, policy.Decide(PhiCategory.Zip, claim));
        Assert.Equal(Disposition.Tokenize, policy.Decide(PhiCategory.Mrn, claim));
        Assert.Equal(Disposition.Redact, policy.Decide(PhiCategory.Mrn));
        Assert.Equal([Disposition.Redact, Disposition.Tokenize, Disposition.Generalize, Disposition.Review, Disposition.Keep], policy.Uses.Order());
    }

    [Fact]
    public void Redacts_what_no_rule_names()
    {
        PolicyFile policy = Policy("""{ "categories": ["hospital:badge"], "disposition": "keep" }""");
        Assert.Equal(Disposition.Keep, policy.Decide(new PhiCategory("hospital", "badge/old")));
        Assert.Equal(Disposition.Redact, policy.Decide(new PhiCategory("hospital", "locker")));
        Assert.Equal(Disposition.Redact, policy.Decide(default));
    }

    [Fact]
    public void Hashes_the_bytes_as_they_are()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Head + "] } // the end\n");
        Assert.Equal(Digest256.From(SHA256.HashData(bytes)), PolicyFile.Parse(bytes).Hash.Value);
    }

    [Theory]
    [InlineData("""{ "categories": ["name"], ¦"dispositon": "redact" }""", "MR-POL-002")]
    [InlineData("""{ "categories": [¦"nmae"], "disposition": "redact" }""", "MR-POL-003")]
    [InlineData("""{ "categories": [¦"geo/zipcode"], "disposition": "redact" }""", "MR-POL-003")]
    [InlineData("""{ "categories": ["name"], "disposition": ¦"hide" }""", "MR-POL-004")]
    [InlineData("""{ "categories": ["name"], "disposition": ¦1 }""", "MR-POL-005")]
    [InlineData("""{ "categories": [¦], "disposition": "redact" }""", "MR-POL-005")]
    [InlineData("""{ "note": "ÜÜ", "categories": ["name"], "documentTypes": [¦"Ü"], "disposition": "redact" }""", "MR-POL-005")]
    [InlineData("""¦{ "categories": ["name"] }""", "MR-POL-006")]
    [InlineData("""¦{ "categories": ["name", "name"], "disposition": "redact" }""", "MR-POL-007")]
    [InlineData("""{ "categories": ["name"] ¦"disposition": "redact" }""", "MR-POL-001")]
    public void Names_the_place_of_a_fault_in_a_rule(string marked, string code)
    {
        PolicyFileException fault = Assert.Throws<PolicyFileException>(() => Policy(marked.Replace("¦", "", StringComparison.Ordinal)));
        Assert.Equal((code, 3, marked.IndexOf('¦', StringComparison.Ordinal) + 1), (fault.Code.Value, fault.Line, fault.Column));
        Assert.StartsWith($"{code}: line 3, column ", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "name": "x", "version": "1.0", "default": "keep", "rules": [] }""", "MR-POL-010")]
    [InlineData("""{ "name": "x", "version": "1.0", "default": "shift-date", "rules": [] }""", "MR-POL-010")]
    [InlineData("""{ "name": "x", "version": "1.0", "rules": [] }""", "MR-POL-006")]
    [InlineData("""{ "name": "x", "version": "one", "default": "redact", "rules": [] }""", "MR-POL-005")]
    [InlineData("""{ "name": "X!", "version": "1.0", "default": "redact", "rules": [] }""", "MR-POL-005")]
    [InlineData("""{ "name": "x", "name": "x", "version": "1.0", "default": "redact", "rules": [] }""", "MR-POL-005")]
    [InlineData("""{ "name": "x", "version": "1.0", "default": "redact", "zip3": "zip3/2030", "rules": [] }""", "MR-POL-009")]
    [InlineData("""{ "name": "x", "version": "1.0", "default": "redact", "standard": "gdpr", "rules": [] }""", "MR-POL-005")]
    [InlineData("""{ "name": "x", "version": "1.0", "default": "redact", "rules": [] } {}""", "MR-POL-001")]
    [InlineData("""{ "name": "x", "version": "1.0", "default": "redact", "rules": [] """, "MR-POL-001")]
    [InlineData("", "MR-POL-001")]
    [InlineData("[]", "MR-POL-005")]
    [InlineData("""{ "name": "\uD800", "version": "1.0", "default": "redact", "rules": [] }""", "MR-POL-001")]
    public void Refuses_what_is_not_a_policy(string text, string code) =>
        Assert.Equal(code, Assert.Throws<PolicyFileException>(() => PolicyFile.Parse(Encoding.UTF8.GetBytes(text))).Code.Value);

    [Fact]
    public void Refuses_a_file_that_is_too_large() =>
        Assert.Equal("MR-POL-001", Assert.Throws<PolicyFileException>(() => PolicyFile.Parse(new byte[PolicyFile.MaxBytes + 1])).Code.Value);

    [Theory]
    [InlineData("\"name\": \"x\", \"standard\": \"safe-harbor\"", "date", "shift-date")]
    [InlineData("\"name\": \"my-safe-harbor\"", "date/birth", "shift-date")]
    [InlineData("\"name\": \"my-safe-harbor\"", "mrn", "pseudonym")]
    [InlineData("\"name\": \"x\", \"standard\": \"safe-harbor\"", "name", "pseudonym")]
    [InlineData("\"name\": \"x\", \"standard\": \"safe-harbor\"", "account", "format-preserving")]
    [InlineData("\"name\": \"x\", \"standard\": \"safe-harbor\"", "name", "surrogate")]
    [InlineData("\"name\": \"x\", \"standard\": \"safe-harbor\"", "date", "keep")]
    [InlineData("\"name\": \"x\", \"standard\": \"safe-harbor\"", "geo", "keep")]
    [InlineData("\"name\": \"x\", \"standard\": \"safe-harbor\"", "age", "keep")]
    [InlineData("\"name\": \"x\", \"standard\": \"limited-data-set\"", "phone", "keep")]
    [InlineData("\"name\": \"my-safe-harbor\", \"standard\": \"none\"", "phone", "redact")]
    public void Refuses_a_rule_that_breaks_the_standard_the_policy_names(string head, string category, string disposition)
    {
        string text = $$"""
            { {{head}}, "version": "1.0", "default": "redact", "rules": [ { "categories": ["{{category}}"], "disposition": "{{disposition}}" } ] }
            """;
        Assert.Equal("MR-POL-008", Assert.Throws<PolicyFileException>(() => PolicyFile.Parse(Encoding.UTF8.GetBytes(text))).Code.Value);
    }

    [Fact]
    public async Task Loads_a_file()
    {
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, Head + "] }", TestContext.Current.CancellationToken);
            PolicyFile policy = await PolicyFile.LoadAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(("clinic", new Version(1, 2)), (policy.Name, policy.Version));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Knows_every_category_that_the_vocabulary_names()
    {
        IEnumerable<PhiCategory> named = typeof(PhiCategory).GetProperties()
            .Where(property => property.PropertyType == typeof(PhiCategory) && property.GetMethod!.IsStatic)
            .Select(property => (PhiCategory)property.GetValue(null)!);
        Assert.Equal(named.Select(category => category.Name).Order(), WellKnownCategories.All.Select(category => category.Name).Order());
    }

    private static PolicyFile Policy(string rules) => PolicyFile.Parse(Encoding.UTF8.GetBytes(Head + rules + "\n] }"));
}
