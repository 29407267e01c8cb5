using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Isolation.Tests;

/// <summary>What a host gets that works on pages in worker processes.</summary>
internal static class IsolatedServices
{
    /// <summary>Builds the services; skips the test where there are no worker processes.</summary>
    public static ServiceProvider Build()
    {
        Assert.SkipUnless(MemoryFile.IsSupported, "Worker processes share memory files of Linux.");
        var services = new ServiceCollection();
        services.AddMedRedact().AddOnPremises(options => options.PageProcess = PageProcess.Isolated);
        return services.BuildServiceProvider();
    }
}
