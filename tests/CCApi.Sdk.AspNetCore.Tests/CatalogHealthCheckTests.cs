using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk.AspNetCore.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunit;

namespace CCApi.Sdk.AspNetCore.Tests;

public class CatalogHealthCheckTests
{
    [Fact]
    public async Task CheckHealth_GatewayIsAvailable_IsHealthyAndCostsNothing()
    {
        await using var emulator = await CCApiEmulator.StartAsync(cancellationToken: Site.Token);
        await using var services = Services(emulator, emulator.ApiKey);

        var entry = await CheckAsync(services);

        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Equal(["elapsed", "request_id"], entry.Data.Keys.Order());
        Assert.Equal((0m, 1), (emulator.Ledger.Spent, emulator.Requests.Count));
    }

    [Fact]
    public async Task CheckHealth_KeyIsRejected_IsTheFailureStatusWithTheFix()
    {
        await using var emulator = await CCApiEmulator.StartAsync(cancellationToken: Site.Token);
        await using var services = Services(emulator, "sk-wrong-0123456789", HealthStatus.Degraded);

        var entry = await CheckAsync(services);

        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Contains("401", entry.Description, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-wrong-0123456789", entry.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(503, HealthStatus.Unhealthy)]
    [InlineData(429, HealthStatus.Degraded)]
    public async Task CheckHealth_GatewayRejectsTheCall_IsReportedWithoutARetry(int status, HealthStatus expected)
    {
        await using var emulator = await CCApiEmulator.StartAsync(cancellationToken: Site.Token);
        emulator.Faults.Add(EmulatorFault.WithStatus(status));
        await using var services = Services(emulator, emulator.ApiKey);

        var entry = await CheckAsync(services);

        Assert.Equal((expected, 1), (entry.Status, emulator.Requests.Count));
        Assert.IsAssignableFrom<CCApiException>(entry.Exception);
    }

    [Fact]
    public async Task CheckHealth_NobodyListens_IsUnhealthy()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var address = new Uri($"http://{socket.LocalEndPoint}/v1/");
        var collection = new ServiceCollection();
        collection.AddCcApi(options => (options.ApiKey, options.BaseAddress) = ("sk-0123456789", address));
        collection.AddLogging().AddHealthChecks().AddCcApi();
        await using var services = collection.BuildServiceProvider();

        var entry = await CheckAsync(services);

        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.IsType<CCApiConnectionException>(entry.Exception);
    }

    [Fact]
    public async Task CheckHealth_KeyOfAKeyedClientIsMissing_IsUnhealthyWithTheFix()
    {
        var collection = new ServiceCollection();
        collection.AddKeyedCcApi("second", options => options.ApiKey = " ");
        collection.AddLogging().AddHealthChecks().AddCcApi(clientName: "second");
        await using var services = collection.BuildServiceProvider();

        var entry = await CheckAsync(services);

        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.Contains("ApiKey", entry.Description, StringComparison.Ordinal);
    }

    private static ServiceProvider Services(CCApiEmulator emulator, string key, HealthStatus? failureStatus = null)
    {
        var services = new ServiceCollection();
        services.AddCcApi(options => (options.ApiKey, options.BaseAddress) = (key, emulator.BaseAddress));
        services.AddLogging().AddHealthChecks().AddCcApi(failureStatus: failureStatus);
        return services.BuildServiceProvider();
    }

    private static async Task<HealthReportEntry> CheckAsync(ServiceProvider services)
    {
        var report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Site.Token);
        return report.Entries["ccapi"];
    }
}
