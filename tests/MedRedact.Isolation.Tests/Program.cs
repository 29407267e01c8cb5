using MedRedact.Isolation.Tests;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// As a child of a test, this program is a worker, mostly a bad one, or a host that is looked at; otherwise it runs the tests.
switch (args)
{
    case ["worker"]:
        return await BadWorker.RunAsync();
    case ["raw-worker", var manner]:
        return RawWorker.Run(manner);
    case ["host", var manner]:
        return await DyingHost.RunAsync(manner);
    case ["ingest", var home]:
        return await IngestingHost.RunAsync(home);
}

return args.Contains("--server") || args.Contains("--internal-msbuild-node")
    ? await TestPlatformTestFramework.RunAsync(args, MedRedact.SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await ConsoleRunner.Run(args);
