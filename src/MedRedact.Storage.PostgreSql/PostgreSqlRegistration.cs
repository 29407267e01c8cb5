using MedRedact.Storage.PostgreSql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MedRedact;

/// <summary>Registers the token vault on a PostgreSQL server.</summary>
public static class PostgreSqlRegistration
{
    extension(IMedRedactBuilder builder)
    {
        /// <summary>Keeps tokens on a PostgreSQL server: registers <see cref="ITokenVault"/>, and all that <c>AddTokens</c> does. Keys and an audit sink are registered
        /// elsewhere. The server is asked when the vault is first needed.</summary>
        /// <param name="configure">Where.</param>
        /// <returns>The builder.</returns>
        public IMedRedactBuilder AddPostgreSqlVault(Action<PostgreSqlVaultOptions> configure)
        {
            ArgumentNullException.ThrowIfNull(configure);
            IServiceCollection services = builder.Services;
            services.AddOptions<PostgreSqlVaultOptions>().Configure(configure).ValidateOnStart();
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PostgreSqlVaultOptions>, PostgreSqlVaultOptionsValidator>());
            services.TryAddSingleton<ITokenVault>(static provider =>
                PostgreSqlTokenVault.Open(provider.GetRequiredService<IOptions<PostgreSqlVaultOptions>>().Value));
            return builder.AddTokens();
        }
    }
}
