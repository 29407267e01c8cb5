using CsCheck;

namespace MedRedact.Durability.Tests;

public sealed class PhysicalFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void New_files_and_folders_are_for_their_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        DurableDirectory.Create(_folder["a/b"]);
        AtomicFile.Write(_folder["a/b/c"], "x"u8);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["a/b/c"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder["a"]));
    }

    [Fact]
    public void An_atomic_file_holds_what_was_written_in_any_pieces() =>
        Gen.Byte.Array[0, 50_000].Array[0, 6].Sample(
            pieces =>
            {
                string path = _folder[Path.GetRandomFileName()];
                using (AtomicFile file = AtomicFile.Create(path))
                {
                    foreach (byte[] piece in pieces)
                        file.Content.Write(piece);
                    file.Commit();
                }

                Assert.Equal(pieces.SelectMany(p => p), File.ReadAllBytes(path));
            },
            seed: "0000KOIgBsI4",
            iter: 20,
            threads: 1);

    [Fact]
    public void Nothing_is_visible_before_the_commit_and_nothing_stays_without_one()
    {
        using (AtomicFile file = AtomicFile.Create(_folder["state"]))
        {
            file.Content.Write(new byte[200_000]);
            Assert.False(File.Exists(_folder["state"]));
        }

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Root));
    }

    [Fact]
    public void A_staging_folder_holds_what_is_not_committed_yet()
    {
        DurableDirectory.Create(_folder["staging"]);
        using AtomicFile file = AtomicFile.Create(_folder["state"], stagingFolder: _folder["staging"]);
        Assert.Single(Directory.GetFiles(_folder["staging"]));
        Assert.Empty(Directory.GetFiles(_folder.Root));

        file.Commit();

        Assert.Empty(Directory.GetFiles(_folder["staging"]));
        Assert.Single(Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public async Task A_lock_that_is_held_briefly_is_waited_for()
    {
        FileLock first = FileLock.Acquire(_folder["lock"]);
        Task<FileLock> second = FileLock.AcquireAsync(
            _folder["lock"], TimeSpan.FromMinutes(1), TimeProvider.System, cancellationToken: TestContext.Current.CancellationToken).AsTask();
        Assert.False(second.IsCompleted);

        first.Dispose();

        (await second).Dispose();
    }

    [Fact]
    public void A_taken_name_is_refused_where_replacing_was_not_asked_for()
    {
        AtomicFile.Write(_folder["state"], "old"u8);
        using AtomicFile file = AtomicFile.Create(_folder["state"]);

        DurabilityException fault = Assert.Throws<DurabilityException>(() => file.Commit(replace: false));

        Assert.Equal(DurabilityFault.AlreadyExists, fault.Fault);
        Assert.Equal("old", File.ReadAllText(_folder["state"]));
        Assert.Single(Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void A_commit_happens_once()
    {
        using AtomicFile file = AtomicFile.Create(_folder["state"]);
        file.Commit();

        Assert.Throws<ObjectDisposedException>(() => file.Commit());
        Assert.True(File.Exists(_folder["state"]));
    }

    [Fact]
    public void Temporary_files_of_a_crash_are_swept_and_others_stay()
    {
        AtomicFile abandoned = AtomicFile.Create(_folder["state"]);
        string temporary = Assert.Single(Directory.GetFiles(_folder.Root));
        Assert.True(AtomicFile.IsTemporary(Path.GetFileName(temporary)));
        AtomicFile.Write(_folder["kept"], "x"u8);

        AtomicFile.SweepTemporaries(_folder.Root);

        Assert.Equal([_folder["kept"]], Directory.GetFiles(_folder.Root));
        abandoned.Dispose();
    }

    [Fact]
    public void A_staged_folder_appears_whole_under_its_name_and_replaces_none()
    {
        DurableDirectory.Create(_folder["staging/one/pages"]);
        AtomicFile.Write(_folder["staging/one/pages/1"], "x"u8);
        DurableDirectory.Create(_folder["documents"]);

        DurableDirectory.Publish(_folder["staging/one"], _folder["documents/one"]);
        Assert.Equal("x", File.ReadAllText(_folder["documents/one/pages/1"]));

        DurableDirectory.Create(_folder["staging/one"]);
        DurabilityException fault = Assert.Throws<DurabilityException>(
            () => DurableDirectory.Publish(_folder["staging/one"], _folder["documents/one"]));
        Assert.Equal(FileOperation.Rename, fault.Operation);
    }

    [Fact]
    public void An_append_file_is_cut_where_it_is_told_to_continue()
    {
        using (DurableAppendFile file = DurableAppendFile.Create(_folder["log"], "head"u8))
        {
            file.Append("torn"u8);
            Assert.Equal((8, 4), (file.Length, file.DurableLength));
        }

        using (DurableAppendFile file = DurableAppendFile.Open(_folder["log"], 5))
        {
            file.Append("+"u8);
            file.Sync();
            Assert.Equal((6, 6), (file.Length, file.DurableLength));
        }

        Assert.Equal("headt+", File.ReadAllText(_folder["log"]));
    }

    [Fact]
    public void A_second_owner_in_the_same_process_is_refused_and_comes_in_afterwards()
    {
        FileLock first = FileLock.Acquire(_folder["lock"]);
        Assert.Equal(DurabilityFault.Locked, Assert.Throws<DurabilityException>(() => FileLock.Acquire(_folder["lock"])).Fault);

        first.Dispose();
        FileLock.Acquire(_folder["lock"]).Dispose();
    }

    [Fact]
    public void A_fault_names_the_step_and_never_the_path()
    {
        string path = _folder["smith-john-1970/state"];

        DurabilityException fault = Assert.Throws<DurabilityException>(() => AtomicFile.Write(path, "x"u8));

        Assert.Equal((FileOperation.Open, DurabilityFault.NotFound), (fault.Operation, fault.Fault));
        Assert.DoesNotContain("smith", fault.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Null(fault.InnerException);
    }

    [Fact]
    public void A_missing_folder_cannot_be_synced_or_listed()
    {
        Assert.Equal(DurabilityFault.NotFound, Assert.Throws<DurabilityException>(() => PhysicalFileOperations.Instance.SyncDirectory(_folder["none"])).Fault);
        Assert.Equal(DurabilityFault.NotFound, Assert.Throws<DurabilityException>(() => PhysicalFileOperations.Instance.List(_folder["none"])).Fault);
    }

    public void Dispose() => _folder.Dispose();
}
