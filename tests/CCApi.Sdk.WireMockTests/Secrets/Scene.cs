using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.WireMockTests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CCApi.Sdk.WireMockTests.Secrets;

/// <summary>A client with the canary key, registered as an application does it, and a server that responds as the scene wants and may quote what it was sent.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly RawServer _server;

    /// <param name="recorder">Gets every log message.</param>
    /// <param name="respond">The response of the server to a request.</param>
    /// <param name="isKeyed">Whether the client is registered under a name.</param>
    /// <param name="configure">Further settings.</param>
    public Scene(Recorder recorder, Func<string, string> respond, bool isKeyed = false, Action<CCApiClientOptions>? configure = null)
    {
        _server = new RawServer(respond);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(recorder));
        void Configure(CCApiClientOptions options)
        {
            options.ApiKey = Canary.Key;
            options.BaseAddress = new Uri($"http://127.0.0.1:{_server.Port}/v1");
            options.Retry.BaseDelay = TimeSpan.Zero;
            configure?.Invoke(options);
        }

        if (isKeyed)
        {
            services.AddKeyedCcApi("second", Configure).AddDefaultLogger();
        }
        else
        {
            services.AddCcApi(Configure).AddDefaultLogger();
        }

        _services = services.BuildServiceProvider();
        Client = isKeyed ? _services.GetRequiredKeyedService<CCApiClient>("second") : _services.GetRequiredService<CCApiClient>();
    }

    public CCApiClient Client { get; }

    public IReadOnlyCollection<string> Requests => _server.Requests;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _server.Dispose();
    }

    /// <summary>A response with a body.</summary>
    public static string Reply(int status, string body, string mediaType = "application/json", params string[] headers) =>
        $"HTTP/1.1 {status} X\r\n{string.Concat(headers.Select(header => header + "\r\n"))}Content-Type: {mediaType}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";

    /// <summary>The key as it came, for servers that quote it.</summary>
    public static string KeyIn(string request) => request.Split("\r\n").Single(line => line.StartsWith("Authorization: Bearer ", StringComparison.Ordinal))["Authorization: Bearer ".Length..];

    /// <summary>A request for an image that becomes a job.</summary>
    public static MultimodalImageGenerationRequest Image => new() { Model = "m", Contents = [new MultimodalInputContent { Text = "A fox" }] };

    public static ImageJobWaitOptions PollAtOnce => new() { MaxDelay = TimeSpan.FromMilliseconds(1) };

    public static string Html(string request) => $"<html><body><h1>502</h1><pre>{WebUtility.HtmlEncode(request)}</pre>{request}</body></html>";
}
