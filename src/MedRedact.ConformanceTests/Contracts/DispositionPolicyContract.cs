namespace MedRedact.ConformanceTests;

/// <summary>What every <see cref="IDispositionPolicy"/> promises.</summary>
public abstract class DispositionPolicyContract
{
    /// <summary>Makes the policy; each call configures it alike.</summary>
    /// <returns>The policy.</returns>
    protected abstract IDispositionPolicy CreatePolicy();

    /// <summary>Claim.</summary>
    [Fact]
    public void Its_name_is_an_id_and_its_hash_is_not_empty()
    {
        IDispositionPolicy policy = CreatePolicy();
        Assert.Equal(policy.Name, new RuleId(policy.Name).Value);
        Assert.NotEqual(default, policy.Hash);
    }

    /// <summary>Claim.</summary>
    [Fact]
    public void Policies_configured_alike_have_one_hash_and_keep_it()
    {
        IDispositionPolicy policy = CreatePolicy();
        PolicyHash before = policy.Hash;
        foreach ((Finding finding, DecisionContext context) in Questions())
            policy.Decide(finding, context);
        Assert.Equal(before, policy.Hash);
        Assert.Equal(before, CreatePolicy().Hash);
    }

    /// <summary>Claim.</summary>
    [Fact]
    public void It_decides_nothing_but_what_it_says_it_uses()
    {
        IDispositionPolicy policy = CreatePolicy();
        foreach ((Finding finding, DecisionContext context) in Questions())
        {
            Disposition decided = policy.Decide(finding, context);
            Assert.True(Enum.IsDefined(decided), $"{finding.Category}: {(int)decided} is no disposition");
            Assert.True(policy.Uses.Contains(decided), $"{finding.Category}: {decided} is not among Uses");
        }
    }

    /// <summary>Claim.</summary>
    [Fact]
    public void The_same_question_has_the_same_answer_in_any_order_and_on_any_thread()
    {
        IDispositionPolicy policy = CreatePolicy();
        (Finding Finding, DecisionContext Context)[] questions = [.. Questions()];
        Disposition[] answers = [.. questions.Select(question => policy.Decide(question.Finding, question.Context))];
        Parallel.For(0, questions.Length * 4, i =>
        {
            int backward = questions.Length - 1 - i % questions.Length;
            Assert.Equal(answers[backward], policy.Decide(questions[backward].Finding, questions[backward].Context));
        });
    }

    /// <summary>Claim.</summary>
    [Fact]
    public void What_nobody_has_heard_of_does_not_stay()
    {
        IDispositionPolicy policy = CreatePolicy();
        Assert.All((double[])[0, 0.3, 1], confidence =>
            Assert.NotEqual(Disposition.Keep, policy.Decide(Samples.Finding(new PhiCategory("elsewhere", "unheard-of"), confidence), Context())));
    }

    /// <summary>Claim.</summary>
    [Fact]
    public void An_area_without_readable_text_does_not_stay()
    {
        IDispositionPolicy policy = CreatePolicy();
        Finding unread = Samples.Finding(PhiCategory.UnreadInk, 0.5, new Location.Area(new Box(10, 10, 40, 20)));
        Assert.NotEqual(Disposition.Keep, policy.Decide(unread, Context()));
    }

    internal static DecisionContext Context(DocumentType? type = null, PurposeOfUse? purpose = null) => new(type, new PageNumber(1), purpose ?? PurposeOfUse.Treatment);

    private static IEnumerable<(Finding Finding, DecisionContext Context)> Questions() =>
        from category in Samples.Categories
        from confidence in (double[])[0, 0.5, 1]
        from location in (Location[])[new Location.Text(new TextSpan(3, 9)), new Location.Area(new Box(1, 2, 30, 40))]
        from context in (DecisionContext[])[Context(), Context(new DocumentType("lab-report"), PurposeOfUse.Research), Context(new DocumentType("emergency-face-sheet"), PurposeOfUse.EmergencyTreatment)]
        select (Samples.Finding(category, confidence, location), context);
}

/// <summary>What a policy that calls itself Safe Harbor promises beyond: 45 CFR 164.514(b)(2).</summary>
public abstract class SafeHarborPolicyContract : DispositionPolicyContract
{
    // A state or country may stay, and so may an age up to 89; clinicians, facilities, professions and provider numbers are switches of a policy.
    private static readonly PhiCategory[] s_switches =
        [PhiCategory.State, PhiCategory.Country, PhiCategory.AddressCountry, PhiCategory.Age, PhiCategory.ClinicianName, PhiCategory.Facility, PhiCategory.Npi, PhiCategory.Dea, PhiCategory.License, PhiCategory.Profession, PhiCategory.FormNumber];

    /// <summary>Claim.</summary>
    [Fact]
    public void No_identifier_of_the_eighteen_stays_or_is_merely_shifted()
    {
        IDispositionPolicy policy = CreatePolicy();
        foreach (PhiCategory category in Samples.Categories.Except(s_switches))
        {
            foreach (double confidence in (double[])[0, 0.5, 1])
            {
                Disposition decided = policy.Decide(Samples.Finding(category, confidence), Context());
                Assert.True(decided is not (Disposition.Keep or Disposition.ShiftDate or Disposition.Pseudonym or Disposition.FormatPreserving or Disposition.Surrogate), $"{category}: {decided}");
            }
        }
    }
}
