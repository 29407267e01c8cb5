using System.Runtime.InteropServices;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace MedRedact.KeyManagement.Pkcs11.Tests;

/// <summary>A token in software, one for each test, in a folder of this process. SoftHSM learns its folder from the environment, once.</summary>
internal sealed partial class SoftHsm : IDisposable
{
    public const string Pin = "5678-user";
    private static readonly Lazy<Machine?> s_machine = new(Machine.Start);
    private static int s_tokens;

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("medredact-hsm-");

    public SoftHsm()
    {
        bool isThere = s_machine.Value is not null;
        Assert.False(!isThere && Environment.GetEnvironmentVariable("CI") == "true", "SoftHSM is not installed.");
        Assert.SkipUnless(isThere, "SoftHSM is not installed.");
        Label = $"medredact-{Interlocked.Increment(ref s_tokens)}";
        s_machine.Value!.NewToken(Label);
        PinFile = Write("pin", Pin + "\n");
    }

    public string Label { get; }

    public string PinFile { get; }

    public Pkcs11Options Options => new() { Module = s_machine.Value!.Module, TokenLabel = Label, PinFile = PinFile, Home = _home.FullName };

    public Pkcs11Keys Open(TimeProvider? time = null, Action<Pkcs11Options>? configure = null)
    {
        Pkcs11Options options = Options;
        configure?.Invoke(options);
        return new Pkcs11Keys(options, time ?? TimeProvider.System);
    }

    public string Write(string name, string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        string path = Path.Combine(_home.FullName, name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, mode);
        return path;
    }

    /// <summary>The token as another program of this process sees it.</summary>
    public ISlot Slot => s_machine.Value!.Slot(Label);

    /// <summary>Does something in a session of its own, as the token's user.</summary>
    public T Look<T>(Func<ISession, T> look)
    {
        using ISession session = Slot.OpenSession(SessionType.ReadWrite);
        try
        {
            session.Login(CKU.CKU_USER, Pin);
        }
        catch (Pkcs11Exception fault) when (fault.RV == CKR.CKR_USER_ALREADY_LOGGED_IN)
        {
            // A login is one for the whole process.
        }

        return look(session);
    }

    public void Dispose() => _home.Delete(recursive: true);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    private sealed class Machine
    {
        private static readonly string[] s_modules =
        [
            "/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
            "/usr/lib64/pkcs11/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm2.so", "/opt/homebrew/lib/softhsm/libsofthsm2.so",
        ];

        private readonly TokenModule _module;
        private readonly Lock _one = new();

        private Machine(string path) => (Module, _module) = (path, TokenModule.Open(path));

        public string Module { get; }

        public static Machine? Start()
        {
            if (s_modules.FirstOrDefault(File.Exists) is not { } module)
                return null;

            DirectoryInfo folder = Directory.CreateTempSubdirectory("medredact-softhsm-");
            AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
            string configuration = Path.Combine(folder.FullName, "softhsm2.conf");
            File.WriteAllText(configuration, $"directories.tokendir = {folder.CreateSubdirectory("tokens").FullName}\nobjectstore.backend = file\nlog.level = ERROR\n");

            // Environment.SetEnvironmentVariable does not reach what native code reads.
            Assert.Equal(0, SetEnvironment("SOFTHSM2_CONF", configuration, 1));
            return new Machine(module);
        }

        public ISlot Slot(string label)
        {
            lock (_one)
                return _module.FindToken(label, null);
        }

        public void NewToken(string label)
        {
            lock (_one)
            {
                ISlot free = _module.Library.GetSlotList(SlotsType.WithTokenPresent).First(slot => !slot.GetTokenInfo().TokenFlags.TokenInitialized);
                free.InitToken("so-pin-1234", label);
                using ISession session = _module.FindToken(label, null).OpenSession(SessionType.ReadWrite);
                session.Login(CKU.CKU_SO, "so-pin-1234");
                session.InitPin(Pin);
                session.Logout();
            }
        }
    }
}
