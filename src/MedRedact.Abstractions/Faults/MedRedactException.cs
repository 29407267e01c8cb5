namespace MedRedact;

/// <summary>A fault with a stable code and a fixed text that says what to do. It never holds document content.</summary>
public class MedRedactException : Exception
{
    /// <summary>Makes a fault.</summary>
    /// <param name="code">The documented code.</param>
    /// <param name="remedy">What to do about it: a fixed text, never built from content.</param>
    /// <param name="innerException">A cause that is known to be free of content, such as an <see cref="IOException"/> on our own files;
    /// never a parser's exception.</param>
    public MedRedactException(FaultCode code, string? remedy = null, Exception? innerException = null)
        : base(remedy is null ? code.Value : $"{code.Value}: {remedy}", innerException)
    {
        Code = code;
        Remedy = remedy;
    }

    /// <summary>The documented code.</summary>
    public FaultCode Code { get; }

    /// <summary>What to do about it, or <see langword="null"/>.</summary>
    public string? Remedy { get; }
}

/// <summary>A fault confined to one page: the page is withheld and the document goes on. Any other fault ends the run.</summary>
public sealed class PageFaultException : MedRedactException
{
    /// <summary>Makes a page fault.</summary>
    /// <param name="code">The documented code; it becomes the page's <see cref="HoldReason"/>.</param>
    /// <param name="remedy">What to do about it: a fixed text, never built from content.</param>
    public PageFaultException(FaultCode code, string? remedy = null)
        : base(code, remedy)
    {
    }
}
