using MedRedact.Envelope;

namespace MedRedact.KeyManagement.Recovery;

/// <summary>What all shares of one SLIP-39 set have in common.</summary>
/// <param name="Identifier">15 random bits.</param>
/// <param name="Extendable">Whether the identifier stays out of the passphrase's salt, so that one secret can be split again to the same effect.</param>
/// <param name="Exponent">Doubles the cost of the passphrase, 0 to 15.</param>
/// <param name="GroupThreshold">Groups it takes.</param>
/// <param name="GroupCount">Groups there are.</param>
internal sealed record Slip39Set(int Identifier, bool Extendable, int Exponent, int GroupThreshold, int GroupCount);

/// <summary>A SLIP-39 share.</summary>
/// <param name="Set">The set.</param>
/// <param name="Group">The group's place, from 0.</param>
/// <param name="MemberThreshold">Members of the group that it takes.</param>
/// <param name="Point">The share's place in the group, and its value; the share owns it.</param>
internal sealed record Slip39Share(Slip39Set Set, int Group, int MemberThreshold, SharePoint Point) : IDisposable
{
    public const int MinSecret = 16, MaxSecret = 256;

    public SecretBuffer Value => Point.Y;

    /// <summary>Secrets have an even number of bytes, 16 or more.</summary>
    public static bool IsSecretSize(int size) => size is >= MinSecret and <= MaxSecret && size % 2 == 0;

    public void Dispose() => Point.Dispose();
}
