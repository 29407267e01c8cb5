using System.Reflection;
using MedRedact.Testing;

// The mutants print on purpose, and the console is one for the whole process.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace MedRedact.ConformanceTests.Tests;

public sealed class SuitesCatch
{
    public static TheoryData<int> Numbers => new(Enumerable.Range(0, Mutants.All().Count()));

    [Theory, MemberData(nameof(Numbers))]
    public async Task A_broken_implementation_is_caught(int number)
    {
        Mutant mutant = Mutants.All().ElementAt(number);
        MethodInfo claim = mutant.Suite.GetType().GetMethod(mutant.Claim)!;
        TextWriter console = Console.Out;
        Console.SetOut(TextWriter.Null);
        Exception? caught = await Record.ExceptionAsync(async () =>
        {
            if (claim.Invoke(mutant.Suite, null) is Task running)
                await running;
        });
        Console.SetOut(console);
        (mutant.Suite as IDisposable)?.Dispose();
        Assert.True(caught is not null, $"{mutant.Claim} let this pass: {mutant.Why}");
        Assert.False(caught.GetType().Name.Contains("Skip", StringComparison.Ordinal), $"{mutant.Claim} was skipped: {mutant.Why}");
    }

    [Fact]
    public void Every_claim_of_every_suite_is_proved_by_a_mutant()
    {
        string[] unmet =
        [
            .. from suite in typeof(AuditSinkContract).Assembly.GetExportedTypes()
               where suite.IsAbstract && suite.Name.EndsWith("Contract", StringComparison.Ordinal)
               from claim in suite.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
               where claim.GetCustomAttribute<FactAttribute>() is not null && !Mutants.All().Any(mutant => mutant.Claim == claim.Name && suite.IsInstanceOfType(mutant.Suite))
               select $"{suite.Name}.{claim.Name}",
        ];
        Assert.Empty(unmet);
    }

    [Fact]
    public void Every_implementation_of_the_testing_package_is_proved() =>
        Assert.Empty(ContractCoverage.Missing(typeof(FakeOcrEngine).Assembly, typeof(SuitesCatch).Assembly));

    [Fact]
    public void An_implementation_without_a_proof_is_reported() =>
        Assert.Contains("GappySink: AuditSinkContract", ContractCoverage.Missing(typeof(SuitesCatch).Assembly, typeof(SuitesCatch).Assembly));
}
