using MedRedact.ConformanceTests;

// A test kills the server that all share.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace MedRedact.Storage.PostgreSql.Tests;

[Proves(typeof(PostgreSqlTokenVault))]
public sealed class PostgreSqlTokenVaultContract(PostgreSqlServer server) : TokenVaultContract
{
    [Fact]
    public void All_of_the_package_are_proved() => Assert.Empty(ContractCoverage.Missing(typeof(PostgreSqlTokenVault).Assembly, typeof(PostgreSqlTokenVaultContract).Assembly));

    protected override async ValueTask<ITokenVault> CreateVaultAsync() => PostgreSqlTokenVault.Open(await server.NewVaultAsync());
}
