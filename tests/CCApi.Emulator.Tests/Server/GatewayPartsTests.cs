using System.Threading.Tasks;
using Xunit;

namespace CCApi.Emulator.Tests.Server;

public class GatewayPartsTests
{
    [Fact]
    public async Task Account_OfTheOptions_HasTheirLimits()
    {
        var options = new CCApiEmulatorOptions { RequestsPerMinute = 7, ConcurrentRequests = 3, TokensPerMinute = 900 };
        await using var emulator = await CCApiEmulator.StartAsync(options, TestContext.Current.CancellationToken);

        var limits = emulator.Account.Limits;

        Assert.Equal((7, 3, 900), (limits.RequestsPerMinute, limits.ConcurrentRequests, limits.TokensPerMinute));
    }
}
