using System.CommandLine;
using MedRedact.Barrier;
using MedRedact.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Cli;

/// <summary><c>medredact retention shred</c>: all that is one person's is closed in one step and then erased. The person is named by pseudonym, or by a record number
/// that no command line and no history of one shows.</summary>
internal static class ShredCommand
{
    private const string StandardInput = "-";

    public static Command Create()
    {
        var subject = new Option<string?>("--subject") { Description = "The subject's id, 64 hexadecimal digits." };
        var number = new Option<string?>("--record-number") { Description = "Instead: a file that holds the person's record number, or - for standard input. Never the number itself." };
        var output = new Option<string?>("--out") { Description = "Where a folder with the certificates goes; \"verify\" checks them with public keys alone." };
        Option<string> home = CommonOptions.Home(), actor = CommonOptions.Actor();
        var shred = new Command(
            "shred",
            "Destroy the key of one person, purge the values behind their tokens, and erase their documents; evidence stays. Run again, it finishes what was interrupted. "
            + "0: nothing of the person opens any more; 1: there was nothing; 3: a hold, the keys or the disk stopped it.")
        {
            subject, number, output, actor, home,
        };
        shred.SetAction(async (parsed, cancel) =>
        {
            (string? id, string? file) = (parsed.GetValue(subject), parsed.GetValue(number));
            ActorId by = RetentionCommand.ActorOf(parsed.GetValue(actor)!);
            if ((id is null) == (file is null))
                throw Faults.NoId();

            SubjectId? named = id is null ? null : Digest256.TryParse(id, out Digest256 digest) ? new SubjectId(digest) : throw Faults.NoId();
            await using ServiceProvider services = await RetentionCommand.StartAsync(parsed.GetValue(home)!);
            SubjectId person = named ?? await NamedAsync(services, file!, cancel);
            var shredding = services.GetRequiredService<SubjectShredding>();
            SubjectCertificate? certificate = await shredding.ShredAsync(LocalHost.Tenant, person, by, cancel);
            if (certificate is null)
            {
                Console.Out.WriteLine($"nothing  of subject {person}");
                return ExitCodes.NotAllReleased;
            }

            Console.Out.WriteLine($"shredded subject {person}");
            if (parsed.GetValue(output) is { } folder)
                await new CertificateExport(services, folder).WriteAsync(person, cancel);
            return ExitCodes.Done;
        });
        return shred;
    }

    private static async Task<SubjectId> NamedAsync(IServiceProvider services, string file, CancellationToken cancellationToken)
    {
        try
        {
            string number = file == StandardInput ? await Console.In.ReadToEndAsync(cancellationToken) : await File.ReadAllTextAsync(file, cancellationToken);
            return await new SubjectIds(services.GetRequiredService<IKeyProvider>()).OfAsync(LocalHost.Tenant, new Phi<string>(number), cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Faults.NoRecordNumber();
        }
    }
}
