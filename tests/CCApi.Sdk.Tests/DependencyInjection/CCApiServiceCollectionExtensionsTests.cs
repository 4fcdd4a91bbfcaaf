using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CCApi.Sdk.Tests.DependencyInjection;

[Collection(nameof(EnvironmentTests))]
public sealed class CCApiServiceCollectionExtensionsTests : IDisposable
{
    private const string NoKey =
        "No API key for the client of AddCcApi: set CCApi:ApiKey in the configuration, the environment variable CCAPI_API_KEY, or options.ApiKey or ApiKeyProvider in AddCcApi(options => ...). " + Emulator;

    private const string NoKeyUnderAName =
        "No API key for the client \"one\": set options.ApiKey or ApiKeyProvider in AddKeyedCcApi(\"one\", options => ...). "
        + "No variable of the environment and no section of the configuration is read for it, so that no key goes to an address that it does not belong to. " + Emulator;

    private const string Emulator = "To run without a key, start the emulator (CCApiEmulator.StartAsync, or ccapi-emulator) and use its address and key.";

    private static readonly Func<HttpResponseMessage> _models = ScriptedHandler.Json("""{"data":[]}""");

    private readonly EnvironmentVariables _environment = new();
    private readonly ServiceCollection _services = new();
    private readonly ScriptedHandler _handler = new(_models);

    public void Dispose()
    {
        _handler.Dispose();
        _environment.Dispose();
    }

    [Fact]
    public async Task Add_WithADelegate_SendsWithItsSettings()
    {
        _services.AddCcApi(options => (options.ApiKey, options.BaseAddress) = ("sk-delegate", new Uri("https://gateway.example.com/v1"))).ConfigurePrimaryHttpMessageHandler(() => _handler);

        await SendAsync();

        Assert.Equal(["GET https://gateway.example.com/v1/models"], _handler.Sent);
        Assert.Equal("Bearer sk-delegate", _handler.Headers[0]["Authorization"]);
    }

    [Fact]
    public async Task Add_WithASection_SendsWithItsSettings()
    {
        var section = Configuration(("Elsewhere:ApiKey", "sk-section"), ("Elsewhere:BaseAddress", "https://gateway.example.com/v1")).GetSection("Elsewhere");
        _services.AddCcApi(section).ConfigurePrimaryHttpMessageHandler(() => _handler);

        await SendAsync();

        Assert.Equal(["GET https://gateway.example.com/v1/models"], _handler.Sent);
        Assert.Equal("Bearer sk-section", _handler.Headers[0]["Authorization"]);
    }

    [Fact]
    public async Task Add_WithASection_DoesNotReadTheUsualOne()
    {
        _services.AddSingleton(Configuration(("CCApi:UserAgent", "usual")));
        _services.AddCcApi(Configuration(("Elsewhere:ApiKey", "sk-section")).GetSection("Elsewhere")).ConfigurePrimaryHttpMessageHandler(() => _handler);

        await SendAsync();

        Assert.NotEqual("usual", _handler.Headers[0]["User-Agent"]);
    }

    [Fact]
    public async Task Add_WithNothing_SendsWithTheSectionOfTheApplication()
    {
        _services.AddSingleton(Configuration(("CCApi:ApiKey", "sk-section"), ("CCApi:Headers:X-Team", "blue")));
        _services.AddCcApi().ConfigurePrimaryHttpMessageHandler(() => _handler);

        await SendAsync();

        Assert.Equal("Bearer sk-section", _handler.Headers[0]["Authorization"]);
        Assert.Equal("blue", _handler.Headers[0]["X-Team"]);
    }

    [Fact]
    public async Task Add_WithoutAConfiguration_SendsWithTheEnvironment()
    {
        _environment.Set("CCAPI_API_KEY", " sk-environment ");
        _environment.Set("CCAPI_BASE_URL", "https://gateway.example.com/v1");
        _services.AddCcApi().ConfigurePrimaryHttpMessageHandler(() => _handler);

        await SendAsync();

        Assert.Equal(["GET https://gateway.example.com/v1/models"], _handler.Sent);
        Assert.Equal("Bearer sk-environment", _handler.Headers[0]["Authorization"]);
    }

    [Theory]
    [InlineData("sk-environment", null, null, "sk-environment")]
    [InlineData("sk-environment", "sk-section", null, "sk-section")]
    [InlineData("sk-environment", "sk-section", "sk-delegate", "sk-delegate")]
    [InlineData("sk-environment", null, "sk-delegate", "sk-delegate")]
    [InlineData(null, "sk-section", "sk-delegate", "sk-delegate")]
    public async Task Add_OfSettingsInManyPlaces_TakesTheNearest(string? environment, string? section, string? code, string expected)
    {
        _environment.Set("CCAPI_API_KEY", environment);
        _services.AddSingleton(section is null ? Configuration() : Configuration(("CCApi:ApiKey", section)));
        _services.AddCcApi(options => options.ApiKey = code ?? options.ApiKey).ConfigurePrimaryHttpMessageHandler(() => _handler);

        await SendAsync();

        Assert.Equal($"Bearer {expected}", _handler.Headers[0]["Authorization"]);
    }

    /// <summary>Each call that sets the key, and how near it is: the nearest wins, in whichever order they are made; among equals, the later.</summary>
    private static readonly (string Key, int Nearness, Action<IServiceCollection> Add)[] _places =
    [
        ("sk-section", 1, services => services.AddCcApi(Configuration(("A:ApiKey", "sk-section")).GetSection("A"))),
        ("sk-other-section", 1, services => services.AddCcApi(Configuration(("B:ApiKey", "sk-other-section")).GetSection("B"))),
        ("sk-delegate", 2, services => services.AddCcApi(options => options.ApiKey = "sk-delegate")),
        ("sk-configure", 2, services => services.Configure<CCApiClientOptions>(options => options.ApiKey = "sk-configure")),
        ("sk-post", 3, services => services.PostConfigure<CCApiClientOptions>(options => options.ApiKey = "sk-post")),
        ("sk-environment", 0, services => services.AddCcApi()),
    ];

    [Fact]
    public void Add_InAnyOrder_TakesTheNearestPlace()
    {
        _environment.Set("CCAPI_API_KEY", "sk-environment");
        var wrong = Permutations(_places)
            .SelectMany(order => Enumerable.Range(1, order.Length).Select(count => order.Take(count).ToArray()))
            .Where(calls => calls.Any(call => call.Nearness < 2 || call.Key == "sk-delegate"))
            .Where(calls => KeyOf(calls) != calls.OrderBy(call => call.Nearness).Last().Key)
            .Select(calls => string.Join(", ", calls.Select(call => call.Key)));

        Assert.Empty(wrong);

        static string? KeyOf((string Key, int Nearness, Action<IServiceCollection> Add)[] calls)
        {
            var services = new ServiceCollection();
            foreach (var call in calls)
            {
                call.Add(services);
            }

            using var provider = services.BuildServiceProvider();
            return provider.GetRequiredService<IOptions<CCApiClientOptions>>().Value.ApiKey;
        }
    }

    [Fact]
    public void Add_OfASectionAfterNothing_ReadsOnlyTheSection()
    {
        _services.AddSingleton(Configuration(("CCApi:UserAgent", "usual"), ("A:ApiKey", "sk-section")));
        _services.AddCcApi();
        _services.AddCcApi(Configuration(("A:ApiKey", "sk-section")).GetSection("A"));
        using var provider = _services.BuildServiceProvider();

        Assert.Null(provider.GetRequiredService<IOptions<CCApiClientOptions>>().Value.UserAgent);
    }

    [Fact]
    public async Task Add_Twice_OnlyAddsConfiguration()
    {
        _services.AddCcApi(options => (options.ApiKey, options.UserAgent) = ("sk-1", "App/1")).ConfigurePrimaryHttpMessageHandler(() => _handler);
        var before = _services.Count(IsNotConfiguration);
        _services.AddCcApi(options => options.ApiKey = "sk-2");
        _services.AddCcApi(Configuration(("More:Headers:X-Team", "blue")).GetSection("More"));

        await SendAsync();

        Assert.Equal(before, _services.Count(IsNotConfiguration));
        Assert.Equal("Bearer sk-2", _handler.Headers[0]["Authorization"]);
        Assert.Equal("App/1", _handler.Headers[0]["User-Agent"]);
        Assert.Equal("blue", _handler.Headers[0]["X-Team"]);

        static bool IsNotConfiguration(ServiceDescriptor service) =>
            !(service.ServiceType.IsGenericType && service.ServiceType.GetGenericTypeDefinition() == typeof(IConfigureOptions<>));
    }

    [Fact]
    public async Task Add_Twice_DoublesNoHandlers()
    {
        var counter = new Counter();
        _services.AddCcApi(options => options.ApiKey = "sk").ConfigurePrimaryHttpMessageHandler(() => _handler).AddHttpMessageHandler(() => new Counting(counter));
        _services.AddCcApi();

        await SendAsync();

        Assert.Equal(1, counter.Count);
    }

    [Fact]
    public async Task Add_WithAHandlerOfTheCallers_ShowsItEveryAttempt()
    {
        var counter = new Counter();
        using var handler = new ScriptedHandler(ScriptedHandler.Json("{}", HttpStatusCode.ServiceUnavailable), ScriptedHandler.Json("{}", HttpStatusCode.ServiceUnavailable), _models);
        _services.AddCcApi(WithKey).ConfigurePrimaryHttpMessageHandler(() => handler).AddHttpMessageHandler(() => new Counting(counter));

        await SendAsync();

        Assert.Equal(3, counter.Count);
    }

    [Fact]
    public void Facades_OfTheServices_AreThoseOfTheOneClient()
    {
        _services.AddCcApi(WithKey);
        using var provider = _services.BuildServiceProvider();

        var client = provider.GetRequiredService<CCApiClient>();

        Assert.Same(client, provider.GetRequiredService<CCApiClient>());
        Assert.Same(client.Chat, provider.GetRequiredService<ChatClient>());
        Assert.Same(client.Audio, provider.GetRequiredService<AudioClient>());
        Assert.Same(client.Images, provider.GetRequiredService<ImagesClient>());
        Assert.Same(client.Catalog, provider.GetRequiredService<CatalogClient>());
    }

    [Fact]
    public void Facades_UnderAName_AreThoseOfItsClient()
    {
        _services.AddKeyedCcApi("one", WithKey);
        _services.AddKeyedCcApi("two", WithKey);
        using var provider = _services.BuildServiceProvider();

        var client = provider.GetRequiredKeyedService<CCApiClient>("one");

        Assert.Same(client.Chat, provider.GetRequiredKeyedService<ChatClient>("one"));
        Assert.Same(client.Audio, provider.GetRequiredKeyedService<AudioClient>("one"));
        Assert.Same(client.Images, provider.GetRequiredKeyedService<ImagesClient>("one"));
        Assert.Same(client.Catalog, provider.GetRequiredKeyedService<CatalogClient>("one"));
        Assert.NotSame(client, provider.GetRequiredKeyedService<CCApiClient>("two"));
        Assert.Null(provider.GetService<CCApiClient>());
    }

    [Fact]
    public async Task AddKeyed_OfTwoNames_KeepsKeysAndAddressesApart()
    {
        using var other = new ScriptedHandler(_models);
        _services.AddKeyedCcApi("one", options => (options.ApiKey, options.BaseAddress) = ("sk-1", new Uri("https://one.example.com/v1"))).ConfigurePrimaryHttpMessageHandler(() => _handler);
        _services.AddKeyedCcApi("two", options => (options.ApiKey, options.BaseAddress) = ("sk-2", new Uri("https://two.example.com/v1"))).ConfigurePrimaryHttpMessageHandler(() => other);
        await using var provider = _services.BuildServiceProvider();

        await provider.GetRequiredKeyedService<CatalogClient>("one").ListModelsAsync();
        await provider.GetRequiredKeyedService<CatalogClient>("two").ListModelsAsync();

        Assert.Equal(["GET https://one.example.com/v1/models"], _handler.Sent);
        Assert.Equal("Bearer sk-1", _handler.Headers[0]["Authorization"]);
        Assert.Equal(["GET https://two.example.com/v1/models"], other.Sent);
        Assert.Equal("Bearer sk-2", other.Headers[0]["Authorization"]);
    }

    [Fact]
    public void AddKeyed_WithoutAKey_DoesNotTakeThatOfTheEnvironment()
    {
        _environment.Set("CCAPI_API_KEY", "sk-environment");
        _services.AddSingleton(Configuration(("CCApi:ApiKey", "sk-section")));
        _services.AddCcApi(options => options.ApiKey = "sk-delegate");
        _services.AddKeyedCcApi("one", options => options.BaseAddress = new Uri("https://elsewhere.example.com/v1"));
        using var provider = _services.BuildServiceProvider();

        var exception = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredKeyedService<CCApiClient>("one"));

        Assert.Equal("one", exception.OptionsName);
        Assert.Equal([NoKeyUnderAName], exception.Failures);
    }

    [Fact]
    public async Task AddKeyed_Twice_OnlyAddsConfiguration()
    {
        var counter = new Counter();
        _services.AddKeyedCcApi("one", options => (options.ApiKey, options.UserAgent) = ("sk-1", "App/1"))
            .ConfigurePrimaryHttpMessageHandler(() => _handler).AddHttpMessageHandler(() => new Counting(counter));
        _services.AddKeyedCcApi("one", options => options.ApiKey = "sk-2");
        await using var provider = _services.BuildServiceProvider();

        await provider.GetRequiredKeyedService<CatalogClient>("one").ListModelsAsync();

        Assert.Equal("Bearer sk-2", _handler.Headers[0]["Authorization"]);
        Assert.Equal("App/1", _handler.Headers[0]["User-Agent"]);
        Assert.Equal(1, counter.Count);
    }

    [Fact]
    public void Add_OfNothing_IsAnArgumentError()
    {
        Assert.Throws<ArgumentNullException>("services", () => CCApiServiceCollectionExtensions.AddCcApi(null!));
        Assert.Throws<ArgumentNullException>("section", () => _services.AddCcApi((IConfiguration)null!));
        Assert.Throws<ArgumentNullException>("services", () => CCApiServiceCollectionExtensions.AddKeyedCcApi(null!, "one", WithKey));
        Assert.Throws<ArgumentNullException>("name", () => _services.AddKeyedCcApi(null!, WithKey));
        Assert.Throws<ArgumentException>("name", () => _services.AddKeyedCcApi(" ", WithKey));
        Assert.Throws<ArgumentNullException>("configure", () => _services.AddKeyedCcApi("one", null!));
    }

    [Fact]
    public void Resolve_WithoutAKey_SaysTheFix()
    {
        _services.AddCcApi();
        using var provider = _services.BuildServiceProvider();

        var exception = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<ChatClient>());

        Assert.Equal([NoKey], exception.Failures);
    }

    [Fact]
    public async Task Start_OfAHostWithoutAKey_SaysTheFix()
    {
        using var host = Host(services => services.AddCcApi());

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Equal(NoKey, exception.Message);
    }

    [Fact]
    public async Task Start_OfAHostWithoutAKeyUnderAName_SaysTheFix()
    {
        using var host = Host(services => services.AddKeyedCcApi("one", _ => { }));

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Equal(NoKeyUnderAName, exception.Message);
        Assert.Equal("one", exception.OptionsName);
    }

    [Fact]
    public async Task Start_OfAHostWithManyWrongOptions_SaysThemAll()
    {
        using var host = Host(services => services.AddCcApi(options => (options.ApiKey, options.BaseAddress, options.MaxLineBytes) = ("sk", new Uri("http://gateway.lan/v1"), 0)));

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Equal(
            [
                "CCApiClientOptions.BaseAddress is plain http, which would show the key to the network: use https://gateway.lan, or set AllowInsecureHttp.",
                "CCApiClientOptions.MaxLineBytes must be more than 0.",
            ],
            exception.Failures);
    }

    [Fact]
    public async Task Start_OfAHostWithASettingThatCannotBeRead_NamesIt()
    {
        using var host = Host(services => services.AddCcApi(Configuration(("CCApi:Retry:MaxRetries", "two")).GetSection("CCApi")));

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Equal("The setting CCApi:Retry:MaxRetries must be a number.", exception.Message);
    }

    [Fact]
    public async Task Start_OfAHostWithAVariableThatCannotBeRead_NamesIt()
    {
        _environment.Set("CCAPI_BASE_URL", "gateway");
        using var host = Host(services => services.AddCcApi(WithKey));

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Equal("CCAPI_BASE_URL is not an absolute address; it should look like https://api.ccapi.ai/v1/.", exception.Message);
    }

    [Fact]
    public async Task Start_OfAHostWithGoodOptions_Starts()
    {
        using var host = Host(services => services.AddCcApi(WithKey));

        await host.StartAsync();
        await host.StopAsync();

        Assert.NotNull(host.Services.GetRequiredService<CCApiClient>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void HttpClient_OfTheFactory_HasNoTimeoutWhateverTheDefaultsSay(bool defaultsFirst)
    {
        AddWithDefaults(defaultsFirst, defaults => defaults.ConfigureHttpClient(client => client.Timeout = TimeSpan.FromSeconds(1)));
        using var provider = _services.BuildServiceProvider();

        using var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("CCApi");

        Assert.Equal(Timeout.InfiniteTimeSpan, client.Timeout);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Handlers_ThatTheHostInherits_LoseTheResilienceOnes(bool defaultsFirst)
    {
        AddWithDefaults(defaultsFirst, defaults => defaults.AddStandardResilienceHandler());
        _services.AddHttpClient("other");
        using var provider = _services.BuildServiceProvider();
        var factory = provider.GetRequiredService<IHttpMessageHandlerFactory>();

        Assert.DoesNotContain(ResilienceHandler, HandlersOf(factory.CreateHandler("CCApi")));
        Assert.DoesNotContain(ResilienceHandler, HandlersOf(factory.CreateHandler("CCApi:one")));
        Assert.Contains(ResilienceHandler, HandlersOf(factory.CreateHandler("other")));
    }

    [Fact]
    public async Task Send_ThroughInheritedResilience_MakesOnlyTheAttemptsOfTheSdk()
    {
        using var handler = new ScriptedHandler(ScriptedHandler.Json("{}", HttpStatusCode.ServiceUnavailable));
        _services.ConfigureHttpClientDefaults(defaults => defaults.AddStandardResilienceHandler());
        _services.AddCcApi(WithKey).ConfigurePrimaryHttpMessageHandler(() => handler);

        await Assert.ThrowsAsync<CCApiServerException>(SendAsync);

        Assert.Equal(3, handler.Sent.Count);
    }

    [Fact]
    public void Handlers_ThatTheCallerAdds_StayThoughTheyAreResilienceOnes()
    {
        _services.AddCcApi(WithKey).AddStandardResilienceHandler();
        _services.AddCcApi();
        using var provider = _services.BuildServiceProvider();

        var handlers = HandlersOf(provider.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("CCApi"));

        Assert.Contains(ResilienceHandler, handlers);
    }

    [Fact]
    public void PrimaryHandler_OfTheFactory_FollowsNothingAndKeepsNoCookies()
    {
        _services.AddCcApi(options => (options.ApiKey, options.Timeouts.Connect) = ("sk", TimeSpan.FromSeconds(3)));
        using var provider = _services.BuildServiceProvider();

        var primary = Chain(provider.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("CCApi")).Last();

#if NETFRAMEWORK
        var handler = Assert.IsType<HttpClientHandler>(primary);
#else
        var handler = Assert.IsType<SocketsHttpHandler>(primary);
        Assert.Equal(TimeSpan.FromSeconds(3), handler.ConnectTimeout);
#endif
        Assert.False(handler.AllowAutoRedirect);
        Assert.False(handler.UseCookies);
        Assert.True(handler.AutomaticDecompression.HasFlag(DecompressionMethods.GZip));
    }

    [Fact]
    public async Task Send_WithEverythingLogged_ShowsNoKey()
    {
        var log = new Log();
        using var handler = new ScriptedHandler(ScriptedHandler.Json("{}", HttpStatusCode.ServiceUnavailable), _models);
        _services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        _services.AddCcApi(options =>
        {
            WithKey(options);
            options.Headers["X-Secret"] = "hidden-value";
        }).AddDefaultLogger().ConfigurePrimaryHttpMessageHandler(() => handler);

        await SendAsync();

        Assert.Contains(log.Lines, line => line.Contains("Authorization: *", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains(ScriptedHandler.Key, StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("hidden-value", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_ByDefault_LogsNoLineOfTheFactory()
    {
        var log = new Log();
        using var handler = new ScriptedHandler(_models);
        _services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        _services.AddCcApi(WithKey).ConfigurePrimaryHttpMessageHandler(() => handler);

        await SendAsync();

        Assert.StartsWith("GET /models: attempt 1 succeeded with 200 after ", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_WithAClockOfTheServices_GoesByIt()
    {
        var time = new FakeTimeProvider();
        var asked = new TaskCompletionSource<bool>();
        using var handler = new ScriptedHandler(async token =>
        {
            asked.SetResult(true);
            await Task.Delay(Timeout.Infinite, token);
            throw new InvalidOperationException();
        });
        _services.AddSingleton<TimeProvider>(time);
        _services.AddCcApi(options =>
        {
            WithKey(options);
            options.Retry.MaxRetries = 0;
        }).ConfigurePrimaryHttpMessageHandler(() => handler);

        var sending = SendAsync();
        await asked.Task;
        time.Advance(TimeSpan.FromMinutes(5));

        await Assert.ThrowsAsync<CCApiTimeoutException>(() => sending);
    }

    [Fact]
    public async Task Send_Often_AsksTheFactoryForEachAttempt()
    {
        var factory = new CountingFactory(_handler);
        _services.AddCcApi(WithKey);
        _services.AddSingleton<IHttpClientFactory>(factory);
        await using var provider = _services.BuildServiceProvider();
        var catalog = provider.GetRequiredService<CatalogClient>();

        await catalog.ListModelsAsync();
        await catalog.ListModelsAsync();

        Assert.Equal(["CCApi", "CCApi"], factory.Names);
    }

    private const string ResilienceHandler = "Microsoft.Extensions.Http.Resilience.ResilienceHandler";

    private static void WithKey(CCApiClientOptions options)
    {
        options.ApiKey = ScriptedHandler.Key;
        options.Retry.BaseDelay = TimeSpan.Zero;
    }

    private static IConfiguration Configuration(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => new KeyValuePair<string, string?>(value.Key, value.Value))).Build();

    private static IEnumerable<T[]> Permutations<T>(T[] items) =>
        items.Length == 0 ? [[]] : items.SelectMany((item, i) => Permutations(items.Where((_, other) => other != i).ToArray()).Select(rest => (T[])[item, .. rest]));

    private static IHost Host(Action<IServiceCollection> add) => new HostBuilder().ConfigureServices(add).Build();

    private static IEnumerable<string?> HandlersOf(HttpMessageHandler handler) => Chain(handler).Select(link => link.GetType().FullName);

    private static IEnumerable<HttpMessageHandler> Chain(HttpMessageHandler? handler)
    {
        for (; handler is not null; handler = (handler as DelegatingHandler)?.InnerHandler)
        {
            yield return handler;
        }
    }

    private void AddWithDefaults(bool defaultsFirst, Action<IHttpClientBuilder> defaults)
    {
        if (defaultsFirst)
        {
            _services.ConfigureHttpClientDefaults(defaults);
        }

        _services.AddCcApi(WithKey);
        _services.AddKeyedCcApi("one", WithKey);
        if (!defaultsFirst)
        {
            _services.ConfigureHttpClientDefaults(defaults);
        }
    }

    [Theory]
    [InlineData(null, "CCApi.Downloads")]
    [InlineData("tenant", "CCApi.Downloads:tenant")]
    public async Task Add_ForDownloads_SharesNothingWithTheCallsOfTheApi(string? name, string downloads)
    {
        using var media = new ScriptedHandler(ScriptedHandler.Bytes([1], "image/png"));
        _services.ConfigureHttpClientDefaults(builder => builder
            .ConfigureHttpClient(client => client.DefaultRequestHeaders.Add("X-Default", "1"))
            .AddHttpMessageHandler(() => new Signing()));
        var api = name is null ? _services.AddCcApi(options => options.ApiKey = "sk-a") : _services.AddKeyedCcApi(name, options => options.ApiKey = "sk-a");
        api.ConfigurePrimaryHttpMessageHandler(() => _handler).ConfigureHttpClient(client => client.DefaultRequestHeaders.Add("X-Api", "1"));
        _services.AddHttpClient(downloads).ConfigurePrimaryHttpMessageHandler(() => media);
        await using var provider = _services.BuildServiceProvider();
        var client = name is null ? provider.GetRequiredService<CCApiClient>() : provider.GetRequiredKeyedService<CCApiClient>(name);

        await client.Catalog.ListModelsAsync();
        using var image = await client.Images.OpenReadAsync(new CCApi.Sdk.Models.ImageDatum { Url = "https://media.test/a.png" });

        Assert.Equal("1", _handler.Headers[0]["X-Signature"]);
        Assert.Equal(["GET https://media.test/a.png"], media.Sent);
        Assert.Equal(["User-Agent"], media.Headers[0].Keys);
    }

#if !NETFRAMEWORK
    [Fact]
    public async Task Add_ForDownloads_KeepsThemAwayFromPrivateAddresses()
    {
        _services.AddCcApi(options => (options.ApiKey, options.BaseAddress) = ("sk-a", new Uri("http://127.0.0.1:9/v1/")));
        await using var provider = _services.BuildServiceProvider();

        var handler = provider.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("CCApi.Downloads");
        while (handler is DelegatingHandler { InnerHandler: { } inner })
        {
            handler = inner;
        }

        Assert.NotNull(Assert.IsType<SocketsHttpHandler>(handler).ConnectCallback);
    }
#endif

    private async Task SendAsync()
    {
        await using var provider = _services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        await provider.GetRequiredService<CatalogClient>().ListModelsAsync();
    }

    private sealed class Signing : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add("X-Signature", "1");
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Counter
    {
        public int Count { get; set; }
    }

    private sealed class Counting(Counter counter) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            counter.Count++;
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class CountingFactory(HttpMessageHandler handler) : IHttpClientFactory
    {
        public List<string> Names { get; } = [];

        public HttpClient CreateClient(string name)
        {
            Names.Add(name);
            return new HttpClient(handler, disposeHandler: false);
        }
    }

    private sealed class Log : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Lines.Enqueue(state.ToString()!);
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
