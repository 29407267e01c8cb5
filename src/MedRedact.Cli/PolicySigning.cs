using System.CommandLine;
using System.Security.Cryptography;
using MedRedact.Access;
using MedRedact.Audit;
using MedRedact.Durability;

namespace MedRedact.Cli;

/// <summary><c>medredact policy sign</c> and <c>verify</c>: approvals as lines of one signed note beside the policy.</summary>
internal static class PolicySigning
{
    private const int MostKeyBytes = 16 * 1024;

    public static Command Sign()
    {
        Argument<string> file = PolicyFiles.Argument("file");
        var key = new Option<string>("--key") { Description = "A private key of ECDSA P-256 in PEM, without a passphrase, mode 0600.", Required = true };
        var approver = new Option<string>("--approver") { Description = "Who approves: a staff number, not a person's name.", Required = true };
        var sign = new Command("sign", "Approve an access policy: adds a signature to FILE.sig and prints the approver's public key, for hosts and for verify.") { file, key, approver };
        sign.SetAction(parsed =>
        {
            ActorId by = RetentionCommand.ActorOf(parsed.GetValue(approver)!);
            string path = parsed.GetValue(file)!, note = ApprovedAccessPolicy.NotePath(path);
            AccessPolicy policy = PolicyFiles.Load(path);
            using ECDsa secret = KeyOf(parsed.GetValue(key)!);
            byte[] signed = Approve(ApprovedAccessPolicy.StatementOf(policy), by, secret, note);
            Written(note, signed);
            Console.Out.WriteLine(VerifierKey.Create(SignedAccessPolicy.SignerName(by), secret.ExportSubjectPublicKeyInfo()));
            return ExitCodes.Done;
        });
        return sign;
    }

    public static Command Verify()
    {
        Argument<string> file = PolicyFiles.Argument("file");
        var key = new Option<string[]>("--key") { Description = "Public keys of the approvers, as sign prints them, or a file of such lines.", DefaultValueFactory = _ => [] };
        var verify = new Command("verify", "Say whether two known approvers signed an access policy. 0: they did; 4: they did not.") { file, key };
        verify.SetAction(parsed =>
        {
            string path = parsed.GetValue(file)!;
            AccessPolicy policy = PolicyFiles.Load(path);
            try
            {
                var approved = ApprovedAccessPolicy.Load(path, ReleaseKeys.Read(parsed.GetValue(key)!));
                Console.Out.WriteLine($"{policy.Name} {policy.Version}: approved by {string.Join(", ", approved.Approval.Approvers)}");
                return ExitCodes.Done;
            }
            catch (MedRedactException fault) when (fault is not AccessPolicyException && fault.Code.Value.StartsWith("MR-ACC", StringComparison.Ordinal))
            {
                Console.Error.WriteLine(fault.Message);
                return ExitCodes.Damaged;
            }
        });
        return verify;
    }

    private static byte[] Approve(SignedAccessPolicy statement, ActorId approver, ECDsa key, string note)
    {
        try
        {
            return statement.Approve(approver, key, File.Exists(note) ? File.ReadAllBytes(note) : default);
        }
        catch (Exception fault) when (fault is ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw Faults.PolicyNotSigned();
        }
    }

    private static ECDsa KeyOf(string path)
    {
        var key = ECDsa.Create();
        try
        {
            if (new FileInfo(path).Length <= MostKeyBytes && IsPrivate(path))
            {
                key.ImportFromPem(File.ReadAllText(path));
                key.SignData([], HashAlgorithmName.SHA256);
                return key;
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            // Whatever is wrong with it, its text goes nowhere.
        }

        key.Dispose();
        throw Faults.NoApproverKey();
    }

    /// <summary>Whoever else can read the key can approve in this one's place.</summary>
    private static bool IsPrivate(string path) =>
        OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) == UnixFileMode.None;

    private static void Written(string path, byte[] note)
    {
        try
        {
            AtomicFile.Write(path, note);
        }
        catch (DurabilityException)
        {
            throw Faults.PolicyNotSigned();
        }
    }
}
