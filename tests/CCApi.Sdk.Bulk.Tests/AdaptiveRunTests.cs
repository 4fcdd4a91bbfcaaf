using System.Threading.Tasks;
using CCApi.Sdk.Bulk.App;
using Xunit;

namespace CCApi.Sdk.Bulk.Tests;

public class AdaptiveRunTests
{
    [Fact]
    public async Task Run_AgainstALimitOfTen_SettlesNearIt()
    {
        var (settled, share, _) = await AdaptiveProof.MeasureAsync(count: 1500, limit: 10);

        Assert.InRange(settled, 8, 12);
        Assert.InRange(share, 0, 0.02);
    }
}
