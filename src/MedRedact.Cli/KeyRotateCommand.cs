using System.CommandLine;
using System.Globalization;
using MedRedact.Audit;
using MedRedact.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Cli;

/// <summary><c>medredact keys rotate</c>: new wrapping keys, under which the register's secrets are wrapped anew. Nothing that was sealed is read or written. Killed at any
/// moment, it leaves all keys openable, and running it again finishes it.</summary>
internal static class KeyRotateCommand
{
    public static Command Create()
    {
        Option<string> home = CommonOptions.Home();
        var zone = new Option<StorageZone[]>("--zone")
        {
            Description = "The zones whose wrapping key is replaced. Default: all.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => Enum.GetValues<StorageZone>(),
        };
        var turn = new Option<bool>("--turn")
        {
            Description = "Also put every key of a document or person under a new secret, so that earlier copies of the keys' folder lose their worth once the wrapping keys before "
                + "are destroyed. They are closed now and destroyed after 7 days.",
        };
        var rotate = new Command("rotate", "Replace wrapping keys. Whoever split the keys splits them again afterwards.") { home, zone, turn };
        rotate.SetAction(async (parsed, cancel) =>
        {
            string folder = parsed.GetValue(home)!;
            if (!File.Exists(Path.Combine(folder, "keys", "ring.mrkr")) || !File.Exists(Path.Combine(folder, "keys", "register.db")))
                throw Faults.NoKeys();

            await using ServiceProvider services = await LocalHost.StartAsync(folder, policy: null, jobs: 1);
            await services.GetRequiredService<AuditLedger>().OpenAsync(cancel);
            var register = services.GetRequiredService<KeyRegister>();
            foreach (StorageZone each in parsed.GetValue(zone)!.Distinct())
                Console.Out.WriteLine($"{await RotateAsync(services, each, cancel)}  active for {each.ToString().ToLowerInvariant()}");

            int rewrapped = await register.RewrapAsync(cancel);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rewrapped} {(rewrapped == 1 ? "secret" : "secrets")} wrapped anew"));
            if (parsed.GetValue(turn))
            {
                KeyTurn turned = await register.TurnAsync(cancel);
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{turned.Moved} keys under new secrets"));
            }

            return ExitCodes.Done;
        });
        return rotate;
    }

    /// <summary>The ledger knows of a key before this command wraps anything by it.</summary>
    private static async Task<KeyId> RotateAsync(IServiceProvider services, StorageZone zone, CancellationToken cancellationToken)
    {
        KeyDescription made = await services.GetRequiredService<IKeyLifecycle>().RotateAsync(KeyRole.Wrapping(zone), operation: null, cancellationToken);
        await services.GetRequiredService<IAuditSink>().AppendAsync(
            new AuditEvent(AuditKind.KeyUsed, TimeProvider.System.GetUtcNow(), LocalHost.Actor)
            {
                Fields = [new AuditField("key", AuditValue.Of(made.Id)), new AuditField("purpose", AuditValue.Of(new KeyPurpose("rotation")))],
            },
            cancellationToken);
        return made.Id;
    }
}
