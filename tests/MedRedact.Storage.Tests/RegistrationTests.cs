using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedRedact.Storage.Tests;

public sealed class RegistrationTests
{
    [Fact]
    public async Task Registered_with_a_host_the_parts_fit_together()
    {
        using var folder = new Folder();
        var services = new ServiceCollection();
        services.AddSingleton<IRasterEncoder, PlainEncoder>().AddSingleton<IAuditSink, LedgerFake>();
        new Builder(services)
            .AddLocalKeyRing(options => options.Home = folder.Path)
            .AddFileStorage(options => options.Home = folder.Path)
            .AddSqliteVault(options => options.Home = folder.Path);
        using (ServiceProvider provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true }))
        {
            Token token = await provider.GetRequiredService<ITokenizer>()
                .TokenizeAsync(new("Ann Example"), PhiCategory.PersonName, Sample.Context);
            Phi<string>? value = await provider.GetRequiredService<IDetokenizer>()
                .RevealAsync(token, Sample.Scope, Sample.Grant(TimeProvider.System.GetUtcNow().AddMinutes(1)));
            Assert.Equal("Ann Example", value!.Value.Reveal());

            await using IRedactedDocumentWriter writer = await provider.GetRequiredService<IRedactedDocumentStore>().BeginAsync(Sample.Document(), Sample.Tenant);
            await writer.CommitAsync(Sample.Report(Sample.Document()));
            Assert.Empty(await provider.GetRequiredService<DocumentStoreVerifier>().VerifyAsync(Sample.Document(), Sample.Tenant));
            Assert.IsType<JournalEntry.Fresh>(
                await provider.GetRequiredService<IIngestionJournal>().BeginAsync(Sample.Tenant, new IdempotencyKey(Guid.Empty), default, default));
        }

        Assert.Equal(["journal", "keys", "sessions", "vault", "zones"], Directory.GetDirectories(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused_when_the_host_starts()
    {
        foreach (Action<IMedRedactBuilder> wrong in new Action<IMedRedactBuilder>[]
        {
            builder => builder.AddFileStorage(options => options.Home = ""),
            builder => builder.AddSqliteVault(options => options.File = " "),
        })
        {
            var services = new ServiceCollection();
            wrong(new Builder(services));
            using ServiceProvider provider = services.BuildServiceProvider();
            Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
        }
    }

    private sealed record Builder(IServiceCollection Services) : IMedRedactBuilder;
}
