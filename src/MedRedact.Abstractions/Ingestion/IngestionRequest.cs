namespace MedRedact;

/// <summary>What is asked of a pipeline.</summary>
public sealed record IngestionRequest
{
    /// <summary>What arrived; stays with the caller.</summary>
    public required SourceDocument Source { get; init; }

    /// <summary>Who brings it in.</summary>
    public required ActorId Actor { get; init; }

    /// <summary>Why.</summary>
    public required PurposeOfUse Purpose { get; init; }

    /// <summary>Whose record it is.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Where one value keeps one token; by default the tenant.</summary>
    public TokenScope? Scope { get; init; }

    /// <summary>What the caller knows about the patient.</summary>
    public KnownPatient? KnownPatient { get; init; }

    /// <summary>The same key with the same bytes returns the first report; with other bytes it is a conflict.</summary>
    public IdempotencyKey? IdempotencyKey { get; init; }

    /// <summary>Told about each page.</summary>
    public IProgress<IngestionProgress>? Progress { get; init; }
}

/// <summary>Makes a repeated request one request.</summary>
/// <param name="Value">Chosen by the caller; says nothing about the patient.</param>
public readonly record struct IdempotencyKey(Guid Value);

/// <summary>How far a run has come.</summary>
/// <param name="PagesExamined">Pages on which every detector has answered.</param>
/// <param name="PagesFinished">Pages with a verdict.</param>
/// <param name="PageCount">Pages in all.</param>
public readonly record struct IngestionProgress(int PagesExamined, int PagesFinished, int PageCount)
{
    /// <summary>Pages among the examined ones that an attempt under the same idempotency key had read before it was interrupted, and that were not read again.</summary>
    public int PagesResumed { get; init; }
}
