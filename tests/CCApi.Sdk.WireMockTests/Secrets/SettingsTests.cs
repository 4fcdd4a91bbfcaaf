using System;
using System.Collections.Generic;
using CCApi.Sdk.WireMockTests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace CCApi.Sdk.WireMockTests.Secrets;

/// <summary>The key in settings that are wrong, or where it does not belong: the complaint does not show it.</summary>
[Collection(AloneTests.Name)]
public class SettingsTests
{
    private static readonly Canary _canary = new(Canary.Key);

    public static TheoryData<string> WrongOptions() => [.. _wrong.Keys];

    private static readonly Dictionary<string, Action<CCApiClientOptions>> _wrong = new(StringComparer.Ordinal)
    {
        ["key with a line break"] = options => options.ApiKey = Canary.Key + "\r\nX-Evil: 1",
        ["key with white space"] = options => options.ApiKey = " " + Canary.Key,
        ["header with a line break"] = options => options.Headers["OpenAI-Organization"] = Canary.Key + "\n",
        ["header that is the SDK's"] = options => options.Headers["Authorization"] = "Bearer " + Canary.Key,
        ["header in a name"] = options => options.Headers["Authorization: Bearer " + Canary.Key] = "1",
        ["user agent with a line break"] = options => options.UserAgent = Canary.Key + "\r\n",
        ["address with a user"] = options => options.BaseAddress = new Uri($"https://{Uri.EscapeDataString(Canary.Key)}@gateway.test/v1"),
        ["address with a query"] = options => options.BaseAddress = new Uri($"https://gateway.test/v1?key={Uri.EscapeDataString(Canary.Key)}"),
        ["address that is not absolute"] = options => options.BaseAddress = new Uri(Canary.Key, UriKind.Relative),
        ["time that is negative"] = options => options.Timeouts.Idle = TimeSpan.FromSeconds(-1),
    };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void Constructor_OfWrongOptions_DoesNotShowTheKey(string wrong)
    {
        var options = new CCApiClientOptions { ApiKey = Canary.Key };
        _wrong[wrong](options);

        AssertHidden(Assert.ThrowsAny<ArgumentException>(() => new CCApiClient(options)));
    }

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void Registration_OfWrongOptions_DoesNotShowTheKey(string wrong)
    {
        void Configure(CCApiClientOptions options)
        {
            options.ApiKey = Canary.Key;
            _wrong[wrong](options);
        }

        using var services = new ServiceCollection().AddCcApi(Configure).Services.AddKeyedCcApi("second", Configure).Services.BuildServiceProvider();

        AssertHidden(Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<CCApiClient>()));
        AssertHidden(Assert.Throws<OptionsValidationException>(() => services.GetRequiredKeyedService<CCApiClient>("second")));
    }

    [Theory]
    [InlineData("BaseAddress")]
    [InlineData("AllowInsecureHttp")]
    [InlineData("MaxResponseBytes")]
    [InlineData("MaxLineBytes")]
    [InlineData("Retry:MaxRetries")]
    [InlineData("Retry:BaseDelay")]
    [InlineData("Retry:RetryPossiblyCharged")]
    [InlineData("Timeouts:Idle")]
    [InlineData("Headers:Host")]
    public void Configuration_WithTheKeyInTheWrongPlace_DoesNotShowIt(string name)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["CCApi:ApiKey"] = Canary.Key, ["CCApi:" + name] = Canary.Key }).Build();
        using var services = new ServiceCollection().AddCcApi(configuration.GetSection("CCApi")).Services.BuildServiceProvider();

        AssertHidden(Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<CCApiClient>()));
    }

    public static TheoryData<string> WrongCalls() => [.. _wrongCalls.Keys];

    private static readonly Dictionary<string, CCApiRequestOptions> _wrongCalls = new(StringComparer.Ordinal)
    {
        ["key"] = new() { ApiKey = Canary.Key + "\r\n" },
        ["header"] = new() { Headers = { ["X-Team"] = Canary.Key + "\r\n" } },
        ["idempotency key"] = new() { IdempotencyKey = Canary.Key + "\r\n" },
        ["retries"] = new() { ApiKey = Canary.Key, MaxRetries = -1 },
    };

    [Theory]
    [MemberData(nameof(WrongCalls))]
    public async System.Threading.Tasks.Task Call_WithWrongOptions_DoesNotShowTheKey(string wrong)
    {
        using var client = new CCApiClient(new CCApiClientOptions { ApiKey = Canary.Key, BaseAddress = new Uri("http://127.0.0.1:1/v1") });

        AssertHidden(await Assert.ThrowsAnyAsync<ArgumentException>(() => client.Chat.CompleteAsync("m", "p", _wrongCalls[wrong])));
        AssertHidden(await Assert.ThrowsAnyAsync<ArgumentException>(async () => await client.Chat.StreamAsync("m", "p", _wrongCalls[wrong]).GetResponseAsync()));
    }

    private static void AssertHidden(Exception exception)
    {
        using var recorder = new Recorder();
        recorder.Look(exception);
        Assert.Empty(_canary.Find(recorder.Texts));
    }
}
