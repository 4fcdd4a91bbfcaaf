using System;
using System.Collections.Generic;
using System.Threading;

namespace CCApi.Emulator;

/// <summary>Keeps the files that responses link to, for as long as their links live. The oldest go when there are too many.</summary>
internal sealed class MediaStore
{
    public const string PathPrefix = "/media/";

    private const int MostFiles = 4096;
    private const long MostBytes = 256 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (byte[] Bytes, string MediaType, DateTimeOffset Added)> _files = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private readonly Func<Uri> _origin;
    private readonly TimeSpan? _lifetime;
    private readonly TimeProvider _time;
    private long _bytes;
    private int _count;

    public MediaStore(Func<Uri> origin, CCApiEmulatorOptions options) =>
        (_origin, _lifetime, _time) = (origin, options.MediaLifetime, options.TimeProvider);

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
            _files[name] = (bytes, mediaType, _time.GetUtcNow());
            _order.Enqueue(name);
            _bytes += bytes.Length;

            return new Uri(_origin(), PathPrefix + name).AbsoluteUri;
        }
    }

    public GatewayResponse Get(string name)
    {
        lock (_gate)
        {
            if (!_files.TryGetValue(name, out var file))
            {
                return GatewayResponse.StorageError(404, "NoSuchKey", "There is no such file.");
            }

            if (_time.GetUtcNow() - file.Added >= _lifetime)
            {
                return GatewayResponse.StorageError(403, "AccessDenied", "This link has expired.");
            }

            return GatewayResponse.Bytes(file.Bytes, file.MediaType);
        }
    }
}
