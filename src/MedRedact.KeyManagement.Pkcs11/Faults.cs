using Net.Pkcs11Interop.Common;

namespace MedRedact.KeyManagement.Pkcs11;

/// <summary>The fault codes of this package.</summary>
public static class Faults
{
    /// <summary><c>MR-KEY-041</c>: the module cannot be loaded, or no token of that label and serial number is there, or several are.
    /// What to do: check <see cref="Pkcs11Options.Module"/>, <see cref="Pkcs11Options.TokenLabel"/> and the token's slot.</summary>
    public static FaultCode NoToken { get; } = new("MR-KEY-041");

    /// <summary><c>MR-KEY-042</c>: the token refused the PIN; it is not tried again, so that the token is not locked. What to do: correct the PIN file and start again.</summary>
    public static FaultCode PinRefused { get; } = new("MR-KEY-042");

    /// <summary><c>MR-KEY-043</c>: the token lacks a key that is needed, and <see cref="Pkcs11Options.CreateIfMissing"/> is off, or nothing of its role is active.
    /// What to do: check that it is the right token, or rotate the role.</summary>
    public static FaultCode NoActiveKey { get; } = new("MR-KEY-043");

    internal static KeyServiceException Refuse(FaultCode code) => code.Value switch
    {
        "MR-KEY-041" => new(code, KeyFailure.Unavailable, "There is no such module or token. Check module, label, serial number and slot."),
        "MR-KEY-042" => new(code, KeyFailure.Denied, "The token refused the PIN. Correct the PIN file and start again; it is not tried again by itself."),
        _ => new(code, KeyFailure.Unavailable, "The token has no active key of that role. Check that it is the right token, or rotate the role."),
    };

    /// <summary>Which failure an answer of the module is. The module's own exception is not attached: it says nothing more that a caller may need.</summary>
    internal static KeyServiceException Of(CKR answer) => answer switch
    {
        CKR.CKR_PIN_INCORRECT or CKR.CKR_PIN_INVALID or CKR.CKR_PIN_LEN_RANGE or CKR.CKR_PIN_EXPIRED or CKR.CKR_PIN_LOCKED or CKR.CKR_USER_PIN_NOT_INITIALIZED =>
            Refuse(PinRefused),
        CKR.CKR_KEY_FUNCTION_NOT_PERMITTED or CKR.CKR_ACTION_PROHIBITED or CKR.CKR_SESSION_READ_ONLY or CKR.CKR_TOKEN_WRITE_PROTECTED =>
            KeyServiceException.Of(KeyFailure.Denied),
        CKR.CKR_SESSION_COUNT => KeyServiceException.Of(KeyFailure.Throttled),
        CKR.CKR_FUNCTION_FAILED or CKR.CKR_OPERATION_ACTIVE or CKR.CKR_KEY_HANDLE_INVALID or CKR.CKR_OBJECT_HANDLE_INVALID => KeyServiceException.Of(KeyFailure.Transient),
        _ => KeyServiceException.Of(KeyFailure.Unavailable),
    };

    /// <summary>Whether the token failed for no reason that it names. SoftHSM answers so, and with a template that does not fit, where another program changes the token meanwhile.</summary>
    internal static bool IsStumble(CKR answer) => answer is CKR.CKR_GENERAL_ERROR or CKR.CKR_TEMPLATE_INCONSISTENT or CKR.CKR_FUNCTION_FAILED or CKR.CKR_OBJECT_HANDLE_INVALID or CKR.CKR_KEY_HANDLE_INVALID;

    /// <summary>Whether the session is lost, and a new one may help.</summary>
    internal static bool IsLost(CKR answer) => answer is CKR.CKR_SESSION_HANDLE_INVALID or CKR.CKR_SESSION_CLOSED or CKR.CKR_DEVICE_REMOVED or CKR.CKR_DEVICE_ERROR
        or CKR.CKR_TOKEN_NOT_PRESENT or CKR.CKR_TOKEN_NOT_RECOGNIZED or CKR.CKR_USER_NOT_LOGGED_IN or CKR.CKR_CRYPTOKI_NOT_INITIALIZED;
}
