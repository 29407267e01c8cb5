using MedRedact.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact;

/// <summary>Registers witnesses of the audit ledger that are asked over HTTP.</summary>
public static class WitnessRegistration
{
    extension(IMedRedactBuilder builder)
    {
        /// <summary>Registers a witness: the ledger asks it to cosign every checkpoint. Each call adds one; how many must have cosigned is
        /// <see cref="AuditLedgerOptions.RequiredWitnesses"/>.</summary>
        /// <param name="submissionPrefix">Its submission prefix. HTTPS, or HTTP on this machine.</param>
        /// <param name="verifierKey">Its key as it is printed: <c>name+id+key</c>.</param>
        /// <returns>The builder.</returns>
        /// <exception cref="ArgumentException">The prefix is no such address, or the key is none of Ed25519 (type 0x04) or ECDSA P-256 (type 0x02).</exception>
        public IMedRedactBuilder AddHttpWitness(Uri submissionPrefix, string verifierKey)
        {
            WitnessKey key = WitnessKey.Parse(verifierKey) ?? throw new ArgumentException("It is no key of a witness as it is printed: name+id+key.", nameof(verifierKey));
            var witness = new HttpWitness(submissionPrefix, key);
            builder.Services.AddSingleton<IWitness>(_ => witness);
            return builder;
        }
    }
}
