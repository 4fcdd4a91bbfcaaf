using System.Globalization;
using System.Linq;
using Xunit;

namespace CCApi.Sdk.Tests.Options;

public class UsedIdempotencyKeysTests
{
    private readonly UsedIdempotencyKeys _keys = new();

    [Fact]
    public void Claim_OfAKeyForAnotherRequest_IsNothing()
    {
        var keys = (Claim("k", "a"), Claim("k", "a"), Claim("k", "b"), Claim("l", "b"));

        Assert.Equal(("k", "k", null, "l"), keys);
    }

    [Fact]
    public void Claim_OfNumberedKeys_GivesEachRequestItsOwn()
    {
        var keys = new[] { "a", "b", "c", "b", "a" }.Select(request => _keys.Claim("k", request, isNumbered: true));

        Assert.Equal(["k", "k-2", "k-3", "k-2", "k"], keys);
    }

    [Fact]
    public void Claim_OfManyKeys_ForgetsTheOldest()
    {
        foreach (var number in Enumerable.Range(0, 257))
        {
            Claim(number.ToString(CultureInfo.InvariantCulture), "a");
        }

        Assert.Equal(("0", null), (Claim("0", "b"), Claim("256", "b")));
    }

    private string? Claim(string key, string request) => _keys.Claim(key, request, isNumbered: false);
}
