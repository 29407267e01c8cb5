using MedRedact.Testing;

namespace MedRedact.ConformanceTests;

/// <summary>What every <see cref="IRedactor"/> promises.</summary>
public abstract class RedactorContract
{
    // Values no redactor expects: it may pass, or fault without repeating them.
    private static readonly string[] s_hostile =
        [" ", "\n", "A", new string('9', 10_000), "\u202Eesrever\u202C", "\uD800lone", "pa\u0000tel", "١٢/٠٣/١٩٦٢", "99/99/9999", "𝔐𝔞𝔯𝔦𝔞 𝔄𝔩𝔳𝔞𝔯𝔢𝔷", "<b>{{0}}</b>", "../../etc/passwd"];

    /// <summary>Makes the redactor.</summary>
    /// <returns>The redactor.</returns>
    protected abstract IRedactor CreateRedactor();

    /// <summary>Values it must have an answer for, at least two, each of four characters or more, one of eight letters or digits, and of a category it serves. Use synthetic ones.</summary>
    protected abstract IReadOnlyList<(PhiCategory Category, string Value)> Examples { get; }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task It_answers_its_own_examples_with_a_replacement_of_the_kind_it_serves()
    {
        IRedactor redactor = CreateRedactor();
        Assert.True(Enum.IsDefined(redactor.Serves));
        Assert.NotEqual(Disposition.Keep, redactor.Serves);
        Assert.True(Examples.Count >= 2, "give at least two examples");
        foreach ((PhiCategory category, string value) in Examples)
        {
            Assert.True(redactor.Categories.IsEmpty || redactor.Categories.Any(category.IsA), $"{category} is not among its categories");
            Replacement? answer = await redactor.ProposeAsync(Samples.Target(category, value), Samples.Cancellation);
            Assert.NotNull(answer);
            Assert.True(Fits(redactor.Serves, answer.Kind), $"a {answer.Kind} does not serve {redactor.Serves}");
        }
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task No_replacement_repeats_the_value_or_breaks_the_line()
    {
        IRedactor redactor = CreateRedactor();
        foreach ((PhiCategory category, string value) in Questions(redactor))
        {
            Replacement? answer = await Ask(redactor, category, value);
            if (answer is null)
                continue;
            Assert.DoesNotContain(answer.Text, char.IsControl);
            if (value.Trim().Length >= 4)
                Assert.False(Contains(answer.Text, value), $"the replacement of a {category} repeats it");
        }
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_mask_or_label_does_not_tell_how_long_the_value_was()
    {
        IRedactor redactor = CreateRedactor();
        foreach (PhiCategory category in Examples.Select(example => example.Category).Distinct())
        {
            Replacement? brief = await Ask(redactor, category, "Ng 12"), lengthy = await Ask(redactor, category, "Wolfeschlegelsteinhausen 1234567890");
            if (brief?.Kind == lengthy?.Kind && brief?.Kind is ReplacementKind.Mask or ReplacementKind.Label)
                Assert.Equal(brief!.Text.Length, lengthy!.Text.Length);
        }
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task The_same_value_of_one_subject_gets_the_same_replacement_also_from_many_threads()
    {
        IRedactor redactor = CreateRedactor();
        foreach ((PhiCategory category, string value) in Examples)
        {
            Replacement? first = await redactor.ProposeAsync(Samples.Target(category, value), Samples.Cancellation);
            Replacement?[] others = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () => await redactor.ProposeAsync(Samples.Target(category, value), Samples.Cancellation))));
            Assert.All(others, other => Assert.True(first == other, "two answers to one question"));
        }
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_token_of_one_scope_or_tenant_is_none_of_another()
    {
        IRedactor redactor = CreateRedactor();
        foreach ((PhiCategory category, string value) in Examples)
        {
            RedactionTarget target = Samples.Target(category, value);
            if (await redactor.ProposeAsync(target, Samples.Cancellation) is not { Kind: ReplacementKind.Token } token)
                continue;
            Assert.NotEqual(token, await redactor.ProposeAsync(target with { Scope = new TokenScope("another") }, Samples.Cancellation));
            Assert.NotEqual(token, await redactor.ProposeAsync(target with { Tenant = new TenantId("another") }, Samples.Cancellation));
        }
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_fault_never_carries_the_value()
    {
        IRedactor redactor = CreateRedactor();
        foreach ((PhiCategory category, string value) in Questions(redactor))
        {
            try
            {
                await redactor.ProposeAsync(Samples.Target(category, value), Samples.Cancellation);
            }
            catch (Exception fault)
            {
                Assert.False(value.Trim().Length >= 4 && Contains(fault.ToString(), value), $"a {fault.GetType().Name} carries the value");
            }
        }
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Nothing_of_the_value_reaches_console_traces_metrics_or_temporary_files()
    {
        IRedactor redactor = CreateRedactor();
        string[] canaries = [.. Examples.Select(example => example.Value).Where(value => value.Count(char.IsLetterOrDigit) >= 8)];
        Assert.True(canaries.Length > 0, "give an example of eight letters or digits, which can be watched for");

        // A tokenizing redactor writes sealed values; what it throws is the claim above.
        await using var watch = new CanaryWatch(canaries, new CanaryWatchOptions { FirstChanceExceptions = false });
        foreach ((PhiCategory category, string value) in Examples)
            await redactor.ProposeAsync(Samples.Target(category, value), Samples.Cancellation);
        watch.AssertClean();
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_cancelled_call_says_so()
    {
        IRedactor redactor = CreateRedactor();
        (PhiCategory category, string value) = Examples[0];
        await Samples.EndsOrCancels(async token => await redactor.ProposeAsync(Samples.Target(category, value), token));
    }

    private IEnumerable<(PhiCategory Category, string Value)> Questions(IRedactor redactor)
    {
        IEnumerable<PhiCategory> served = Samples.Categories.Where(category => redactor.Categories.IsEmpty || redactor.Categories.Any(category.IsA));
        return [.. Examples, .. from category in served from value in s_hostile select (category, value)];
    }

    private static async Task<Replacement?> Ask(IRedactor redactor, PhiCategory category, string value)
    {
        try
        {
            return await redactor.ProposeAsync(Samples.Target(category, value), Samples.Cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return null;
        }
    }

    private static bool Fits(Disposition serves, ReplacementKind kind) => serves switch
    {
        Disposition.Redact or Disposition.Review => kind is ReplacementKind.Erased or ReplacementKind.Label or ReplacementKind.Mask,
        Disposition.Tokenize or Disposition.TokenizeOneWay or Disposition.Pseudonym => kind is ReplacementKind.Token,
        Disposition.FormatPreserving => kind is ReplacementKind.Free or ReplacementKind.Mask,
        _ => kind is ReplacementKind.Free,
    };

    private static bool Contains(string text, string value)
    {
        string bare = new([.. value.Where(char.IsLetterOrDigit)]);
        return text.Contains(value.Trim(), StringComparison.OrdinalIgnoreCase)
            || (bare.Length >= 4 && new string([.. text.Where(char.IsLetterOrDigit)]).Contains(bare, StringComparison.OrdinalIgnoreCase));
    }
}
