using System.Globalization;

namespace CCApi.Sdk.Orleans;

/// <summary>The keys of partition grains: the number first, because ids of jobs may contain every character.</summary>
internal static class PartitionKey
{
    public static string Of(string job, int number) => string.Create(CultureInfo.InvariantCulture, $"{number}/{job}");

    public static (string Job, int Number) Parse(string key)
    {
        var slash = key.IndexOf('/', System.StringComparison.Ordinal);
        return (key[(slash + 1)..], int.Parse(key[..slash], CultureInfo.InvariantCulture));
    }
}
