using System.Reflection;

namespace MedRedact.Tests;

/// <summary>Whoever is handed what may identify a patient shows a grant. What need not is listed here, each with its reason, and nothing else is.</summary>
public sealed class GrantTests
{
    /// <summary>Contracts that hand out what may identify without a grant. Most are the pipeline's own: plug-ins that the core calls, and that give back what they were lent.</summary>
    private static readonly Dictionary<string, string> s_withoutGrant = new()
    {
        ["IOcrEngine.RecognizeAsync"] = "A plug-in of the pipeline: text of the page that the core lent it.",
        ["IRemoteOcrEngine.ReadAsync"] = "A plug-in of the pipeline: reads clean pages alone, under an EgressPermit; its answer is searched again.",
        ["IPageStage.ProcessAsync"] = "A plug-in of the pipeline: pixels of the page that the core lent it.",
        ["IPagePreparer.PrepareAsync"] = "A plug-in of the pipeline: pixels of the page that the core lent it.",
        ["IPageSource.OpenAsync"] = "A plug-in of the pipeline: pages of a document that the caller holds already.",
        ["IPageWorker.WorkAsync"] = "A plug-in of the pipeline: text and pixels of the page that the core lent it.",
        ["IRasterMemory.Allocate"] = "Empty pixels; nothing was drawn into them.",
        ["IWormStore.OpenAsync"] = "Copies of the ledger, whose events hold no PHI.",
        ["IZoneStore.OpenAsync"] = "Envelopes: sealed bytes, which open for whoever has the keys.",
        ["IObjectSealer.OpenWriteAsync"] = "Takes what the caller has; nothing can be read from it.",
        ["IObjectSealer.OpenReadAsync"] = "The keys' side of storage: plaintext for the stores and the pipeline. Hosts that read originals for people must ask IAccessAuthorizer first; no contract here does it for them.",
    };

    /// <summary>What is clean, or sealed, by its type.</summary>
    private static readonly Type[] s_clean = [typeof(RedactedPage), typeof(CleanText), typeof(CleanPageText)];

    private static readonly Type[] s_bears = [typeof(PhiText), typeof(PageText), typeof(PageImage), typeof(Raster), typeof(RecognizedPage), typeof(ExaminedPage), typeof(SourceDocument), typeof(Stream)];

    [Fact]
    public void What_may_identify_is_handed_out_under_a_grant_alone()
    {
        string[] without = [.. from contract in typeof(IDetokenizer).Assembly.GetExportedTypes()
                               where contract.IsInterface
                               from method in contract.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                               where Bears(method.ReturnType, []) && method.GetParameters().All(parameter => parameter.ParameterType != typeof(AccessGrant))
                               select $"{contract.Name}.{method.Name}"];
        Assert.Equal(s_withoutGrant.Keys.Order(StringComparer.Ordinal), without.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_detokenizer_is_seen_by_this_test() => Assert.All(
        typeof(IDetokenizer).GetMethods(), method => Assert.True(Bears(method.ReturnType, []) && method.GetParameters().Any(parameter => parameter.ParameterType == typeof(AccessGrant))));

    [Theory]
    [InlineData(typeof(ValueTask<Phi<string>?>), true)]
    [InlineData(typeof(Task<PageImage[]>), true)]
    [InlineData(typeof(IAsyncEnumerable<(int, PhiText)>), true)]
    [InlineData(typeof(ValueTask<RedactedPage>), false)]
    [InlineData(typeof(ValueTask<AuditReceipt>), false)]
    public void Wrappings_are_seen_through(Type type, bool bears) => Assert.Equal(bears, Bears(type, []));

    /// <summary>Looks through generic arguments, arrays and the public properties of the contracts' own types.</summary>
    private static bool Bears(Type type, HashSet<Type> seen)
    {
        if (s_clean.Contains(type) || !seen.Add(type))
            return false;
        if (s_bears.Any(bearing => bearing.IsAssignableFrom(type)) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Phi<>)))
            return true;
        if (type.IsArray)
            return Bears(type.GetElementType()!, seen);

        return type.GetGenericArguments().Any(argument => Bears(argument, seen))
            || (type.Assembly == typeof(IDetokenizer).Assembly
                && (type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Any(property => Bears(property.PropertyType, seen))
                    || type.Assembly.GetExportedTypes().Any(derived => derived.BaseType == type && Bears(derived, seen))));
    }
}
