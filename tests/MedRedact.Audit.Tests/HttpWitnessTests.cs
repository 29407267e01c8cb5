using System.Collections.Immutable;
using System.Net;
using System.Text;
using MedRedact.Audit.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace MedRedact.Audit.Tests;

/// <summary>A ledger beside a witness that speaks C2SP tlog-witness over HTTP on this machine and signs with Ed25519.</summary>
public sealed class HttpWitnessTests : IDisposable
{
    private readonly Rig _rig = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ledger_gets_its_checkpoints_cosigned_over_HTTP()
    {
        using var server = new LoopbackWitness([_rig.Verifier]);
        using var witness = new HttpWitness(server.Prefix, server.Key);
        _rig.Witnesses = [witness];
        await _rig.WithEventsAsync(300);
        await _rig.WithEventsAsync(40, from: 300);
        AuditCheckpoint checkpoint = _rig.Verify().Checkpoint!;
        Assert.Equal([server.Key.Name], new WitnessPolicy(1, [WitnessKey.Parse(server.Key.ToString())!]).WitnessesOf(checkpoint));

        // The second opening did not know how far the witness was: it was told, and proved the rest.
        Assert.Equal(340, server.Sizes[Rig.Origin]);
        Assert.Contains(server.Requests, request => request.StartsWith("old 0\n\n", StringComparison.Ordinal));
        Assert.Contains(server.Requests, request => request.StartsWith("old 300\n", StringComparison.Ordinal) && request.Split("\n\n")[0].Split('\n').Length > 1);
    }

    [Fact]
    public async Task A_rewritten_ledger_is_refused_by_the_witness_over_HTTP()
    {
        using var server = new LoopbackWitness([_rig.Verifier]);
        using var witness = new HttpWitness(server.Prefix, server.Key);
        _rig.Witnesses = [witness];
        await _rig.WithEventsAsync(9);
        using var rewritten = new Rig(keys: _rig.Keys) { Witnesses = [witness] };
        await rewritten.WithEventsAsync(14, from: 50);
        Assert.False(rewritten.Verify(new() { Witnesses = new WitnessPolicy(1, [server.Key]) }).IsIntact);
        Assert.Equal(9, server.Sizes[Rig.Origin]);
    }

    [Theory]
    [InlineData(200, null, "— other.example/w AAAAAAAAAAAA\n", WitnessOutcome.Cosigned)]
    [InlineData(400, null, "", WitnessOutcome.Malformed)]
    [InlineData(403, null, "", WitnessOutcome.SignatureInvalid)]
    [InlineData(404, null, "", WitnessOutcome.UnknownLedger)]
    [InlineData(409, "text/x.tlog.size", "12\n", WitnessOutcome.Conflict, 12L)]
    [InlineData(409, "text/x.tlog.size", "012\n", WitnessOutcome.Conflict)]
    [InlineData(409, "text/x.tlog.size", "-1\n", WitnessOutcome.Conflict)]
    [InlineData(409, "text/x.tlog.size", "9223372036854775808\n", WitnessOutcome.Conflict)]
    [InlineData(409, "text/x.tlog.size", "12", WitnessOutcome.Conflict)]
    [InlineData(409, "text/plain", "12\n", WitnessOutcome.Conflict)]
    [InlineData(422, null, "", WitnessOutcome.Inconsistent)]
    [InlineData(302, null, "", WitnessOutcome.Unavailable)]
    [InlineData(500, null, "", WitnessOutcome.Unavailable)]
    public async Task An_answer_is_read_as_the_protocol_says(int status, string? mediaType, string body, WitnessOutcome expected, long? size = null)
    {
        WitnessKey key = LoopbackWitness.NewKey();
        var witness = new TlogWitness(key, (_, _) => ValueTask.FromResult(new WitnessReply(status, mediaType, Encoding.UTF8.GetBytes(body))));
        WitnessAnswer answer = await witness.AddCheckpointAsync(0, [], "x"u8.ToArray(), Token);
        Assert.Equal((expected, size), (answer.Outcome, answer.Size));
    }

    [Fact]
    public async Task The_request_is_that_of_the_protocol_and_an_endless_answer_is_not_read_to_its_end()
    {
        ImmutableArray<Digest256> proof = [Sample.Digest(1), Sample.Digest(2)];
        byte[] note = _rig.Keys.Checkpoint(Rig.Origin, 5, Sample.Digest(3));
        string[] hashes = [.. proof.Select(hash => Convert.ToBase64String(hash.ToArray()))];
        Assert.Equal($"old 3\n{hashes[0]}\n{hashes[1]}\n\n{Encoding.UTF8.GetString(note)}", Encoding.UTF8.GetString(TlogWitness.Body(3, proof, note)));

        using var endless = new HttpWitness(new("http://localhost/w"), LoopbackWitness.NewKey(), new Endless());
        Assert.Equal(WitnessOutcome.Malformed, (await endless.AddCheckpointAsync(0, [], note, Token)).Outcome);
    }

    [Fact]
    public async Task A_witness_that_is_not_there_is_a_coded_fault_without_an_address()
    {
        Uri prefix;
        using (var gone = new LoopbackWitness([]))
            prefix = gone.Prefix;
        using var witness = new HttpWitness(prefix, LoopbackWitness.NewKey());
        var fault = await Assert.ThrowsAsync<MedRedactException>(async () => await witness.AddCheckpointAsync(0, [], "x"u8.ToArray(), Token));
        Assert.Equal(Faults.WitnessUnavailable, fault.Code);
        Assert.DoesNotContain(prefix.Authority, fault.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new HttpWitness(new("http://witness.example/"), LoopbackWitness.NewKey()));
    }

    [Fact]
    public void A_cosignature_has_byte_for_byte_the_form_of_its_C2SP_page()
    {
        // The checkpoint and the time are those of the page; its key is not printed there, so one of RFC 8032 (7.1, test 1) signs, and the line is put together by hand.
        byte[] secret = Convert.FromHexString("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"), key = new byte[32];
        Ed25519.GeneratePublicKey(secret, 0, key, 0);
        Assert.Equal("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", Convert.ToHexStringLower(key));
        WitnessKey witness = WitnessKey.OfEd25519("witness.example.com/w1", key);
        const string Text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
        byte[] message = Encoding.UTF8.GetBytes("cosignature/v1\ntime 1679315147\n" + Text), signature = new byte[64];
        Ed25519.Sign(secret, 0, message, 0, message.Length, signature, 0);
        byte[] id = System.Security.Cryptography.SHA256.HashData([.. "witness.example.com/w1\n"u8, 4, .. key])[..4];
        byte[] line = [.. id, 0, 0, 0, 0, 0x64, 0x18, 0x50, 0xCB, .. signature];
        SignedNote Note(byte[] keyed, string text = Text) => SignedNote.Parse(Encoding.UTF8.GetBytes($"{text}\n— witness.example.com/w1 {Convert.ToBase64String(keyed)}\n"))!;
        Assert.NotNull(witness.Find(Note(line)));
        Assert.Null(witness.Find(Note(line, Text.Replace("20852163", "20852164", StringComparison.Ordinal))));
        for (int i = 0; i < line.Length; i++)
        {
            line[i] ^= 1;
            Assert.Null(witness.Find(Note(line)));
            line[i] ^= 1;
        }

        Assert.Null(WitnessKey.Parse(witness.ToString()[..^2] + "=="));
        Assert.Null(WitnessKey.Parse(witness.ToString().Replace("w1+", "w2+", StringComparison.Ordinal)));
        Assert.Throws<ArgumentException>(() => WitnessKey.OfEd25519("a", new byte[32]));
    }

    [Fact]
    public void A_host_registers_witnesses_by_address_and_key()
    {
        using var keys = new TestKeys();
        var services = new ServiceCollection();
        services.AddSingleton<IKeyProvider>(keys);
        new Builder(services).AddHttpWitness(new("https://witness.example/prefix/"), LoopbackWitness.NewKey().ToString()).AddAuditLedger(options =>
        {
            options.Folder = "/nowhere";
            options.RequiredWitnesses = 1;
        });
        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.NotNull(provider.GetRequiredService<AuditLedger>());
        Assert.Throws<ArgumentException>(() => new Builder(services).AddHttpWitness(new("https://witness.example/"), "nonsense"));
    }

    public void Dispose() => _rig.Dispose();

    private sealed record Builder(IServiceCollection Services) : IMedRedactBuilder;

    private sealed class Endless : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new Zeros()) });
    }

    private sealed class Zeros : MemoryStream
    {
        public override int Read(Span<byte> buffer) => buffer.Length;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(buffer.Length);
    }
}
