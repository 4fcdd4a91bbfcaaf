using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CCApi.Aspire.Tests;

/// <summary>An app host with the emulator and a service that calls it, run by Aspire's own test host.</summary>
public sealed class AppHostTests : IAsyncLifetime
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(120);

    private readonly CancellationTokenSource _timeout = new(_patience);
    private DistributedApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.CCApi_Aspire_AppHost>(_timeout.Token);
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Aspire.", LogLevel.Warning));
        _app = await builder.BuildAsync(_timeout.Token);
        await _app.StartAsync(_timeout.Token);
        await _app.ResourceNotifications.WaitForResourceHealthyAsync("ccapi", _timeout.Token);
        await _app.ResourceNotifications.WaitForResourceHealthyAsync("web", _timeout.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _timeout.Dispose();
    }

    [Fact]
    public async Task AppHost_WithTheEmulator_ServesItsProjects()
    {
        var resource = _app.Services.GetRequiredService<DistributedApplicationModel>().Resources.OfType<CCApiResource>().Single();
        var emulator = resource.Emulator!;
        var connection = await _app.GetConnectionStringAsync("ccapi", _timeout.Token);
        using var web = _app.CreateHttpClient("web");

        var text = await web.GetStringAsync(new Uri("/ask?prompt=How much is 12 * 3?", UriKind.Relative), _timeout.Token);
        var health = await web.GetStringAsync(new Uri("/health", UriKind.Relative), _timeout.Token);

        Assert.Equal($"Endpoint={emulator.BaseAddress};Key={emulator.ApiKey}", connection);
        Assert.Equal(("12 * 3 = 36", "Healthy"), (text, health));
        Assert.Single(emulator.Ledger.Charges);

        // The commands of the dashboard.
        var commands = _app.Services.GetRequiredService<ResourceCommandService>();
        Assert.True((await commands.ExecuteCommandAsync(resource, "fault-503", _timeout.Token)).Success);
        Assert.Equal("12 * 3 = 36", await web.GetStringAsync(new Uri("/ask?prompt=How much is 12 * 3?", UriKind.Relative), _timeout.Token));
        Assert.Equal([200, 503, 200], emulator.Requests.Where(request => request.Method == "POST").Select(request => request.Status));

        Assert.True((await commands.ExecuteCommandAsync(resource, "ledger", _timeout.Token)).Success);
        Assert.True((await commands.ExecuteCommandAsync(resource, "no-balance", _timeout.Token)).Success);
        Assert.Equal(0, emulator.Ledger.Balance);
    }
}
