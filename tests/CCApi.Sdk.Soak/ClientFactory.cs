using System;
using System.Net;
using System.Net.Http;
using System.Threading;

namespace CCApi.Sdk.Soak;

/// <summary>Makes the client under test: with its own connections, or behind a handler that pays twice.</summary>
internal static class ClientFactory
{
    public static CCApiClient Create(GatewayProcess gateway, bool isPlanted)
    {
        var options = new CCApiClientOptions { ApiKey = gateway.Key, BaseAddress = gateway.Address };
        options.Retry.MaxRetries = 3;
        options.Retry.BaseDelay = TimeSpan.FromMilliseconds(50);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(500);
        options.Timeouts.Attempt = options.Timeouts.FirstChunk = TimeSpan.FromSeconds(30);
        options.Timeouts.Idle = TimeSpan.FromSeconds(3);
        options.Timeouts.Total = TimeSpan.FromSeconds(120);
        if (!isPlanted)
        {
            return new CCApiClient(options);
        }

        var handler = new PlantedHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.All });
        return new CCApiClient(new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan }, options);
    }
}
