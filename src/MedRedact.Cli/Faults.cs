using System.Globalization;
using MedRedact.Policies;

namespace MedRedact.Cli;

/// <summary>The tool's codes (<c>MR-CLI</c>). <c>MR-CLI-001</c> (command line) and <c>MR-CLI-002</c> (unforeseen) are printed by the program itself.</summary>
internal static class Faults
{
    /// <summary>No policy of that name ships, and no file can be read there. What to do: name a shipped policy or the path of a policy file.</summary>
    public static readonly FaultCode NoPolicy = new("MR-CLI-003");

    /// <summary>The file of what is known about the patient cannot be understood. What to do: see the shape in its message.</summary>
    public static readonly FaultCode KnownFile = new("MR-CLI-004");

    /// <summary>A line of text to search cannot be understood, or a file cannot be opened. What to do: write one JSON object a line.</summary>
    public static readonly FaultCode TextFile = new("MR-CLI-005");

    /// <summary>There is no ledger to verify. What to do: name a home folder, or exported documents with their home.</summary>
    public static readonly FaultCode NothingToVerify = new("MR-CLI-006");

    /// <summary>A folder cannot be listed. What to do: give this user the right to read it and the folders in it.</summary>
    public static readonly FaultCode FolderUnreadable = new("MR-CLI-007");

    /// <summary>A labelled set cannot be read, no set was named, or a report cannot be written. What to do: name readable .jsonl files and a writable place.</summary>
    public static readonly FaultCode EvaluationFiles = new("MR-CLI-008");

    public static MedRedactException EvaluationFileFailed() => new(
        EvaluationFiles, "A labelled set could not be read, a named folder holds no .jsonl file, or a report could not be written. Name readable sets and writable places.");

    /// <summary>A file of rules or templates cannot be opened. What to do: check that it exists and that this user may read it.</summary>
    public static readonly FaultCode DetectionFile = new("MR-CLI-010");

    public static MedRedactException DetectionFileUnreadable() => new(
        DetectionFile, "A file named by --rules or --templates cannot be opened. Check that it exists and that this user may read it.");

    /// <summary>A made-up corpus cannot be written. What to do: name a writable place with room.</summary>
    public static readonly FaultCode CorpusFiles = new("MR-CLI-011");

    public static MedRedactException CorpusNotWritten() => new(CorpusFiles, "The corpus cannot be written. Name a writable place with room.");

    /// <summary>A folder named by --gold holds no corpus. What to do: name a folder with corpus.json, or one of such folders; "synth" writes one.</summary>
    public static readonly FaultCode CorpusFolder = new("MR-CLI-012");

    /// <summary>No key to verify with was named, or a named one cannot be read. What to do: name keys as "audit keys" prints them, or a file of such lines, or a home folder.</summary>
    public static readonly FaultCode VerifierKeys = new("MR-CLI-013");

    public static MedRedactException NoVerifierKey() => new(
        VerifierKeys, "Name keys with --key, as \"medredact audit keys\" prints them or a file of such lines, or the home folder with --home.");

    /// <summary>A folder holds no exported document. What to do: name the folder of a document, or one with such folders in it.</summary>
    public static readonly FaultCode NoRelease = new("MR-CLI-014");

    public static MedRedactException NothingReleased() => new(NoRelease, "The folder holds no exported document. Name the folder of a document, or one of such folders.");

    /// <summary>The threshold and the number of custodians do not fit. What to do: name 2 to 16 custodians, and a threshold of 2 to as many.</summary>
    public static readonly FaultCode Quorum = new("MR-CLI-020");

    public static MedRedactException NoQuorum() => new(Quorum, "Name 2 to 16 custodians with --custodian, and a --threshold of 2 to as many as there are.");

    /// <summary>The file of a custodian's public key cannot be opened. What to do: check that it exists and that this user may read it.</summary>
    public static readonly FaultCode CustodianFile = new("MR-CLI-021");

    public static MedRedactException NoCustodianFile() => new(
        CustodianFile, "A file named by --custodian cannot be opened. Check that it exists and that this user may read it.");

    /// <summary>The home has no keys to split. What to do: name the home whose keys are to be recoverable.</summary>
    public static readonly FaultCode KeylessHome = new("MR-CLI-022");

    public static MedRedactException NoKeys() => new(KeylessHome, "The home has no keys. Name the home whose keys are to be recoverable with --home.");

    /// <summary>A retention policy file cannot be opened. What to do: check that it exists and that this user may read it.</summary>
    public static readonly FaultCode RetentionPolicyFile = new("MR-CLI-023");

    public static MedRedactException RetentionPolicyUnreadable() => new(
        RetentionPolicyFile, "The retention policy cannot be opened. Check that it exists and that this user may read it.");

    /// <summary>An id on the command line is none. What to do: documents have 32 hexadecimal digits, subjects 64; actors and reasons are made of a-z, 0-9, '.' and '-'.</summary>
    public static readonly FaultCode Ids = new("MR-CLI-024");

    public static MedRedactException NoId() => new(
        Ids, "Name one document by 32 hexadecimal digits or one subject by 64; actors and reasons are made of a-z, 0-9, '.' and '-', at most 64.");

    /// <summary>Nothing was deleted of the document, so there is no certificate. What to do: check the id.</summary>
    public static readonly FaultCode NoCertificate = new("MR-CLI-025");

    public static MedRedactException NothingDeleted() => new(NoCertificate, "Nothing was deleted of this document. Check its id.");

    /// <summary>The file of a record number cannot be opened, or holds none. What to do: write the number into a file that this user may read, or send it on standard input.</summary>
    public static readonly FaultCode RecordNumber = new("MR-CLI-026");

    public static MedRedactException NoRecordNumber() => new(
        RecordNumber, "The record number cannot be read, or is empty. Name a file that holds it with --record-number, or - and send it on standard input.");

    /// <summary>A proof, checkpoint or export cannot be written. What to do: name a place in a folder that exists, is writable and has room; an export needs a name that nothing bears yet.</summary>
    public static readonly FaultCode EvidencePlace = new("MR-CLI-030");

    public static MedRedactException EvidenceNotWritten() => new(
        EvidencePlace, "The evidence cannot be written. Name a place with --out in a folder that exists, is writable and has room; an export makes a new folder there.");

    /// <summary>The ledger's checkpoint covers no such event, or no event was named. What to do: name numbers below the checkpoint's size, the first no greater than the last.</summary>
    public static readonly FaultCode EventNumbers = new("MR-CLI-031");

    public static MedRedactException NoSuchEvents() => new(
        EventNumbers, "Name events by their numbers, below the size that \"medredact audit checkpoint\" prints and the first no greater than the last.");

    /// <summary>A file of evidence cannot be read, or none was named. What to do: check that it exists and that this user may read it.</summary>
    public static readonly FaultCode EvidencePath = new("MR-CLI-032");

    public static MedRedactException EvidenceNotRead() => new(
        EvidencePath, "The file of evidence cannot be read, or none was named. Check that it exists and that this user may read it.");

    /// <summary>A decision or a time to search by cannot be understood. What to do: decisions are permitted, held and denied; times look like 2026-03-04 or 2026-03-04T05:06:07Z.</summary>
    public static readonly FaultCode SearchValues = new("MR-CLI-033");

    public static MedRedactException NoSearch() => new(
        SearchValues, "Search by a decision of permitted, held or denied, and by times like 2026-03-04 or 2026-03-04T05:06:07Z.");

    /// <summary>The ledger has no event of a document. What to do: check the id, and that this is the home that took it in.</summary>
    public static readonly FaultCode UnknownDocument = new("MR-CLI-034");

    public static MedRedactException NoCustody() => new(
        UnknownDocument, "The ledger has no event of this document. Check its id, and that this is the home that took it in.");

    /// <summary>A witness's key cannot be understood, or fewer different witnesses were named than are required. What to do: name keys as witnesses print them (name+id+key), and no
    /// more of them with --witnesses.</summary>
    public static readonly FaultCode WitnessKeys = new("MR-CLI-035");

    public static MedRedactException NoWitnesses() => new(
        WitnessKeys, "Name witnesses with --witness by their keys (name+id+key) or a file of such lines, and with --witnesses no more than there are different ones.");

    /// <summary>An access policy, or the file of its cases, cannot be opened. What to do: check that it exists and that this user may read it.</summary>
    public static readonly FaultCode AccessPolicyFile = new("MR-CLI-040");

    public static MedRedactException AccessPolicyUnreadable() => new(
        AccessPolicyFile, "The access policy, or the file of its cases, cannot be opened. Check that it exists and that this user may read it.");

    /// <summary>No cases lie beside the access policy. What to do: write NAME.cases.json beside NAME.json.</summary>
    public static readonly FaultCode NoCases = new("MR-CLI-041");

    public static MedRedactException PolicyWithoutCases() => new(
        NoCases, "No cases lie beside the access policy. Write NAME.cases.json beside NAME.json; see docs/formats/access-policy.md.");

    /// <summary>The approver's key cannot be used. What to do: name a private key of ECDSA P-256 in PEM, without a passphrase, mode 0600.</summary>
    public static readonly FaultCode ApproverKey = new("MR-CLI-042");

    public static MedRedactException NoApproverKey() => new(
        ApproverKey, "The approver's key cannot be used. Name a private key of ECDSA P-256 in PEM, without a passphrase, mode 0600.");

    /// <summary>The note of an access policy cannot be read or written, or has 16 approvals. What to do: see to the folder, or remove FILE.sig and sign anew.</summary>
    public static readonly FaultCode PolicyNote = new("MR-CLI-043");

    public static MedRedactException PolicyNotSigned() => new(
        PolicyNote, "The note beside the access policy cannot be read or written, or has 16 approvals. See to the folder, or remove FILE.sig and sign anew.");

    public static MedRedactException NoCorpus() => new(
        CorpusFolder, "A folder named by --gold holds no corpus.json, and no folder in it does. See docs/formats/corpus.md; medredact synth writes one.");

    public static MedRedactException FolderNotListed() => new(
        FolderUnreadable, "A named folder, or one in it, cannot be listed. Give this user the right to read it and the folders in it, or name the files.");

    /// <summary>A line of labelled text cannot be understood, or the file cannot be opened. What to do: write one JSON object a line, labels inside its text.</summary>
    public static readonly FaultCode LabelledFile = new("MR-CLI-009");

    public static MedRedactException PolicyNotFound() => new(
        NoPolicy, $"No policy of that name ships ({string.Join(", ", BuiltInPolicies.All.Select(known => known.Name))}) and no file could be read there.");

    public static MedRedactException KnownFileUnreadable() => new(
        KnownFile, "The --known file is a JSON object of categories (name, date/birth, mrn, phone, …) with a string or a list of strings each.");

    public static MedRedactException TextFileUnreadable(int line) => new(
        TextFile,
        string.Create(CultureInfo.InvariantCulture, $"Line {line} of --in is not a JSON object with \"id\" and \"text\", or a file could not be opened."));

    public static MedRedactException LabelledFileUnreadable(int line) => new(
        LabelledFile,
        string.Create(CultureInfo.InvariantCulture, $"Line {line} of --in is not a JSON object with \"text\" and \"spans\" inside it, or the file could not be opened."));

    public static MedRedactException NoLedger() => new(
        NothingToVerify, "Name a home folder, or a folder of exported documents with --home for its ledger.");
}
