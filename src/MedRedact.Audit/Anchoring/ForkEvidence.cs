using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace MedRedact.Audit;

/// <summary>What a ledger wrote down when it was not the one whose checkpoint the store holds: both signed checkpoints and what was computed, under the ledger's signature.
/// An auditor judges it with public keys alone (docs/formats/ledger-proofs.md).</summary>
/// <param name="Origin">The ledger's name.</param>
/// <param name="At">When it was found.</param>
/// <param name="Stored">The signed checkpoint that the store held.</param>
/// <param name="Published">The signed checkpoint that the ledger's folder held; empty where it held none.</param>
/// <param name="Size">How many events the ledger had.</param>
/// <param name="Root">The root of the tree over them.</param>
/// <param name="RootAtStored">The root over as many of them as the stored checkpoint speaks of; <see langword="null"/> where there were fewer.</param>
/// <param name="Hashes">The consistency proof (RFC 6962, 2.1.2) from there to <paramref name="Size"/>.</param>
public sealed record ForkEvidence(
    string Origin,
    DateTimeOffset At,
    ReadOnlyMemory<byte> Stored,
    ReadOnlyMemory<byte> Published,
    long Size,
    Digest256 Root,
    Digest256? RootAtStored,
    ImmutableArray<Digest256> Hashes)
{
    internal const string FirstLine = "medredact/ledger-fork@v1";

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";
    private const string None = "-";
    private const int OwnLines = 7;
    private const int MaxHashes = 128;

    /// <summary>The signed note as it lies in a file.</summary>
    public ReadOnlyMemory<byte> Note { get; init; }

    internal string Text
    {
        get
        {
            var text = new StringBuilder();
            text.Append(CultureInfo.InvariantCulture, $"{FirstLine}\norigin {Origin}\nat {At.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}\n");
            text.Append(CultureInfo.InvariantCulture, $"stored {Convert.ToBase64String(Stored.Span)}\npublished {(Published.IsEmpty ? None : Convert.ToBase64String(Published.Span))}\n");
            text.Append(CultureInfo.InvariantCulture, $"tree {Size} {Encode(Root)}\nat-stored {(RootAtStored is { } root ? Encode(root) : None)}\n");
            foreach (Digest256 hash in Hashes)
                text.Append(Encode(hash)).Append('\n');
            return text.ToString();
        }
    }

    /// <summary>Reads evidence.</summary>
    /// <param name="bytes">The bytes of the file.</param>
    /// <returns>The evidence, or <see langword="null"/> where the bytes have any other form.</returns>
    public static ForkEvidence? Parse(ReadOnlyMemory<byte> bytes)
    {
        if (SignedNote.Parse(bytes.Span) is not { } note || note.Text.Split('\n') is not { Length: > OwnLines and <= OwnLines + MaxHashes + 1 } lines
            || lines[0] != FirstLine || After(lines[1], "origin ") is not { } origin || After(lines[2], "at ") is not { } time
            || !DateTimeOffset.TryParseExact(time, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset at)
            || After(lines[3], "stored ") is not { } kept || ProofText.Base64(kept) is not { Length: > 0 } stored
            || After(lines[4], "published ") is not { } shown || (shown == None ? [] : ProofText.Base64(shown)) is not { } published
            || After(lines[5], "tree ")?.Split(' ') is not [var number, var encoded] || Digest(encoded) is not { } root
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long size)
            || After(lines[6], "at-stored ") is not { } then)
        {
            return null;
        }

        Digest256?[] hashes = [.. lines[OwnLines..^1].Select(Digest)];
        Digest256? rootAtStored = then == None ? null : Digest(then);
        if (hashes.Any(hash => hash is null) || (then != None && rootAtStored is null))
            return null;

        // One statement has one form.
        var evidence = new ForkEvidence(origin, at, stored, published, size, root, rootAtStored, [.. hashes.Select(hash => hash!.Value)]) { Note = bytes };
        return evidence.Text == note.Text ? evidence : null;
    }

    /// <summary>Judges the evidence: every signature on it, and what the numbers and hashes come to.</summary>
    /// <param name="keys">The keys that the caller trusts.</param>
    /// <param name="stored">The checkpoint that the store held, where its signature holds.</param>
    /// <returns><see cref="EvidenceCheck.RolledBack"/> or <see cref="EvidenceCheck.Forked"/>: it is proved; anything else: it is no evidence, and what is wrong with it.</returns>
    public EvidenceCheck Open(IEnumerable<VerifierKey> keys, out AuditCheckpoint? stored)
    {
        VerifierKey[] trusted = [.. keys];
        stored = null;
        if (SignedNote.Parse(Note.Span) is not { } note || note.Text != Text)
            return EvidenceCheck.Malformed;

        EvidenceCheck signed = VerifierKey.Check(note, trusted, name => name == Origin);
        if (signed != EvidenceCheck.Verified)
            return signed;

        EvidenceCheck kept = AuditCheckpoint.Open(Stored, trusted, out stored);
        if (stored is null)
            return kept;

        AuditCheckpoint? published = null;
        if (!Published.IsEmpty && AuditCheckpoint.Open(Published, trusted, out published) is not EvidenceCheck.Verified and var shown)
            return shown;
        return stored.Origin == Origin && (published is null || published.Origin == Origin) ? Judge(stored) : EvidenceCheck.NotConsistent;
    }

    private EvidenceCheck Judge(AuditCheckpoint stored)
    {
        // The ledger itself signed that it had fewer events than it had signed for before.
        if (stored.Size > Size)
            return RootAtStored is null && Hashes.IsEmpty ? EvidenceCheck.RolledBack : EvidenceCheck.Malformed;
        if (RootAtStored is not { } then || then == stored.Root)
            return EvidenceCheck.NotConsistent;

        // It signed a tree that grew out of another one than it had signed before; with as many events, the two roots are enough.
        bool grewOutOfIt = stored.Size == Size
            ? Hashes.IsEmpty && then == Root
            : stored.Size > 0 && Hashes.Length == MerkleRange.Consistency(stored.Size, Size).Count && new ConsistencyProof(stored.Size, Size, Hashes).Verify(then, Root);
        return grewOutOfIt ? EvidenceCheck.Forked : EvidenceCheck.NotConsistent;
    }

    private static string Encode(Digest256 digest) => Convert.ToBase64String(digest.ToArray());

    private static Digest256? Digest(string text) => ProofText.Base64(text) is { Length: Digest256.Size } bytes ? Digest256.From(bytes) : null;

    private static string? After(string line, string start) => line.StartsWith(start, StringComparison.Ordinal) ? line[start.Length..] : null;
}
