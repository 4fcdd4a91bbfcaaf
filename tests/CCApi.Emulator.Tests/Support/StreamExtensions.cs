using System.IO;
using System.Threading.Tasks;

namespace CCApi.Emulator.Tests.Support;

internal static class StreamExtensions
{
    public static async Task<byte[]> ToArrayAsync(this Stream stream)
    {
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, World.Token);
        return copy.ToArray();
    }
}
