using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MedRedact.Audit;
using MedRedact.EndToEnd.Tests.Tool;
using MedRedact.Releases;
using Faults = MedRedact.Releases.Faults;

namespace MedRedact.EndToEnd.Tests;

/// <summary>What someone who has nothing but an exported folder and public keys can find out.</summary>
public sealed partial class ReleaseTests(ReleaseFixture released) : IClassFixture<ReleaseFixture>
{
    private static readonly string[] Files = [ReleaseFiles.Manifest, ReleaseFiles.Signature, ReleaseFiles.Proof, ReleaseFiles.ImageOf(1), ReleaseFiles.Text, ReleaseFiles.Record];

    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_printed_keys_are_all_that_verification_needs()
    {
        using Release copy = released.Copy(withPdf: true);
        Assert.Empty(await VerifyAsync(copy));
        Assert.Equal(0, (await MedRedactTool.RunAsync(["verify", copy.Folder.Path, "--key", released.KeyFile])).ExitCode);
        Assert.Equal(0, (await MedRedactTool.RunAsync(["verify", copy.Path, "--home", released.Home])).ExitCode);
        Assert.Equal(2, (await MedRedactTool.RunAsync(["verify", copy.Path])).ExitCode);
        Assert.Equal(2, (await MedRedactTool.RunAsync(["verify", copy.Folder.Path, "--key", "no+key"])).ExitCode);

        copy.Write(ReleaseFiles.Text, [.. copy.Read(ReleaseFiles.Text), (byte)'x']);
        ToolResult damaged = await MedRedactTool.RunAsync(["verify", copy.Path, "--key", released.KeyFile]);
        Assert.Equal(4, damaged.ExitCode);
        Assert.Contains($"document {Path.GetFileName(copy.Path)}: text.txt", damaged.Output, StringComparison.Ordinal);
        Assert.Contains("[MR-REL-008]", damaged.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ReleaseFiles.Manifest)]
    [InlineData(ReleaseFiles.Signature)]
    [InlineData(ReleaseFiles.Proof)]
    public async Task Every_changed_byte_of_the_evidence_is_named(string file)
    {
        using Release copy = released.Copy();
        byte[] good = copy.Read(file);
        for (int i = 0; i < good.Length; i++)
        {
            byte[] bad = [.. good];
            bad[i] ^= (byte)(1 << (i % 8));
            copy.Write(file, bad);
            ImmutableArray<ReleaseFinding> found = await VerifyAsync(copy);
            Assert.True(found.Any(finding => finding.File == file), $"byte {i} of {file}");
        }
    }

    [Fact]
    public async Task A_changed_byte_of_any_other_file_is_named()
    {
        using Release copy = released.Copy(withPdf: true);
        foreach (string file in new[] { ReleaseFiles.ImageOf(1), ReleaseFiles.Text, ReleaseFiles.Record, ReleaseFiles.Pdf })
        {
            byte[] good = copy.Read(file);
            foreach (int i in Enumerable.Range(0, 24).Select(step => (int)((long)step * (good.Length - 1) / 23)))
            {
                byte[] bad = [.. good];
                bad[i] ^= 0x10;
                copy.Write(file, bad);
                Assert.True((await VerifyAsync(copy)).Any(finding => finding.File == file && finding.Code == Faults.OtherContent), $"byte {i} of {file}");
            }

            copy.Write(file, good);
        }

        Assert.Empty(await VerifyAsync(copy));
    }

    [Fact]
    public async Task A_cut_signature_or_proof_verifies_at_no_length()
    {
        using Release copy = released.Copy();
        foreach (string file in new[] { ReleaseFiles.Signature, ReleaseFiles.Proof })
        {
            byte[] good = copy.Read(file);
            for (int length = 0; length < good.Length; length++)
            {
                copy.Write(file, good[..length]);
                Assert.Contains(await VerifyAsync(copy), finding => finding.File == file);
            }

            copy.Write(file, [.. good, (byte)'\n']);
            Assert.Contains(await VerifyAsync(copy), finding => finding.File == file);
            copy.Write(file, good);
        }
    }

    [Fact]
    public async Task A_missing_file_and_one_too_many_are_named()
    {
        using Release copy = released.Copy();
        foreach (string file in Files)
        {
            byte[] good = copy.Read(file);
            File.Delete(copy[file]);
            Assert.Contains(await VerifyAsync(copy), finding => finding.File == file && finding.Code == Faults.Missing);
            copy.Write(file, good);
        }

        copy.Write(ReleaseFiles.ImageOf(2), copy.Read(ReleaseFiles.ImageOf(1)));
        Assert.Contains(await ReleaseVerifier.VerifyAsync(copy.Path, [.. released.Keys], showForeignNames: true, _cancel), finding => finding.File == ReleaseFiles.ImageOf(2) && finding.Code == Faults.NotNamed);
        Assert.Equal([Faults.NotNamed], (await VerifyAsync(copy)).Where(finding => finding.File is null).Select(finding => finding.Code));
    }

    [Fact]
    public async Task What_lies_beside_the_documents_of_a_folder_is_named_whatever_its_name_and_kind()
    {
        using Release copy = released.Copy();
        string folder = copy.Folder["."];
        Assert.Equal(0, (await MedRedactTool.RunAsync(["verify", folder, "--key", released.KeyFile])).ExitCode);

        string hidden = Directory.CreateDirectory(copy.Folder["final"]).FullName;
        await File.WriteAllBytesAsync(Path.Combine(hidden, "page-0001.png"), copy.Read(ReleaseFiles.ImageOf(1)), _cancel);
        Assert.Equal(4, (await MedRedactTool.RunAsync(["verify", folder, "--key", released.KeyFile])).ExitCode);
        ToolResult audited = await MedRedactTool.RunAsync(["audit", "verify", folder, "--home", released.Home]);
        Assert.True(audited.ExitCode == 4 && audited.Output.Contains("MR-REL-009", StringComparison.Ordinal), audited.Output + audited.Errors);

        Directory.Delete(hidden, recursive: true);
        Directory.CreateSymbolicLink(copy.Folder["link"], copy.Path);
        Assert.Equal(4, (await MedRedactTool.RunAsync(["verify", folder, "--key", released.KeyFile])).ExitCode);
    }

    [Fact]
    public async Task A_file_larger_than_any_export_writes_is_named_and_not_read()
    {
        using Release copy = released.Copy();
        await using (FileStream grown = File.OpenWrite(copy[ReleaseFiles.Signature]))
            grown.SetLength(3L << 30);
        Assert.Equal([Faults.Missing], (await VerifyAsync(copy)).Select(finding => finding.Code));
    }

    [Fact]
    public async Task Files_of_another_document_of_the_same_host_do_not_pass()
    {
        using Release other = released.Copy(1);
        foreach (string[] swapped in new string[][] { [ReleaseFiles.ImageOf(1)], [ReleaseFiles.Text], [ReleaseFiles.Manifest], [ReleaseFiles.Signature], [ReleaseFiles.Proof], [ReleaseFiles.Manifest, ReleaseFiles.Signature], Files })
        {
            using Release copy = released.Copy();
            foreach (string file in swapped)
                copy.Write(file, other.Read(file));
            Assert.NotEmpty(await VerifyAsync(copy));
        }

        using Release renamed = released.Copy();
        foreach (string file in Files)
            renamed.Write(file, other.Read(file));
        Assert.Equal([Faults.OtherManifest], (await VerifyAsync(renamed)).Select(finding => finding.Code));
    }

    [Fact]
    public async Task Keys_of_others_vouch_for_nothing()
    {
        using Release copy = released.Copy();
        using ECDsa stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        VerifierKey sameName = VerifierKey.Create(released.Keys[0].Name, stranger.ExportSubjectPublicKeyInfo());
        Assert.Equal([Faults.UnknownSigner], (await ReleaseVerifier.VerifyAsync(copy.Path, [sameName, released.Keys[^1]], cancellationToken: _cancel)).Select(finding => finding.Code));
        Assert.Equal([(Faults.UnknownSigner, ReleaseFiles.Proof)], (await ReleaseVerifier.VerifyAsync(copy.Path, [released.Keys[0]], cancellationToken: _cancel)).Select(finding => (finding.Code, finding.File!)));

        // A thief who signs a changed manifest with a key of his own, under the host's name.
        byte[] changed = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(copy.Read(ReleaseFiles.Manifest)).Replace("\"Released\"", "\"Withheld\"", StringComparison.Ordinal));
        copy.Write(ReleaseFiles.Manifest, changed);
        copy.Write(ReleaseFiles.Signature, Sign(changed, copy, stranger, released.Keys[0].Name));
        Assert.Equal([Faults.UnknownSigner], (await VerifyAsync(copy)).Select(finding => finding.Code));
    }

    [Fact]
    public async Task A_signed_manifest_that_contradicts_ledger_or_page_is_found_out()
    {
        using Release copy = released.Copy();
        using ECDsa host = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        VerifierKey key = VerifierKey.Create("medredact/manifest/1/test", host.ExportSubjectPublicKeyInfo());
        string good = Encoding.UTF8.GetString(copy.Read(ReleaseFiles.Manifest));
        byte[] changed = Encoding.UTF8.GetBytes(BoxPattern().Replace(good, "[-4,0,8,8]", 1));
        copy.Write(ReleaseFiles.Manifest, changed);
        copy.Write(ReleaseFiles.Signature, Sign(changed, copy, host, key.Name));

        ImmutableArray<ReleaseFinding> found = await ReleaseVerifier.VerifyAsync(copy.Path, [key, released.Keys[^1]], cancellationToken: _cancel);
        Assert.Contains(found, finding => finding.Code == Faults.Geometry);
        Assert.Contains(found, finding => finding.Code == Faults.OtherEvent && finding.File == ReleaseFiles.Proof);
    }

    [Fact]
    public void A_manifest_signature_is_no_checkpoint_and_a_checkpoint_is_no_manifest_signature()
    {
        using Release copy = released.Copy();
        byte[] signature = copy.Read(ReleaseFiles.Signature);
        byte[] checkpoint = EventProof.Parse(copy.Read(ReleaseFiles.Proof))!.Checkpoint.ToArray();
        Assert.All(released.Keys, key => Assert.Null(AuditCheckpoint.Open(signature, key.PublicKey)));
        Assert.Equal(EvidenceCheck.Malformed, SignedManifest.Open(checkpoint, [VerifierKey.Create("medredact/manifest/1/x", released.Keys[^1].PublicKey)], out _));
        Assert.NotEqual(released.Keys[0].PublicKey.ToArray(), released.Keys[^1].PublicKey.ToArray());
    }

    [Fact]
    public void A_printed_key_reads_back_and_no_other_text_does()
    {
        foreach (VerifierKey key in released.Keys)
        {
            string text = key.ToString();
            Assert.Equal(key.PublicKey.ToArray(), VerifierKey.Parse(text)!.PublicKey.ToArray());
            for (int i = 0; i < text.Length; i++)
                Assert.True(VerifierKey.Parse(text[..i]) is null && VerifierKey.Parse(text + "=") is null);
        }
    }

    private Task<ImmutableArray<ReleaseFinding>> VerifyAsync(Release copy) => ReleaseVerifier.VerifyAsync(copy.Path, [.. released.Keys], cancellationToken: _cancel);

    /// <summary>Writes the signature as docs/formats/manifest.md says, without the code under test.</summary>
    private static byte[] Sign(byte[] manifest, Release release, ECDsa key, string name)
    {
        string text = $"medredact/manifest/1\ndocument {Path.GetFileName(release.Path)}\nsha256 {Convert.ToHexStringLower(SHA256.HashData(manifest))}\n";
        byte[] id = SHA256.HashData(key.ExportSubjectPublicKeyInfo())[..4];
        byte[] signature = key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Encoding.UTF8.GetBytes($"{text}\n— {name} {Convert.ToBase64String([.. id, .. signature])}\n");
    }

    [GeneratedRegex(@"\[\d+,\d+,\d+,\d+\]", RegexOptions.NonBacktracking)]
    private static partial Regex BoxPattern();
}
