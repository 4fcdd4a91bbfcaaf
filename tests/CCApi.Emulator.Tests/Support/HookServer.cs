using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CCApi.Emulator.Tests.Support;

/// <summary>Receives webhooks and responds with one status after the other; the last one stays.</summary>
internal sealed class HookServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Line, string? MediaType, string Body)> _calls = new();
    private readonly ConcurrentQueue<int> _statuses;
    private readonly WebApplication _server;

    private HookServer(WebApplication server, int[] statuses)
    {
        _server = server;
        _statuses = new ConcurrentQueue<int>(statuses);
    }

    /// <summary>Request line, media type and body of each call.</summary>
    public IReadOnlyList<(string Line, string? MediaType, string Body)> Calls => [.. _calls];

    public Uri Address => new(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<HookServer> StartAsync(params int[] statuses)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new HookServer(builder.Build(), statuses);
        server._server.Run(server.HandleAsync);
        await server._server.StartAsync(World.Token);
        return server;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        _calls.Enqueue(($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}", context.Request.ContentType, body));
        context.Response.StatusCode = _statuses.Count > 1 && _statuses.TryDequeue(out var status) ? status : _statuses.First();
        if (context.Response.StatusCode == 302)
        {
            context.Response.Headers.Location = "/elsewhere";
        }
    }
}
