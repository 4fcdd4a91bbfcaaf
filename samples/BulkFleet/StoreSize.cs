using System.Globalization;
using StackExchange.Redis;

namespace BulkFleet;

/// <summary>What the fleet keeps in its store: the states of grains are hashes.</summary>
internal static class StoreSize
{
    public static async Task<string> MeasureAsync(int port, int items)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(FleetSilo.RedisOf(port));
        var database = redis.GetDatabase();
        var (keys, bytes) = (0, 0L);
        await foreach (var key in redis.GetServers()[0].KeysAsync())
        {
            if (await database.KeyTypeAsync(key) != RedisType.Hash)
            {
                continue;
            }

            keys++;
            bytes += key.ToString().Length;
            foreach (var entry in await database.HashGetAllAsync(key))
            {
                bytes += entry.Name.Length() + entry.Value.Length();
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"store: {bytes} bytes in {keys} keys, {bytes / items} bytes for an item");
    }
}
