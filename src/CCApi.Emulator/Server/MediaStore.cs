using System;
using System.Collections.Generic;
using System.Threading;

namespace CCApi.Emulator;

/// <summary>Keeps files that answers point to, and serves them without a key, as a storage host would. The oldest go when there are too many.</summary>
internal sealed class MediaStore
{
    private const int MostFiles = 256;
    private const long MostBytes = 256 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (byte[] Bytes, string MediaType)> _files = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private readonly Func<Uri> _origin;
    private long _bytes;
    private int _count;

    public MediaStore(Func<Uri> origin) => _origin = origin;

    /// <summary>Keeps a file and returns its URL.</summary>
    public string Add(byte[] bytes, string mediaType, string extension)
    {
        lock (_gate)
        {
            while (_order.Count > 0 && (_order.Count >= MostFiles || _bytes + bytes.Length > MostBytes))
            {
                _files.Remove(_order.Dequeue(), out var oldest);
                _bytes -= oldest.Bytes.Length;
            }

            var name = $"{++_count:x6}{extension}";
            _files[name] = (bytes, mediaType);
            _order.Enqueue(name);
            _bytes += bytes.Length;
            return new Uri(_origin(), "media/" + name).AbsoluteUri;
        }
    }

    public Reply Get(string name)
    {
        lock (_gate)
        {
            return _files.TryGetValue(name, out var file)
                ? Reply.Bytes(file.Bytes, file.MediaType)
                : Reply.Error(404, "There is no such file, or its link has expired.", "invalid_request_error", "not_found");
        }
    }
}
