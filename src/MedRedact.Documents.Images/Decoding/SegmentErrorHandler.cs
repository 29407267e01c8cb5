using BitMiracle.LibTiff.Classic;

namespace MedRedact.Documents.Images;

/// <summary>Whether LibTiff complained about a segment. Its texts may quote content, so only the fact is kept.</summary>
internal sealed class SegmentComplaints
{
    public bool Any { get; set; }
}

/// <summary>LibTiff has one error handler a process, which by default prints. Ours takes note silently, and hands what is not ours to the one before.</summary>
internal sealed class SegmentErrorHandler : TiffErrorHandler
{
    private TiffErrorHandler? _previous;

    public static void Install()
    {
        var handler = new SegmentErrorHandler();
        handler._previous = Tiff.SetErrorHandler(handler);
    }

    public override void ErrorHandler(Tiff tif, string method, string format, params object[] args)
    {
        if (!IsOurs(tif))
            _previous?.ErrorHandler(tif, method, format, args);
    }

    public override void ErrorHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
    {
        if (clientData is SegmentComplaints complaints)
            complaints.Any = true;
        else
            _previous?.ErrorHandlerExt(tif, clientData, method, format, args);
    }

    public override void WarningHandler(Tiff tif, string method, string format, params object[] args)
    {
        if (!IsOurs(tif))
            _previous?.WarningHandler(tif, method, format, args);
    }

    public override void WarningHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
    {
        if (clientData is SegmentComplaints complaints)
            complaints.Any = true;
        else
            _previous?.WarningHandlerExt(tif, clientData, method, format, args);
    }

    // Before a file is open there is no Tiff to ask; silence is the safe answer.
    private static bool IsOurs(Tiff? tif) => tif?.Clientdata() is null or SegmentComplaints;
}

/// <summary>A wrapped segment as LibTiff reads it.</summary>
internal sealed class SegmentStream(ReadOnlyMemory<byte> file) : TiffStream
{
    private long _position;

    public override int Read(object clientData, byte[] buffer, int offset, int count)
    {
        int length = (int)Math.Clamp(file.Length - _position, 0, count);
        file.Span.Slice((int)Math.Min(_position, file.Length), length).CopyTo(buffer.AsSpan(offset));
        _position += length;
        return length;
    }

    public override long Seek(object clientData, long offset, SeekOrigin origin) => _position = Math.Max(0, origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => file.Length + offset,
    });

    public override long Size(object clientData) => file.Length;

    public override void Write(object clientData, byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Close(object clientData)
    {
    }
}
