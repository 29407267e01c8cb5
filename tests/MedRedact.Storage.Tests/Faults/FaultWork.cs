namespace MedRedact.Storage.Tests;

/// <summary>A little of everything that a store does in its life, in a folder of its own. What is acknowledged is said; what is refused is not; what may never come out is named.</summary>
internal sealed class FaultWork(string folder, Action<string> say) : IDisposable
{
    /// <summary>Begins every plaintext, so that it can be looked for.</summary>
    public const string Plaintext = "Quentin Plainword";

    private FaultStore? _store;

    public static SubjectId Ann { get; } = new(new Digest256(1, 1));

    public static SubjectId Bob { get; } = new(new Digest256(2, 2));

    /// <summary>A document whose id says that it arrived on 1 January 2026: its original has been due for long.</summary>
    public static DocumentId Document(int number) => new(new Guid(0x019B7722, 0x4C00, (short)(0x7000 + number), [0x80, 0, 0, 0, 0, 0, 0, (byte)number]));

    public static string TextOf(int number) => $"{Plaintext} {number}";

    /// <summary>Documents 0 and 2 are Ann's, 1, 3 and 4 Bob's; 3 is erased, all that is Ann's is shredded, and originals are swept away.</summary>
    public async Task RunAsync()
    {
        // Whoever opens a store tries again.
        if (!await TryAsync("opened", () => Task.FromResult(_store = new FaultStore(folder))) && !await TryAsync("opened", () => Task.FromResult(_store = new FaultStore(folder))))
            return;

        FaultStore store = _store!;
        for (int i = 0; i < 4; i++)
        {
            int number = i;
            await TryAsync($"stored {i}", () => store.StoreAsync(Document(number), number % 2 == 0 ? Ann : Bob, TextOf(number)));
        }

        await TryAsync(async () => $"token ann {await store.TokenizeAsync(TextOf(10), Ann)}");
        await TryAsync(async () => $"token bob {await store.TokenizeAsync(TextOf(11), Bob)}");
        await TryAsync("rotated", async () => await store.Ring.RotateAsync(KeyRole.Wrapping(StorageZone.Redacted)));
        await TryAsync("rewrapped", async () => await store.Register.RewrapAsync());
        await TryAsync("turned", async () => await store.Register.TurnAsync());
        say("erasing");
        await TryAsync("erased", async () => await store.Documents.EraseAsync(Document(3), Sample.Tenant));
        say("shredding");
        await TryAsync("shredded", async () => await store.Shredding.ShredAsync(Sample.Tenant, Ann, RetentionRig.Actor));
        await TryAsync("stored 4", () => store.StoreAsync(Document(4), Bob, TextOf(4)));
        say("sweeping");
        await TryAsync("swept", async () => await store.Retention.RunAsync(Sample.Tenant));
    }

    public void Dispose()
    {
        try
        {
            _store?.Dispose();
        }
        catch (Exception fault) when (fault is IOException or MedRedactException)
        {
            say($"fault dispose {fault.GetType().Name}");
        }
    }

    private Task<bool> TryAsync(string done, Func<Task> work) => TryAsync(async () =>
    {
        await work();
        return done;
    });

    private async Task<bool> TryAsync(Func<Task<string>> work)
    {
        try
        {
            say(await work());
            return true;
        }
        catch (MedRedactException refused)
        {
            say($"refused {refused.Code}");
            return false;
        }
        catch (Exception fault)
        {
            // Faults of the disk are coded; anything else is a leak, of a path in a message for instance.
            say($"fault {fault.GetType().Name}");
            return false;
        }
    }
}
