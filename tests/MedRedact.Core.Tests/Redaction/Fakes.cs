using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace MedRedact.Redaction;

/// <summary>Draws a black dot for every letter, two pixels apart, in the middle of the box.</summary>
internal sealed class DotLabels : ILabelPainter
{
    public List<(Box Box, string Label)> Drawn { get; } = [];

    public bool TryPaintLabel(Raster raster, Box box, string label)
    {
        if (box.Height < 8 || box.Width < (label.Length * 2) + 4)
            return false;

        Drawn.Add((box, label));
        for (int i = 0; i < label.Length; i++)
            SetInk(raster, box.Left + 2 + (2 * i), box.Top + (box.Height / 2));
        return true;
    }

    private static void SetInk(Raster raster, int x, int y)
    {
        Span<byte> row = raster.WritablePixels.Span[(y * raster.Stride)..];
        switch (raster.Format)
        {
            case PixelFormat.Gray8: row[x] = 0; break;
            case PixelFormat.Rgb24: row.Slice(x * 3, 3).Clear(); break;
            case PixelFormat.Bgra32: row.Slice(x * 4, 3).Clear(); break;
            default: row[x >> 3] |= (byte)(0x80 >> (x & 7)); break;
        }
    }
}

/// <summary>Draws nothing.</summary>
internal sealed class NoLabels : ILabelPainter
{
    public bool TryPaintLabel(Raster raster, Box box, string label) => false;
}

/// <summary>Decides by a function.</summary>
internal sealed class PolicyOf(Func<PhiCategory, Disposition> decide) : IDispositionPolicy
{
    public string Name => "test";

    public PolicyHash Hash => default;

    public ImmutableHashSet<Disposition> Uses => [.. Enum.GetValues<Disposition>()];

    public Disposition Decide(Finding finding, DecisionContext context) => decide(finding.Category);
}

/// <summary>Proposes by a function.</summary>
internal sealed class RedactorOf(Disposition serves, Func<RedactionTarget, Replacement?> propose, params PhiCategory[] categories) : IRedactor
{
    public Disposition Serves => serves;

    public ImmutableArray<PhiCategory> Categories => [.. categories];

    public ValueTask<Replacement?> ProposeAsync(RedactionTarget target, CancellationToken cancellationToken = default) => ValueTask.FromResult(propose(target));
}

/// <summary>One token for one value.</summary>
/// <param name="prefix">How tokens begin.</param>
internal sealed class CountingTokenizer(string prefix = "T-") : ITokenizer
{
    private readonly Dictionary<Phi<string>, Token> _tokens = [];

    public ValueTask<Token> TokenizeAsync(
        Phi<string> value, PhiCategory category, TokenContext context, CancellationToken cancellationToken = default)
    {
        if (!_tokens.TryGetValue(value, out Token token))
            _tokens[value] = token = new Token($"{prefix}{_tokens.Count + 1:0000}");
        return ValueTask.FromResult(token);
    }
}

/// <summary>Fails and quotes the value, as careless code does.</summary>
internal sealed class QuotingTokenizer : ITokenizer
{
    public ValueTask<Token> TokenizeAsync(
        Phi<string> value, PhiCategory category, TokenContext context, CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException($"cannot store {value.Reveal()}");
}

/// <summary>HMAC keys of a fixed secret.</summary>
internal sealed class TestKeys : IKeyProvider
{
    public ValueTask<ISigner> GetSignerAsync(KeyPurpose purpose, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<IMacKey> GetMacKeyAsync(KeyPurpose purpose, TenantId tenant, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IMacKey>(new MacKey(Encoding.ASCII.GetBytes($"{purpose}/{tenant}")));

    private sealed class MacKey(byte[] secret) : IMacKey
    {
        public KeyId Key => new("test");

        public ValueTask<Digest256> ComputeAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Digest256.From(HMACSHA256.HashData(secret, message.Span)));
    }
}

/// <summary>Pixel memory that something else was in.</summary>
internal sealed class FilledMemory : System.Buffers.IMemoryOwner<byte>
{
    public FilledMemory(int length)
    {
        Memory = new byte[length];
        Memory.Span.Fill(0xFF);
    }

    public Memory<byte> Memory { get; }

    public void Dispose()
    {
    }
}
