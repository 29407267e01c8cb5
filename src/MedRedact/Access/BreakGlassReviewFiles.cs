using System.Collections.Immutable;
using System.Text;
using MedRedact.Durability;

namespace MedRedact.Access;

/// <summary>The queue of reviews as a folder: a file for each review, and one beside it once it is closed. Files are written whole, synced, and never changed.</summary>
internal sealed class BreakGlassReviewFiles(string folder, IAuditSink audit, TimeProvider time, IFileOperations? operations = null) : IBreakGlassReviews, IDisposable
{
    private const string Open = ".review", Closed = ".closed", LockName = "reviews.lock";

    private readonly IFileOperations _operations = operations ?? PhysicalFileOperations.Instance;
    private readonly SemaphoreSlim _turn = new(1, 1);

    public ValueTask AddAsync(BreakGlassReview review, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(review);
        cancellationToken.ThrowIfCancellationRequested();
        OnDisk(() =>
        {
            DurableDirectory.Create(folder, _operations);
            using AtomicFile file = AtomicFile.Create(PathOf(review.Id, Open), _operations);
            file.Content.Write(ReviewFile.Format(review));
            file.Commit(replace: false);
            return true;
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask<ImmutableArray<BreakGlassReview>> ListOpenAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(OnDisk(() => Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*" + Open).Where(path => !File.Exists(Path.ChangeExtension(path, Closed))).Select(Read).OrderBy(review => review.At)]
            : ImmutableArray<BreakGlassReview>.Empty));
    }

    public async ValueTask CloseAsync(ReviewId review, ActorId reviewer, BreakGlassFinding finding, CancellationToken cancellationToken = default)
    {
        _ = new ActorId(reviewer.Value);
        string open = PathOf(new ReviewId(review.Value), Open), closed = PathOf(review, Closed);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!OnDisk(() => File.Exists(open)))
                throw AccessPolicyFaults.Refuse(AccessPolicyFaults.NoReview);

            using FileLock held = OnDisk(() => FileLock.Acquire(Path.Combine(folder, LockName), _operations));
            BreakGlassReview entry = OnDisk(() => Read(open));
            if (OnDisk(() => File.Exists(closed)))
                throw AccessPolicyFaults.Refuse(AccessPolicyFaults.NoReview);
            if (entry.Actor == reviewer)
                throw AccessPolicyFaults.Refuse(AccessPolicyFaults.OwnReview);

            await audit.AppendAsync(
                new AuditEvent(AuditKind.GlassReviewed, time.GetUtcNow(), reviewer)
                {
                    Tenant = entry.Tenant,
                    Document = entry.Document,
                    Purpose = PurposeOfUse.BreakTheGlass,
                    Fields = [new("review", AuditValue.Of(entry.Id)), new("finding", AuditValue.Of((long)finding))],
                },
                cancellationToken);
            OnDisk(() =>
            {
                AtomicFile.Write(closed, Encoding.ASCII.GetBytes($"{reviewer} {(int)finding}\n"), _operations);
                return true;
            });
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private string PathOf(ReviewId review, string extension) => Path.Combine(folder, review.Value + extension);

    private static BreakGlassReview Read(string path) =>
        new FileInfo(path).Length <= ReviewFile.MostBytes && ReviewFile.Parse(File.ReadAllBytes(path)) is { } review && review.Id.Value == Path.GetFileNameWithoutExtension(path)
            ? review
            : throw AccessPolicyFaults.Refuse(AccessPolicyFaults.Queue);

    private static T OnDisk<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception fault) when (fault is DurabilityException or IOException or UnauthorizedAccessException)
        {
            // A durability fault names a step and no path; other messages of the system do.
            throw AccessPolicyFaults.Refuse(AccessPolicyFaults.Queue, fault as DurabilityException);
        }
    }
}
