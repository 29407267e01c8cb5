using Microsoft.Extensions.DependencyInjection;

namespace MedRedact;

/// <summary>Puts one service before another.</summary>
public static class Decoration
{
    extension(IMedRedactBuilder builder)
    {
        /// <summary>Puts a decorator in the place of the service that is registered now. That service is made, and disposed, by the container as before.</summary>
        /// <typeparam name="TService">The service.</typeparam>
        /// <param name="decorate">Makes the decorator, given the service.</param>
        /// <returns>The builder.</returns>
        /// <exception cref="InvalidOperationException">No such service is registered yet.</exception>
        public IMedRedactBuilder Decorate<TService>(Func<TService, IServiceProvider, TService> decorate)
            where TService : class
        {
            ArgumentNullException.ThrowIfNull(decorate);
            IServiceCollection services = builder.Services;
            ServiceDescriptor inner = services.LastOrDefault(each => each.ServiceType == typeof(TService) && !each.IsKeyedService)
                ?? throw new InvalidOperationException($"Register an {typeof(TService).Name} before what is to be put in front of it.");
            object key = new();
            services.Remove(inner);
            services.Add(inner switch
            {
                { ImplementationInstance: { } instance } => new ServiceDescriptor(typeof(TService), key, instance),
                { ImplementationFactory: { } make } => new ServiceDescriptor(typeof(TService), key, (provider, _) => make(provider), inner.Lifetime),
                _ => new ServiceDescriptor(typeof(TService), key, inner.ImplementationType!, inner.Lifetime),
            });
            services.Add(new ServiceDescriptor(typeof(TService), provider => decorate(provider.GetRequiredKeyedService<TService>(key), provider), inner.Lifetime));
            return builder;
        }
    }
}
