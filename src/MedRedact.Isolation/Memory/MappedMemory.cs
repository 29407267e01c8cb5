using System.Buffers;
using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace MedRedact.Isolation;

/// <summary>Memory of this process that another process may share.</summary>
internal sealed unsafe class MappedMemory : MemoryManager<byte>
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly int _length;
    private byte* _first;

    public MappedMemory(SafeFileHandle file, long length)
    {
        _length = checked((int)length);
        _file = MemoryMappedFile.CreateFromFile(file, mapName: null, length, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _view = _file.CreateViewAccessor(0, length, MemoryMappedFileAccess.ReadWrite);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _first);
    }

    /// <summary>Opens and maps a <see cref="MemoryFile"/> of another process.</summary>
    /// <param name="path">As <see cref="MemoryFile.Path"/> gives it.</param>
    /// <param name="length">Its length.</param>
    public static MappedMemory Open(string path, long length)
    {
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        return new MappedMemory(file, length);
    }

    public override Span<byte> GetSpan()
    {
        ObjectDisposedException.ThrowIf(_first is null, this);
        return new Span<byte>(_first, _length);
    }

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)_length);
        ObjectDisposedException.ThrowIf(_first is null, this);
        return new MemoryHandle(_first + elementIndex);
    }

    public override void Unpin()
    {
        // The mapping does not move.
    }

    /// <summary>A part that is lent as the pixels of a raster: it lives as long as the mapping, whoever disposes the raster.</summary>
    public IMemoryOwner<byte> Lend(int start, int length) => new Part(Memory.Slice(start, length));

    protected override void Dispose(bool disposing)
    {
        if (_first is null)
            return;

        _first = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private sealed class Part(Memory<byte> memory) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } = memory;

        public void Dispose()
        {
        }
    }
}
