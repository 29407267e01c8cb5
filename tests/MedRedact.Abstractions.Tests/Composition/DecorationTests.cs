using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Tests;

public sealed class DecorationTests
{
    public static TheoryData<int> Ways => [0, 1, 2];

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_decorator_stands_before_the_service_that_was_there_and_others_before_it(int way)
    {
        IMedRedactBuilder builder = Builder(way);
        builder.Decorate<INamed>(static (inner, _) => new Around(inner, "a")).Decorate<INamed>(static (inner, _) => new Around(inner, "b"));
        using ServiceProvider provider = builder.Services.BuildServiceProvider();
        Assert.Equal("b(a(inner))", provider.GetRequiredService<INamed>().Name);
        Assert.Same(provider.GetRequiredService<INamed>(), provider.GetRequiredService<INamed>());
        Assert.Single(provider.GetServices<INamed>());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void What_the_container_made_it_disposes_decorated_or_not(int way)
    {
        IMedRedactBuilder builder = Builder(way);
        Inner? made = null;
        builder.Decorate<INamed>((inner, _) =>
        {
            made = (Inner)inner;
            return new Around(inner, "a");
        });
        using (ServiceProvider provider = builder.Services.BuildServiceProvider())
            provider.GetRequiredService<INamed>();
        Assert.True(made!.IsDisposed);
    }

    [Fact]
    public void Where_nothing_is_registered_there_is_nothing_to_decorate() =>
        Assert.Throws<InvalidOperationException>(() => new Bare(new ServiceCollection()).Decorate<INamed>(static (inner, _) => inner));

    private static Bare Builder(int way)
    {
        var services = new ServiceCollection();
        _ = way switch
        {
            0 => services.AddSingleton<INamed>(new Inner()),
            1 => services.AddSingleton<INamed>(static _ => new Inner()),
            _ => services.AddSingleton<INamed, Inner>(),
        };
        return new Bare(services);
    }

    private interface INamed
    {
        string Name { get; }
    }

    private sealed record Bare(IServiceCollection Services) : IMedRedactBuilder;

    private sealed class Inner : INamed, IDisposable
    {
        public string Name => "inner";

        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class Around(INamed inner, string name) : INamed
    {
        public string Name => $"{name}({inner.Name})";
    }
}
