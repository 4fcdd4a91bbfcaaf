using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CCApi.Sdk.Tests.DependencyInjection;

[Collection(nameof(EnvironmentTests))]
public sealed class SettingsReloadTests : IDisposable
{
    private static readonly Func<HttpResponseMessage> _models = ScriptedHandler.Json("""{"data":[]}""");

    private readonly EnvironmentVariables _environment = new();
    private readonly ScriptedHandler _handler = new(_models);
    private readonly Warnings _warnings = new();
    private readonly IConfigurationRoot _configuration = new ConfigurationBuilder().AddInMemoryCollection().Build();

    public SettingsReloadTests() => _configuration["CCApi:ApiKey"] = "sk-first";

    public void Dispose()
    {
        _handler.Dispose();
        _environment.Dispose();
        _warnings.Dispose();
    }

    [Fact]
    public async Task Reload_OfTheKey_IsUsedByTheNextCall()
    {
        using var provider = Build(services => services.AddCcApi());
        var catalog = provider.GetRequiredService<CatalogClient>();

        await catalog.ListModelsAsync();
        Reload("CCApi:ApiKey", "sk-second");
        await catalog.ListModelsAsync();

        Assert.Equal(["Bearer sk-first", "Bearer sk-second"], _handler.Headers.Select(headers => headers["Authorization"]));
    }

    [Fact]
    public async Task Reload_OfTheKey_OfAKeyedClient_RunsItsDelegateAgain()
    {
        using var provider = Build(services => services.AddKeyedCcApi("one", options => options.ApiKey = _configuration["Other:Key"]), "CCApi:one");
        _configuration["Other:Key"] = "sk-one";
        var catalog = provider.GetRequiredKeyedService<CatalogClient>("one");

        await catalog.ListModelsAsync();
        Reload("Other:Key", "sk-two");
        await catalog.ListModelsAsync();

        Assert.Equal(["Bearer sk-one", "Bearer sk-two"], _handler.Headers.Select(headers => headers["Authorization"]));
    }

    [Fact]
    public async Task Reload_OfLimits_IsUsedByTheNextCall()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Json("{}", (HttpStatusCode)529), ScriptedHandler.Json("{}", (HttpStatusCode)529), _models);
        _configuration["CCApi:Retry:MaxRetries"] = "0";
        _configuration["CCApi:Retry:BaseDelay"] = "00:00:00";
        using var provider = Build(services => services.AddCcApi(), handler: handler);
        var catalog = provider.GetRequiredService<CatalogClient>();

        await Assert.ThrowsAsync<CCApiServerException>(() => catalog.ListModelsAsync());
        Reload("CCApi:Retry:MaxRetries", "1");
        var response = await catalog.ListModelsAsync();

        Assert.Equal(2, response.Info!.Attempts.Count);
    }

    [Fact]
    public async Task Reload_ResponseTooLarge_UsesTheNewLimit()
    {
        using var provider = Build(services => services.AddCcApi());
        var catalog = provider.GetRequiredService<CatalogClient>();

        Reload("CCApi:MaxResponseBytes", "5");

        await Assert.ThrowsAsync<CCApiProtocolException>(() => catalog.ListModelsAsync());
    }

    [Fact]
    public async Task Reload_OfAWrongSetting_KeepsTheEarlierOnesAndWarns()
    {
        using var provider = Build(services => services.AddCcApi());
        var catalog = provider.GetRequiredService<CatalogClient>();
        await catalog.ListModelsAsync();

        _configuration["CCApi:ApiKey"] = "sk-second";
        Reload("CCApi:Retry:MaxRetry", "3");
        await catalog.ListModelsAsync();

        Assert.All(_handler.Headers, headers => Assert.Equal("Bearer sk-first", headers["Authorization"]));
        Assert.Equal(
            ["The reloaded settings are rejected, and the earlier ones stay: The setting CCApi:Retry:MaxRetry is unknown: did you mean MaxRetries?"],
            _warnings.Lines);
    }

    [Fact]
    public async Task Reload_OfTheKey_DoesNotReplaceAProviderOfTheCallers()
    {
        using var provider = Build(services => services.AddCcApi(options => options.ApiKeyProvider = _ => new ValueTask<string>("sk-provided")));
        var catalog = provider.GetRequiredService<CatalogClient>();

        Reload("CCApi:ApiKey", "sk-second");
        await catalog.ListModelsAsync();

        Assert.Equal("Bearer sk-provided", _handler.Headers[0]["Authorization"]);
    }

    [Fact]
    public async Task Reload_AfterA401_SendsTheCallOnceMoreWithTheNewKey()
    {
        using var handler = new ScriptedHandler(
            () =>
            {
                Reload("CCApi:ApiKey", "sk-second");
                return ScriptedHandler.Json("""{"error":{"message":"expired"}}""", HttpStatusCode.Unauthorized)();
            },
            _models);
        using var provider = Build(services => services.AddCcApi(), handler: handler);

        await provider.GetRequiredService<CatalogClient>().ListModelsAsync();

        Assert.Equal(["Bearer sk-first", "Bearer sk-second"], handler.Headers.Select(headers => headers["Authorization"]));
    }

    [Fact]
    public void Reload_AfterTheProviderIsDisposed_ReadsNothing()
    {
        var provider = Build(services => services.AddCcApi());
        provider.GetRequiredService<CCApiClient>();
        provider.Dispose();

        Reload("CCApi:Retry:MaxRetry", "3");

        Assert.Empty(_warnings.Lines);
    }

    private ServiceProvider Build(Action<IServiceCollection> add, string client = "CCApi", ScriptedHandler? handler = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(_configuration);
        services.AddLogging(logging => logging.AddProvider(_warnings));
        add(services);
        services.AddHttpClient(client).ConfigurePrimaryHttpMessageHandler(() => handler ?? _handler);

        return services.BuildServiceProvider();
    }

    private void Reload(string setting, string value)
    {
        _configuration[setting] = value;
        _configuration.Reload();
    }

    private sealed class Warnings : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == 7)
            {
                Lines.Add(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}
