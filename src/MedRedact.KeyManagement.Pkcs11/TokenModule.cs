using System.Reflection;
using System.Runtime.InteropServices;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace MedRedact.KeyManagement.Pkcs11;

/// <summary>A module, loaded once for all who use it in this process: the first opens it, the last ends it. A module is initialized for a process, not for an object.</summary>
internal sealed class TokenModule : IDisposable
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, TokenModule> Loaded = new(StringComparer.Ordinal);
    private static bool s_canFindLoader;

    private readonly string _path;
    private int _users;

    private TokenModule(string path, IPkcs11Library library) => (_path, Library) = (path, library);

    public IPkcs11Library Library { get; }

    /// <exception cref="KeyServiceException"><see cref="Faults.NoToken"/>: it cannot be loaded.</exception>
    public static TokenModule Open(string path)
    {
        lock (Gate)
        {
            LetLoaderBeFound();
            if (!Loaded.TryGetValue(path, out TokenModule? module))
            {
                try
                {
                    var factories = new Pkcs11InteropFactories();
                    Loaded[path] = module = new(path, factories.Pkcs11LibraryFactory.LoadPkcs11Library(factories, path, AppType.MultiThreaded));
                }
                catch (Exception fault) when (fault is Pkcs11Exception or UnmanagedException or DllNotFoundException or ArgumentException or LibraryArchitectureException)
                {
                    // Not attached: the system's message holds the path.
                    throw Faults.Refuse(Faults.NoToken);
                }
            }

            module._users++;
            return module;
        }
    }

    /// <exception cref="KeyServiceException"><see cref="Faults.NoToken"/>: there is none, or more than one.</exception>
    public ISlot FindToken(string label, string? serial)
    {
        ISlot[] found =
        [
            .. from slot in Library.GetSlotList(SlotsType.WithTokenPresent)
               let token = slot.GetTokenInfo()
               where token.Label.Trim() == label && (serial is null || token.SerialNumber.Trim() == serial)
               select slot,
        ];
        return found.Length == 1 ? found[0] : throw Faults.Refuse(Faults.NoToken);
    }

    public void Dispose()
    {
        lock (Gate)
        {
            if (--_users > 0)
                return;

            Loaded.Remove(_path);
            Library.Dispose();
        }
    }

    /// <summary>The binding asks for "libdl", and distributions ship libdl.so.2 alone.</summary>
    private static void LetLoaderBeFound()
    {
        if (s_canFindLoader)
            return;

        s_canFindLoader = true;
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(Pkcs11InteropFactories).Assembly, Resolve);
        }
        catch (InvalidOperationException)
        {
            // The host has a resolver of its own for this binding, and knows why.
        }

        static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) =>
            name == "libdl" && OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libdl.so.2", out IntPtr library) ? library : IntPtr.Zero;
    }
}
