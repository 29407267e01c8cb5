using MedRedact.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MedRedact;

/// <summary>Registers signed access policies and the queue of reviews.</summary>
public static class AccessRegistration
{
    extension(IMedRedactBuilder builder)
    {
        /// <summary>Decides accesses by signed policies: resolve <see cref="SignedAccessPolicies"/> and load one. Until then everything is denied. It needs an
        /// <see cref="IAuditSink"/>; the options are checked when the host starts.</summary>
        /// <param name="configure">Sets the state folder and the approvers' keys at least.</param>
        /// <returns>The builder.</returns>
        public IMedRedactBuilder AddSignedAccessPolicies(Action<SignedAccessPolicyOptions> configure)
        {
            ArgumentNullException.ThrowIfNull(configure);
            builder.Services.AddOptions<SignedAccessPolicyOptions>().Configure(configure)
                .Validate(options => options.Check() is null, "SignedAccessPolicyOptions: name a state folder, an actor and at least two approvers.").ValidateOnStart();
            builder.Services.TryAddSingleton(services => new SignedAccessPolicies(
                services.GetRequiredService<IOptions<SignedAccessPolicyOptions>>(), services.GetRequiredService<IAuditSink>(), services.GetRequiredService<TimeProvider>()));
            builder.Services.Replace(ServiceDescriptor.Singleton<IAccessPolicySource>(services => services.GetRequiredService<SignedAccessPolicies>()));
            return builder;
        }

        /// <summary>Lets the glass be broken: policies may permit <see cref="PurposeOfUse.BreakTheGlass"/>, and each such access waits here for a review by somebody else.</summary>
        /// <param name="folder">The folder of the queue; made where it is missing. It holds no PHI.</param>
        /// <returns>The builder.</returns>
        public IMedRedactBuilder AddBreakGlassReviews(string folder)
        {
            ArgumentException.ThrowIfNullOrEmpty(folder);
            builder.Services.TryAddSingleton<IBreakGlassReviews>(services => new BreakGlassReviewFiles(
                folder, services.GetRequiredService<IAuditSink>(), services.GetRequiredService<TimeProvider>()));
            return builder;
        }
    }
}
