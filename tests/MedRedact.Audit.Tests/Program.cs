using MedRedact.Audit.Tests;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// As a child of a test, this program is the host that is killed or whose system calls fail; otherwise it runs the tests.
if (await LedgerHost.RunAsync())
    return 0;
if (await KillLoop.RunAsync() is { } status)
    return status;

return args.Contains("--server") || args.Contains("--internal-msbuild-node")
    ? await TestPlatformTestFramework.RunAsync(args, MedRedact.SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await ConsoleRunner.Run(args);
