using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CCApi.Docs.Tests.Snippets;

#region HANDLER
internal sealed class TenantHeader : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Add("X-Tenant", "tenant-42");
        return base.SendAsync(request, cancellationToken);
    }
}
#endregion

#region NAMED
internal sealed class Reports([FromKeyedServices("batch")] ChatClient chat)
{
    public async Task<string?> WriteAsync() => (await chat.CompleteAsync("openai/gpt-4o-mini", "How much is 12 * 3?")).Text;
}
#endregion

/// <summary>The code of docs/configuration.md.</summary>
public class HostingSnippets
{
    [Fact]
    public async Task NamedClients_HaveKeysOfTheirOwn()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        emulator.AddAccount("sk-batch", credits: 5);
        var services = new ServiceCollection();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["CCApi:ApiKey"] = emulator.ApiKey,
            ["CCApi:BaseAddress"] = emulator.BaseAddress.ToString(),
            ["Batch:Key"] = "sk-batch",
        }).Build();
        services.AddSingleton<IConfiguration>(configuration);
        var address = emulator.BaseAddress;

        #region NAMED-SERVICES
        services.AddCcApi();
        services.AddKeyedCcApi("batch", options =>
        {
            options.ApiKey = configuration["Batch:Key"];
            options.BaseAddress = address;
        });
        services.AddTransient<Reports>();
        #endregion

        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<ChatClient>().CompleteAsync("openai/gpt-4o-mini", "Hello.");
        var text = await provider.GetRequiredService<Reports>().WriteAsync();

        Assert.Equal("12 * 3 = 36", text);
        Assert.Single(emulator.Ledger.Charges);
    }

    [Fact]
    public async Task Handlers_SeeEachAttempt()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        var services = new ServiceCollection();
        services.AddCcApi(options => (options.ApiKey, options.BaseAddress) = (emulator.ApiKey, emulator.BaseAddress));

        #region HANDLER-SERVICES
        services.AddTransient<TenantHeader>();
        services.AddCcApi().AddHttpMessageHandler<TenantHeader>();
        #endregion

        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<ChatClient>().CompleteAsync("openai/gpt-4o-mini", "Hello.");

        emulator.Requests.Single().AssertHeader("X-Tenant", "tenant-42");
    }

    [Fact]
    public async Task Proxy_OfTheServices_ForwardsTheCalls()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        await using var proxy = await Proxy.StartAsync();
        var proxyAddress = proxy.Address;
        var services = new ServiceCollection();
        services.AddCcApi(options => (options.ApiKey, options.BaseAddress) = (emulator.ApiKey, emulator.BaseAddress));

        #region PROXY
        services.AddCcApi().ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            Proxy = new WebProxy(proxyAddress),
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
        });
        #endregion

        await using var provider = services.BuildServiceProvider();
        var response = await provider.GetRequiredService<ChatClient>().CompleteAsync("openai/gpt-4o-mini", "How much is 12 * 3?");

        Assert.Equal("12 * 3 = 36", response.Text);
        Assert.Equal([$"{emulator.BaseAddress}chat/completions"], proxy.Forwarded);
    }

    [Fact]
    public async Task HttpClient_OfTheCallers_IsUsedAsItIs()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        await using var proxy = await Proxy.StartAsync();
        var (proxyAddress, options) = (proxy.Address, new CCApiClientOptions { ApiKey = emulator.ApiKey, BaseAddress = emulator.BaseAddress });

        #region HTTPCLIENT
        using var http = new HttpClient(new SocketsHttpHandler { Proxy = new WebProxy(proxyAddress), AllowAutoRedirect = false });
        using var client = new CCApiClient(http, options); // the HttpClient stays yours: it is neither changed nor disposed
        #endregion

        await client.Catalog.ListModelsAsync();

        Assert.Equal([$"{emulator.BaseAddress}models"], proxy.Forwarded);
    }

    /// <summary>A proxy on loopback that forwards what it is sent, and remembers the addresses.</summary>
    private sealed class Proxy : IAsyncDisposable
    {
        private readonly HttpClient _http = new();
        private readonly WebApplication _app;

        private Proxy(WebApplication app) => _app = app;

        public List<string> Forwarded { get; } = [];

        public string Address => _app.Urls.First();

        public static async Task<Proxy> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            var app = builder.Build();
            var proxy = new Proxy(app);
            app.Urls.Add("http://127.0.0.1:0");
            app.Run(proxy.ForwardAsync);
            await app.StartAsync();

            return proxy;
        }

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            await _app.DisposeAsync();
        }

        private async Task ForwardAsync(HttpContext context)
        {
            var address = $"http://{context.Request.Host}{context.Request.Path}";
            Forwarded.Add(address);

            using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), address);
            request.Headers.TryAddWithoutValidation("Authorization", context.Request.Headers.Authorization.ToString());
            if (context.Request.ContentLength is not (null or 0) || context.Request.Headers.TransferEncoding.Count > 0)
            {
                request.Content = new StreamContent(context.Request.Body);
                request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
            }

            using var response = await _http.SendAsync(request);
            context.Response.StatusCode = (int)response.StatusCode;
            context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
            await response.Content.CopyToAsync(context.Response.Body);
        }
    }
}
