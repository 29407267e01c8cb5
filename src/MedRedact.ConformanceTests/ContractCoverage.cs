using System.Reflection;

namespace MedRedact.ConformanceTests;

/// <summary>Says which implementation a test class proves: <c>[Proves(typeof(AuditLedger))] public sealed class LedgerContract : AuditSinkContract</c>.</summary>
/// <param name="implementation">The implementation.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ProvesAttribute(Type implementation) : Attribute
{
    /// <summary>The implementation.</summary>
    public Type Implementation => implementation;
}

/// <summary>Finds implementations that no contract suite proves.</summary>
public static class ContractCoverage
{
    private static readonly (Type Contract, Type Suite)[] s_suites =
    [
        (typeof(IAuditSink), typeof(AuditSinkContract)), (typeof(IDispositionPolicy), typeof(DispositionPolicyContract)), (typeof(IRedactor), typeof(RedactorContract)),
        (typeof(IOcrEngine), typeof(OcrEngineContract)), (typeof(IPhiDetector), typeof(PhiDetectorContract)), (typeof(IPageReader), typeof(PageReaderContract)),
        (typeof(ITokenVault), typeof(TokenVaultContract)), (typeof(IZoneStore), typeof(ZoneStoreContract)), (typeof(IKeyWrapper), typeof(KeyWrapperContract)),
        (typeof(IKeyProvider), typeof(KeyProviderContract)), (typeof(IKeyLifecycle), typeof(KeyLifecycleContract)), (typeof(IObjectKeys), typeof(ObjectKeysContract)),
        (typeof(IAccessAuthorizer), typeof(AccessAuthorizerContract)), (typeof(IAccessSuspensions), typeof(AccessSuspensionsContract)), (typeof(IBreakGlassReviews), typeof(BreakGlassReviewsContract)),
        (typeof(IErasableFields), typeof(ErasableFieldsContract)), (typeof(IWormStore), typeof(WormStoreContract)), (typeof(IPageStage), typeof(PageStageContract)), (typeof(IPagePreparer), typeof(PagePreparerContract)), (typeof(IDocumentDetector), typeof(DocumentDetectorContract)),
    ];

    /// <summary>The contracts that have a suite.</summary>
    public static IEnumerable<Type> Contracts => s_suites.Select(suite => suite.Contract);

    /// <summary>Lists what is implemented and not proved. A test of a package asserts that the answer is empty.</summary>
    /// <param name="implementations">The package.</param>
    /// <param name="tests">Its tests.</param>
    /// <returns><c>Implementation: Suite</c>, in order of name.</returns>
    public static IReadOnlyList<string> Missing(Assembly implementations, Assembly tests)
    {
        ArgumentNullException.ThrowIfNull(implementations);
        ArgumentNullException.ThrowIfNull(tests);
        (Type Suite, Type Implementation)[] proofs = [.. from test in tests.GetTypes() from proves in test.GetCustomAttributes<ProvesAttribute>() select (test, proves.Implementation)];
        return
        [
            .. from type in implementations.GetTypes()
               where type is { IsClass: true, IsAbstract: false }
               from suite in s_suites
               where suite.Contract.IsAssignableFrom(type) && !proofs.Any(proof => proof.Implementation == type && suite.Suite.IsAssignableFrom(proof.Suite))
               let line = $"{type.Name}: {suite.Suite.Name}"
               orderby line
               select line,
        ];
    }
}
