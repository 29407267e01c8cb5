using System.Security.Cryptography;
using System.Text;
using MedRedact.Durability;

namespace MedRedact.Audit.Forwarding;

/// <summary>The file that says how far somebody has come with a ledger (docs/formats/forwarding-cursor.md). Replaced whole and durably.</summary>
internal sealed class ForwardingCursor(string path, IFileOperations operations)
{
    private const string Magic = "medredact/forwarding-cursor/1";

    /// <summary>More than the longest text: a name of 200 characters and 63 hashes.</summary>
    private const int MaxSize = 16 * 1024;

    /// <summary>The ledger that it is about, where it is about any.</summary>
    public string? Origin { get; private set; }

    /// <returns>The position; the beginning where there is no file.</returns>
    /// <exception cref="MedRedactException"><c>MR-FWD-006</c>: the file is damaged; <c>MR-FWD-007</c>: it cannot be read.</exception>
    public AuditLedgerPosition Read()
    {
        try
        {
            DurableDirectory.Create(Path.GetDirectoryName(path)!, operations);
            if (!operations.Exists(path))
                return AuditLedgerPosition.Beginning;

            string text = Encoding.UTF8.GetString(operations.ReadWhole(path, MaxSize) ?? []);
            if (text.Split('\n') is not [Magic, { Length: > 0 } origin, var place, var sum, ""] || sum != SumOf(origin, place) || AuditLedgerPosition.Parse(place) is not { } position)
                throw Faults.Refuse(Faults.CursorDamaged);

            Origin = origin;
            return position;
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(Faults.Storage, fault);
        }
    }

    /// <exception cref="MedRedactException"><c>MR-FWD-007</c>: the disk did not take it; the file is the old or the new one.</exception>
    public void Write(string origin, AuditLedgerPosition position)
    {
        try
        {
            string place = position.ToString();
            AtomicFile.Write(path, Encoding.UTF8.GetBytes($"{Magic}\n{origin}\n{place}\n{SumOf(origin, place)}\n"), operations);
            Origin = origin;
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(Faults.Storage, fault);
        }
    }

    private static string SumOf(string origin, string place) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{origin}\n{place}\n")));
}
