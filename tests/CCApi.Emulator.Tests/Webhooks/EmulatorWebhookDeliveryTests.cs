using System;
using Xunit;

namespace CCApi.Emulator.Tests.Webhooks;

public class EmulatorWebhookDeliveryTests
{
    [Theory]
    [InlineData(200, true)]
    [InlineData(204, true)]
    [InlineData(302, false)]
    [InlineData(500, false)]
    [InlineData(null, false)]
    public void IsDelivered_OfAStatus_IsTrueFor2xx(int? status, bool isDelivered) =>
        Assert.Equal(isDelivered, new EmulatorWebhookDelivery(DateTimeOffset.UnixEpoch, "http://127.0.0.1/", "job_1", 1, status, null).IsDelivered);
}
