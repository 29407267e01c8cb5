using System.Collections.Concurrent;
using System.Security.Cryptography;
using MedRedact.Durability;
using MedRedact.Envelope;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace MedRedact.KeyManagement.Pkcs11;

/// <summary>Sessions with the token, logged in, a bounded number of them. One that was lost is replaced, and the call made once more; then the token is out of reach.</summary>
/// <remarks>A module blocks, so its calls run on threads of the pool. A call that has begun cannot be cancelled.</remarks>
internal sealed class TokenSessions(Pkcs11Options options) : IDisposable
{
    private const int MaxPinLength = 256;

    private readonly SemaphoreSlim _free = new(options.MaxSessions);
    private readonly ConcurrentBag<(int Generation, ISession Session)> _idle = [];
    private readonly Lock _opening = new();
    private TokenModule? _module;
    private int _generation;
    private volatile bool _pinRefused;
    private volatile bool _disposed;

    /// <summary>Does something in a session of its own for as long as it takes. After a lost session it is done again, so it must bear that.</summary>
    /// <exception cref="KeyServiceException">The token failed or is out of reach.</exception>
    public async ValueTask<T> UseAsync<T>(Func<ISession, T> use, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        await _free.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Use(use), cancellationToken);
        }
        finally
        {
            if (!_disposed)
                _free.Release();
        }
    }

    public void Dispose()
    {
        lock (_opening)
        {
            if (_disposed)
                return;

            _disposed = true;
            while (_idle.TryTake(out (int Generation, ISession Session) idle))
                Close(idle.Session);
            _module?.Dispose();
            _free.Dispose();
        }
    }

    // As often as two others may change the token in one go.
    private const int Stumbles = 8;

    private T Use<T>(Func<ISession, T> use)
    {
        int stumbled = 0;
        for (bool isLast = false; ;)
        {
            int generation = Volatile.Read(ref _generation);
            ISession? session = null;
            try
            {
                session = TakeIdle(generation) ?? Open();
                T answer = use(session);
                _idle.Add((generation, session));
                return answer;
            }
            catch (Pkcs11Exception fault) when (Faults.IsLost(fault.RV))
            {
                // All sessions of the token went with it.
                Interlocked.CompareExchange(ref _generation, generation + 1, generation);
                Close(session);
                if (isLast)
                    throw KeyServiceException.Of(KeyFailure.Unavailable);

                isLast = true;
            }
            catch (Pkcs11Exception fault) when (session is not null && Faults.IsStumble(fault.RV) && ++stumbled <= Stumbles)
            {
                // A token in files stumbles over the changes of another program. Whatever is used here bears being done again.
                _idle.Add((generation, session));
            }
            catch (Pkcs11Exception fault)
            {
                if (session is not null)
                    _idle.Add((generation, session));
                throw Faults.Of(fault.RV);
            }
            catch (MedRedactException) when (session is not null)
            {
                _idle.Add((generation, session));
                throw;
            }
        }
    }

    private ISession? TakeIdle(int generation)
    {
        while (_idle.TryTake(out (int Generation, ISession Session) idle))
        {
            if (idle.Generation == generation)
                return idle.Session;
            Close(idle.Session);
        }

        return null;
    }

    private ISession Open()
    {
        lock (_opening)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_pinRefused)
                throw Faults.Refuse(Faults.PinRefused);

            _module ??= TokenModule.Open(options.Module);
            ISession session = _module.FindToken(options.TokenLabel, options.TokenSerial).OpenSession(SessionType.ReadWrite);
            try
            {
                LogIn(session);
                return session;
            }
            catch
            {
                Close(session);
                throw;
            }
        }
    }

    private void LogIn(ISession session)
    {
        using SecretBuffer? file = SecretFile.Read(options.PinFile, MaxPinLength + 2, SecretFile.Sharing.None, PhysicalFileOperations.Instance);
        ReadOnlySpan<byte> pin = file is null ? default : ((ReadOnlySpan<byte>)file.Span).TrimEnd("\r\n"u8);
        if (pin.Length is < 4 or > MaxPinLength)
            throw Faults.Refuse(Faults.PinRefused);

        byte[] copy = pin.ToArray();
        try
        {
            session.Login(CKU.CKU_USER, copy);
        }
        catch (Pkcs11Exception fault) when (fault.RV == CKR.CKR_USER_ALREADY_LOGGED_IN)
        {
            // A login is one for all sessions of this process with the token.
        }
        catch (Pkcs11Exception fault) when (Faults.Of(fault.RV).Code == Faults.PinRefused)
        {
            // A token that locks itself after a few wrong attempts must not be asked again by every retry.
            _pinRefused = true;
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(copy);
        }
    }

    private static void Close(ISession? session)
    {
        try
        {
            session?.Dispose();
        }
        catch (Pkcs11Exception)
        {
            // It is gone already.
        }
    }
}
