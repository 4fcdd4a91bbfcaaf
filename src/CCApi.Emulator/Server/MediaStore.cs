using System;
using System.Collections.Concurrent;
using System.Threading;

namespace CCApi.Emulator;

/// <summary>Keeps files that answers point to, and serves them without a key, as a storage host would. The oldest go when there are too many.</summary>
internal sealed class MediaStore
{
    private const int MostFiles = 256;

    private readonly ConcurrentDictionary<string, (byte[] Bytes, string MediaType)> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = new();
    private readonly Func<Uri> _origin;
    private int _count;

    public MediaStore(Func<Uri> origin) => _origin = origin;

    /// <summary>Keeps a file and returns its URL.</summary>
    public string Add(byte[] bytes, string mediaType, string extension)
    {
        var name = $"{Interlocked.Increment(ref _count):x6}{extension}";
        _files[name] = (bytes, mediaType);
        _order.Enqueue(name);
        while (_order.Count > MostFiles && _order.TryDequeue(out var oldest))
        {
            _files.TryRemove(oldest, out _);
        }

        return new Uri(_origin(), "media/" + name).AbsoluteUri;
    }

    public Reply Get(string name) =>
        _files.TryGetValue(name, out var file) ? Reply.Bytes(file.Bytes, file.MediaType) : Reply.Error(404, "There is no such file, or its link has expired.", "invalid_request_error", "not_found");
}
