using System.Text;

namespace MedRedact.Audit.Tests;

/// <summary>Interoperation with the transparency logs that are out there, and refusal of notes that only look right.</summary>
public sealed class SignedNoteTests
{
    /// <summary>Public keys (type byte and SubjectPublicKeyInfo) and notes of two live logs, from the tests of transparency-dev/formats (Apache-2.0).</summary>
    private const string RekorKey =
        "AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNhtmPtrWm3U1eQXBogSMdGvXwBcK5AW5i0hrZLOC96l+smGNM7nwZ4QvFK/4sueRoVj//QP22Ni4Qt9DPfkWLc=";

    private const string RekorNote =
        "Rekor\n798034\nf+7CoKgXKE/tNys9TTXcr/ad6U/K3xvznmzew9y6SP0=\n\n— rekor.sigstore.dev wNI9ajBEAiARInWIWyCdyG27CO6LPnPekyw20qO0YJfoaPaowGp/XgIgc+qEHS3+GKVClgqq20uDLet7MCoTURUCRdxwWBHHufk=\n";

    private const string PixelKey =
        "AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABN+4x0Jk1yTwvLFI9A4NDdGZcX0aiWVdWM5XJVy0M4VWD3AvyW5Q6Hs9A0mcDkpUoYgn+KKPNzFC0H3nN3q6JQ8=";

    private const string PixelNote =
        "DEFAULT\n10\nbsWRucJU5xJPHb5eBdOm6+DM+VelCZBuvtI3sHERJ9Y=\n\n— pixel6_transparency_log kcFuMDBFAiEAhqMAP8P6qf6QxtUJhzMhbN+MbZ9dwfUHzGQJmffJHtoCIGD0cNe47dHWBoPwYdgBCepB06/+g5O1FmYjXl06owL4\n";

    [Theory]
    [InlineData("rekor.sigstore.dev", RekorKey, RekorNote)]
    [InlineData("pixel6_transparency_log", PixelKey, PixelNote)]
    public void Notes_of_live_logs_verify_under_their_keys(string name, string key, string note)
    {
        using var noteKey = NoteKey.Create(name, Spki(key));
        SignedNote parsed = Assert.IsType<SignedNote>(SignedNote.Parse(Encoding.UTF8.GetBytes(note)));

        Assert.True(noteKey.Verify(parsed));
        Assert.NotNull(AuditCheckpoint.Parse(parsed.Text));

        using var otherName = NoteKey.Create("bananas.example", Spki(key));
        Assert.False(otherName.Verify(parsed));
        Assert.False(noteKey.Verify(parsed with { Text = parsed.Text.Replace('0', '1') }));
    }

    [Fact]
    public void The_verifier_key_is_printed_as_verifiers_expect_it()
    {
        using var key = NoteKey.Create("rekor.sigstore.dev", Spki(RekorKey));

        Assert.Equal($"rekor.sigstore.dev+c0d23d6a+{RekorKey}", key.VerifierKey);
    }

    [Fact]
    public void Lines_of_other_signers_are_passed_over()
    {
        using var keys = new TestKeys();
        string note = Encoding.UTF8.GetString(keys.Checkpoint("a.example", 3, Sample.Digest(1)));
        int lines = note.IndexOf("\n\n", StringComparison.Ordinal) + 2;
        string withWitness = note[..lines] + "— witness.example AAAAAWJsYWJsYQ==\n" + note[lines..];

        Assert.NotNull(AuditCheckpoint.Open(Encoding.UTF8.GetBytes(withWitness), keys.PublicKey));
    }

    [Theory]
    [InlineData("")]
    [InlineData("text without signature\n")]
    [InlineData("text\n\n")]
    [InlineData("\n\n— a.example AAAAAWJsYQ==\n")]
    [InlineData("text\n\n— a.example AAAAAWJsYQ==")]
    [InlineData("text\n\n- a.example AAAAAWJsYQ==\n")]
    [InlineData("text\n\n— a.example  AAAAAWJsYQ==\n")]
    [InlineData("text\n\n— a.example AAAAAWJsYQ\n")]
    [InlineData("text\n\n— a.example AAAAAWJsYR==\n")]
    [InlineData("text\n\n— a.example AAAA AWJsYQ==\n")]
    [InlineData("text\n\n— a.example AAAAAQ==\n")]
    [InlineData("text\n\n— a+example AAAAAWJsYQ==\n")]
    [InlineData("text\n\n—  AAAAAWJsYQ==\n")]
    [InlineData("text\r\n\r\n— a.example AAAAAWJsYQ==\r\n")]
    [InlineData("te\0xt\n\n— a.example AAAAAWJsYQ==\n")]
    [InlineData("te\txt\n\n— a.example AAAAAWJsYQ==\n")]
    [InlineData("text\n\n— a.example AAAAAWJsYQ==\n\n")]
    public void What_only_resembles_a_note_is_none(string text) => Assert.Null(SignedNote.Parse(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Broken_unicode_and_seventeen_signatures_are_no_note()
    {
        Assert.Null(SignedNote.Parse([.. "te"u8, 0xC3, 0x28, .. "xt\n\n— a.example AAAAAWJsYQ==\n"u8]));
        string lines = string.Concat(Enumerable.Repeat("— a.example AAAAAWJsYQ==\n", 17));
        Assert.Null(SignedNote.Parse(Encoding.UTF8.GetBytes("text\n\n" + lines)));
        Assert.NotNull(SignedNote.Parse(Encoding.UTF8.GetBytes("text\n\n" + lines[..(lines.Length / 17 * 16)])));
    }

    [Theory]
    [InlineData("Log\n3\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", true)]
    [InlineData("Log\n3\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", false)]
    [InlineData("Log\n3\n", false)]
    [InlineData("\n3\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", false)]
    [InlineData("Log\nbananas\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", false)]
    [InlineData("Log\n-3\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", false)]
    [InlineData("Log\n03\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", false)]
    [InlineData("Log\n+3\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", false)]
    [InlineData("Log\n3438945738945739845734895735\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", false)]
    [InlineData("Log\n3\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n", false)]
    [InlineData("Log\n3\nYmFuYW5hcw==\n", false)]
    [InlineData("Log\n3\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nextension\n", false)]
    public void A_checkpoint_has_one_form(string text, bool valid) => Assert.Equal(valid, AuditCheckpoint.Parse(text) is not null);

    [Fact]
    public void Only_a_key_on_P_256_signs_ledgers()
    {
        using var p384 = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP384);
        byte[][] wrong = [[], [1, 2, 3], p384.ExportSubjectPublicKeyInfo()];

        foreach (byte[] key in wrong)
            Assert.Equal(Faults.UnusableKey, Assert.Throws<MedRedactException>(() => NoteKey.Create("a", key)).Code);
    }

    private static byte[] Spki(string printed) => Convert.FromBase64String(printed)[1..];
}
