using System.Runtime.InteropServices;

namespace MedRedact.Ocr.Tesseract.Native;

/// <summary>A <c>TessBaseAPI</c>: one engine, for one thread at a time.</summary>
internal sealed class TesseractHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        TesseractApi.TessBaseAPIEnd(handle);
        TesseractApi.TessBaseAPIDelete(handle);
        return true;
    }
}

/// <summary>An <c>ETEXT_DESC</c>: lets a running recognition be stopped.</summary>
internal sealed class MonitorHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        TesseractApi.TessMonitorDelete(handle);
        return true;
    }
}

/// <summary>A <c>BOXA</c>: a list of boxes.</summary>
internal sealed unsafe class Boxa() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    public int Count => LeptonicaApi.boxaGetCount(this);

    public Box this[int index]
    {
        get
        {
            int left, top, width, height;
            return LeptonicaApi.boxaGetBoxGeometry(this, index, &left, &top, &width, &height) == 0 ? new(left, top, width, height) : default;
        }
    }

    protected override bool ReleaseHandle()
    {
        nint boxes = handle;
        LeptonicaApi.boxaDestroy(&boxes);
        return true;
    }
}
