using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CCApi.Sdk.Tests.Support;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace CCApi.Sdk.Tests.DependencyInjection;

public class ConfigurationSettingsTests
{
    private const string NoList =
        "The setting CCApi:Failover:Alternatives:meta/llama-3 must be a list of model ids. An id with a colon cannot be the name of a setting: write \"Alternatives\": [{ \"Model\": \"a:b\", \"Then\": [\"c\"] }].";

    /// <summary>Each key, a value for it, and what reads it back.</summary>
    private static readonly Dictionary<string, (string Text, Func<CCApiClientOptions, object?> Read, object Expected)> _keys = new()
    {
        ["ApiKey"] = (" sk-1 ", options => options.ApiKey, "sk-1"),
        ["UserAgent"] = ("App/1", options => options.UserAgent, "App/1"),
        ["BaseAddress"] = ("https://gateway.example.com/v1", options => options.BaseAddress, new Uri("https://gateway.example.com/v1")),
        ["AllowInsecureHttp"] = ("True", options => options.AllowInsecureHttp, true),
        ["MaxResponseBytes"] = ("5000000000", options => options.MaxResponseBytes, 5_000_000_000),
        ["MaxLineBytes"] = ("1024", options => options.MaxLineBytes, 1024),
        ["MaxJsonValues"] = ("2000", options => options.MaxJsonValues, 2000),
        ["CreditValue"] = ("0.01", options => options.CreditValue, 0.01m),
        ["RetrieveCatalogForCosts"] = ("true", options => options.RetrieveCatalogForCosts, true),
        ["Retry:MaxRetries"] = ("7", options => options.Retry.MaxRetries, 7),
        ["Retry:BaseDelay"] = ("00:00:00.25", options => options.Retry.BaseDelay, TimeSpan.FromMilliseconds(250)),
        ["Retry:MaxDelay"] = ("00:00:09", options => options.Retry.MaxDelay, TimeSpan.FromSeconds(9)),
        ["Retry:MaxRetryAfter"] = ("00:02:00", options => options.Retry.MaxRetryAfter, TimeSpan.FromMinutes(2)),
        ["Retry:RetryPossiblyCharged"] = ("true", options => options.Retry.RetryPossiblyCharged, true),
        ["Timeouts:Connect"] = ("00:00:03", options => options.Timeouts.Connect, TimeSpan.FromSeconds(3)),
        ["Timeouts:Attempt"] = ("00:01:00", options => options.Timeouts.Attempt, TimeSpan.FromMinutes(1)),
        ["Timeouts:Total"] = ("infinite", options => options.Timeouts.Total, Timeout.InfiniteTimeSpan),
        ["Timeouts:FirstChunk"] = ("1.00:00:00", options => options.Timeouts.FirstChunk, TimeSpan.FromDays(1)),
        ["Timeouts:NextChunk"] = ("00:00:08", options => options.Timeouts.NextChunk, TimeSpan.FromSeconds(8)),
        ["Timeouts:Download"] = ("00:00:09", options => options.Timeouts.Download, TimeSpan.FromSeconds(9)),
        ["Timeouts:Idle"] = ("00:00:10", options => options.Timeouts.Idle, TimeSpan.FromSeconds(10)),
        ["Failover:OnOverload"] = ("false", options => options.Failover.OnOverload, false),
        ["Failover:OnModelUnavailable"] = ("false", options => options.Failover.OnModelUnavailable, false),
        ["Failover:OnConnectionFailure"] = ("false", options => options.Failover.OnConnectionFailure, false),
        ["Failover:CoolDown"] = ("00:00:05", options => options.Failover.CoolDown, TimeSpan.FromSeconds(5)),
        ["Telemetry:CaptureContent"] = ("true", options => options.Telemetry.CaptureContent, true),
        ["Telemetry:MaxContentLength"] = ("500", options => options.Telemetry.MaxContentLength, 500),
        ["Telemetry:UseLatestConventions"] = ("false", options => options.Telemetry.UseLatestConventions, false),
        ["Headers:X-Team"] = ("blue", options => options.Headers["X-Team"], "blue"),
    };

    public static TheoryData<string> Keys => [.. _keys.Keys];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Apply_OfOneKey_SetsItAndNothingElse(string key)
    {
        var options = new CCApiClientOptions();

        ConfigurationSettings.Apply(options, Section((key, _keys[key].Text)));

        var untouched = new CCApiClientOptions { Headers = { ["X-Team"] = "red" } };
        Assert.Equal(_keys[key].Expected, _keys[key].Read(options));
        Assert.All(_keys.Where(other => other.Key != key && !other.Key.StartsWith("Headers", StringComparison.Ordinal)), other => Assert.Equal(other.Value.Read(untouched), other.Value.Read(options)));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Apply_OfAnEmptyValue_ChangesNothing(string key)
    {
        if (key.StartsWith("Headers", StringComparison.Ordinal))
        {
            return;
        }

        var options = new CCApiClientOptions();
        var before = _keys[key].Read(options);

        ConfigurationSettings.Apply(options, Section((key, "  ")));

        Assert.Equal(before, _keys[key].Read(options));
    }

    [Fact]
    public void Keys_OfTheTests_AreAllTheOptionsThatTextCanSet()
    {
        string[] notText = ["ApiKeyProvider", "TimeProvider", "LoggerFactory", "AllowDownload", "ConfigureResilience", "RateLimiter", "ModelRateLimiter", "Budget"];
        var properties = Names(typeof(CCApiClientOptions), "").Except(["Retry", "Timeouts", "Failover", "Telemetry", "Headers"])
            .Concat(Names(typeof(CCApiRetryOptions), "Retry:")).Concat(Names(typeof(CCApiTimeoutOptions), "Timeouts:"))
            .Concat(Names(typeof(CCApiFailoverOptions), "Failover:").Except(["Failover:Alternatives"])).Append("Headers:X-Team")
            .Concat(Names(typeof(CCApiTelemetryOptions), "Telemetry:").Where(name => !name.Contains("Enrich")));

        Assert.Equal(properties.Except(notText).OrderBy(name => name, StringComparer.Ordinal), _keys.Keys.OrderBy(name => name, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("BaseAddress", "gateway", "CCApi:BaseAddress is not an absolute address; it should look like https://api.ccapi.ai/v1/.")]
    [InlineData("BaseUrl", "https://a.test/", "The setting CCApi:BaseUrl is unknown: did you mean BaseAddress?")]
    [InlineData("Retry:MaxRetris", "1", "The setting CCApi:Retry:MaxRetris is unknown: did you mean MaxRetries?")]
    [InlineData("Retry:MaxRetry", "1", "The setting CCApi:Retry:MaxRetry is unknown: did you mean MaxRetries?")]
    [InlineData("MaxRetries", "1", "The setting CCApi:MaxRetries is unknown: did you mean CCApi:Retry:MaxRetries?")]
    [InlineData("MaxRetry", "1", "The setting CCApi:MaxRetry is unknown: did you mean CCApi:Retry:MaxRetries?")]
    [InlineData("AttemptTimeout", "00:00:30", "The setting CCApi:AttemptTimeout is unknown: did you mean CCApi:Timeouts:Attempt?")]
    [InlineData("Failover:Models:0", "m", "The setting CCApi:Failover:Models is unknown: the settings there are OnOverload, OnModelUnavailable, OnConnectionFailure, CoolDown, Alternatives.")]
    [InlineData("Headers", "X-Team", "The setting CCApi:Headers must be a section, not one value.")]
    [InlineData("Headers:X-Team:blue", "1", "The setting CCApi:Headers:X-Team must be one value: a header's name cannot hold a colon.")]
    [InlineData("Timeouts:Total", "30", "The setting CCApi:Timeouts:Total must be a time such as 00:01:30 (hours:minutes:seconds), or Infinite; a bare number has no unit.")]
    [InlineData("AllowInsecureHttp", "yes", "The setting CCApi:AllowInsecureHttp must be true or false.")]
    [InlineData("MaxResponseBytes", "1,5", "The setting CCApi:MaxResponseBytes must be a number of bytes.")]
    [InlineData("MaxLineBytes", "9999999999", "The setting CCApi:MaxLineBytes must be a number of bytes.")]
    [InlineData("Retry:MaxRetries", "two", "The setting CCApi:Retry:MaxRetries must be a number.")]
    [InlineData("Retry:BaseDelay", "fast", "The setting CCApi:Retry:BaseDelay must be a time such as 00:01:30 (hours:minutes:seconds), or Infinite; a bare number has no unit.")]
    [InlineData("Timeouts:Idle", "60s", "The setting CCApi:Timeouts:Idle must be a time such as 00:01:30 (hours:minutes:seconds), or Infinite; a bare number has no unit.")]
    public void Apply_OfAValueThatCannotBeRead_NamesTheKey(string key, string text, string expected)
    {
        var problem = Assert.Single(ConfigurationSettings.Apply(new CCApiClientOptions(), Section((key, text))));

        Assert.Equal(expected, problem);
    }

    [Fact]
    public void Apply_OfARootOfItsOwn_NamesTheKeyWithoutASection()
    {
        var root = new ConfigurationBuilder().AddInMemoryCollection([new("MaxLineBytes", "x")]).Build();

        var problem = Assert.Single(ConfigurationSettings.Apply(new CCApiClientOptions(), root));

        Assert.Equal("The setting MaxLineBytes must be a number of bytes.", problem);
    }

    [Fact]
    public void Apply_OfTheWholeConfiguration_NamesTheSectionToPass()
    {
        var root = new ConfigurationBuilder().AddInMemoryCollection([new("CCApi:ApiKey", "sk-1")]).Build();

        var problem = Assert.Single(ConfigurationSettings.Apply(new CCApiClientOptions(), root));

        Assert.Equal("AddCcApi got the whole configuration instead of a section: pass configuration.GetSection(\"CCApi\").", problem);
    }

    [Fact]
    public void Apply_OfTheSettingsOfWebhooks_LeavesThemToTheirPackage()
    {
        Assert.Empty(ConfigurationSettings.Apply(new CCApiClientOptions(), Section(("Webhooks:Secret", "s"))));
    }

    [Fact]
    public void Apply_OfAKeyInANamesPlace_DoesNotShowIt()
    {
        var problem = Assert.Single(ConfigurationSettings.Apply(new CCApiClientOptions(), Section(("ApiKey", "sk-0123456789"), ("sk-0123456789", "1"))));

        Assert.StartsWith("The setting CCApi:*** is unknown", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_OfAlternativesAsMapAndList_TakesBoth()
    {
        var options = new CCApiClientOptions();

        var problems = ConfigurationSettings.Apply(options, Section(
            ("Failover:Alternatives:a", ""), ("Failover:Alternatives:b:0", "c"), ("Failover:Alternatives:b:1", " d "),
            ("Failover:Alternatives:0:Model", "meta/llama-3:free"), ("Failover:Alternatives:0:Then:0", "x:y"), ("Failover:Alternatives:0:Then:1", "z")));

        Assert.Empty(problems);
        Assert.Equal(
            ["a => ", "b => c, d", "meta/llama-3:free => x:y, z"],
            options.Failover.Alternatives.Select(entry => $"{entry.Key} => {string.Join(", ", entry.Value)}").OrderBy(text => text, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("meta/llama-3:free:0", "x", NoList)]
    [InlineData("meta/llama-3", "x", NoList)]
    [InlineData("meta/llama-3:0", "", NoList)]
    [InlineData("0:Model", "x", "The setting CCApi:Failover:Alternatives:0 must have a Model and, in Then, the list of the models to fail over to.")]
    [InlineData("0:Then:0", "x", "The setting CCApi:Failover:Alternatives:0 must have a Model and, in Then, the list of the models to fail over to.")]
    [InlineData("", "x", "The setting CCApi:Failover:Alternatives must be a section, not one value.")]
    public void Apply_AlternativesThatAreNotLists_ShowsTheListForm(string key, string value, string expected)
    {
        var problem = Assert.Single(ConfigurationSettings.Apply(new CCApiClientOptions(), Section(($"Failover:Alternatives:{key}".TrimEnd(':'), value))));

        Assert.Equal(expected, problem);
    }

    [Fact]
    public void Apply_OfAMistypedMemberOfTheList_SuggestsANearName()
    {
        var problems = ConfigurationSettings.Apply(new CCApiClientOptions(), Section(("Failover:Alternatives:0:Modle", "m"), ("Failover:Alternatives:0:Then:0", "x")));

        Assert.Equal("The setting CCApi:Failover:Alternatives:0:Modle is unknown: did you mean Model?", problems[0]);
    }

    [Fact]
    public void Apply_InACultureOfCommas_ReadsTheSame()
    {
        var options = new CCApiClientOptions();
        var before = System.Globalization.CultureInfo.CurrentCulture;
        System.Globalization.CultureInfo.CurrentCulture = Cultures.CommaDecimal;

        ConfigurationSettings.Apply(options, Section(("Retry:BaseDelay", "00:00:00.25"), ("Retry:MaxRetries", "3")));
        System.Globalization.CultureInfo.CurrentCulture = before;

        Assert.Equal(TimeSpan.FromMilliseconds(250), options.Retry.BaseDelay);
        Assert.Equal(3, options.Retry.MaxRetries);
    }

    private static IEnumerable<string> Names(Type type, string prefix) => type.GetProperties().Select(property => prefix + property.Name);

    private static IConfigurationSection Section(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(value => new KeyValuePair<string, string?>($"CCApi:{value.Key}", value.Value)))
        .Build()
        .GetSection("CCApi");
}
