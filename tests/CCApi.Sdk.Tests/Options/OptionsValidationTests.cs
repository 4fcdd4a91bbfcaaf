using System;
using System.Linq;
using System.Threading;
using Xunit;

namespace CCApi.Sdk.Tests.Options;

public class OptionsValidationTests
{
    private const string NoKey =
        "No API key: set CCApiClientOptions.ApiKey or ApiKeyProvider, or use CCApiClient.FromEnvironment(), which reads the environment variable CCAPI_API_KEY. To run without a key, start the emulator (CCApiEmulator.StartAsync, or ccapi-emulator) and use its address and key.";

    private const string BadKey = "it holds white space, a line break or a character that a header cannot carry; copy it again";

    [Fact]
    public void Problems_OfTheDefaultsAndAKey_AreNone()
    {
        Assert.Empty(OptionsValidation.Problems(Options()));
        Assert.Empty(OptionsValidation.Problems(new CCApiRequestOptions()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Problems_OfNoKey_NameTheVariableTheOptionAndTheEmulator(string? key)
    {
        var problem = Assert.Single(OptionsValidation.Problems(Options(options => options.ApiKey = key)));

        Assert.Equal(NoKey, problem);
    }

    [Fact]
    public void Problems_OfAKeyProvider_NeedNoKey()
    {
        var problems = OptionsValidation.Problems(Options(options =>
        {
            options.ApiKey = null;
            options.ApiKeyProvider = _ => default;
        }));

        Assert.Empty(problems);
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("sk-a b")]
    [InlineData("sk-a\r\nX-Evil: 1")]
    [InlineData("sk-a\n")]
    [InlineData("sk-a\t")]
    [InlineData("sk-a\0")]
    [InlineData("sk-a\u007F")]
    [InlineData("sk-ä")]
    [InlineData("sk-会")]
    public void Problems_OfAKeyThatNoHeaderCarries_DoNotShowIt(string key)
    {
        var ofClient = Assert.Single(OptionsValidation.Problems(Options(options => options.ApiKey = key)));
        var ofCall = Assert.Single(OptionsValidation.Problems(new CCApiRequestOptions { ApiKey = key }));

        Assert.Equal($"CCApiClientOptions.ApiKey cannot be sent: {BadKey}.", ofClient);
        Assert.Equal($"CCApiRequestOptions.ApiKey cannot be sent: {BadKey}.", ofCall);
    }

    [Fact]
    public void Problems_OfAnEmptyKeyOfACall_SayThatItIsEmpty()
    {
        var problem = Assert.Single(OptionsValidation.Problems(new CCApiRequestOptions { ApiKey = "" }));

        Assert.Equal("CCApiRequestOptions.ApiKey cannot be sent: it is empty.", problem);
    }

    [Theory]
    [InlineData("sk-ccapi-0123_456.789~!$%&'*+/=?^`{|}")]
    [InlineData("x")]
    public void KeyProblem_OfVisibleAscii_IsNone(string key)
    {
        Assert.Null(OptionsValidation.KeyProblem(key));
    }

    [Theory]
    [InlineData("Bearer sk-ccapi")]
    [InlineData(" bearer sk-ccapi")]
    public void KeyProblem_OfAKeyWithItsScheme_SaysToLeaveItOut(string key)
    {
        Assert.Equal("it begins with Bearer; set the key alone", OptionsValidation.KeyProblem(key));
    }

    [Theory]
    [InlineData("ftp://gateway.test/v1/", "CCApiClientOptions.BaseAddress must start with https:// (it starts with ftp:).")]
    [InlineData("file:///v1/", "CCApiClientOptions.BaseAddress must start with https:// (it starts with file:).")]
    [InlineData("ws://gateway.test/", "CCApiClientOptions.BaseAddress must start with https:// (it starts with ws:).")]
    [InlineData("http://gateway.test/v1/", "CCApiClientOptions.BaseAddress is plain http, which would show the key to the network: use https://gateway.test, or set AllowInsecureHttp.")]
    [InlineData("http://192.168.1.7/v1/", "CCApiClientOptions.BaseAddress is plain http, which would show the key to the network: use https://192.168.1.7, or set AllowInsecureHttp.")]
    [InlineData("http://localhost.evil.test/", "CCApiClientOptions.BaseAddress is plain http, which would show the key to the network: use https://localhost.evil.test, or set AllowInsecureHttp.")]
    [InlineData("https://user:secret@gateway.test/v1/", "CCApiClientOptions.BaseAddress must not have a user, a query or a fragment.")]
    [InlineData("https://gateway.test/v1/?key=secret", "CCApiClientOptions.BaseAddress must not have a user, a query or a fragment.")]
    [InlineData("https://gateway.test/v1/#top", "CCApiClientOptions.BaseAddress must not have a user, a query or a fragment.")]
    [InlineData("https://gateway.test/v1/chat/completions", "CCApiClientOptions.BaseAddress must end before /chat/completions: the SDK adds the path of each operation.")]
    [InlineData("https://gateway.test/v1/images/generations", "CCApiClientOptions.BaseAddress must end before /images/generations: the SDK adds the path of each operation.")]
    [InlineData("https://gateway.test/v1/Images/Generate/", "CCApiClientOptions.BaseAddress must end before /images/generate: the SDK adds the path of each operation.")]
    [InlineData("https://gateway.test/v1/audio/speech", "CCApiClientOptions.BaseAddress must end before /audio/speech: the SDK adds the path of each operation.")]
    [InlineData("https://gateway.test/v1/models/", "CCApiClientOptions.BaseAddress must end before /models: the SDK adds the path of each operation.")]
    [InlineData("https://gateway.test/v1/Chat/Completions/", "CCApiClientOptions.BaseAddress must end before /chat/completions: the SDK adds the path of each operation.")]
    public void Problems_OfABaseAddress_SayTheFix(string address, string expected)
    {
        var problem = Assert.Single(OptionsValidation.Problems(Options(options => options.BaseAddress = new Uri(address))));

        Assert.Equal(expected, problem);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("v1/")]
    public void Problems_OfABaseAddressThatIsNotAbsolute_ShowOne(string? address)
    {
        var options = Options(options => options.BaseAddress = address is null ? null! : new Uri(address, UriKind.Relative));

        var problem = Assert.Single(OptionsValidation.Problems(options));

        Assert.Equal("CCApiClientOptions.BaseAddress must be absolute, such as https://api.ccapi.ai/v1/.", problem);
    }

    [Theory]
    [InlineData("http://localhost:5000/v1/")]
    [InlineData("http://127.0.0.1:5000/v1/")]
    [InlineData("http://127.1.2.3/v1/")]
    [InlineData("http://[::1]:5000/v1/")]
    [InlineData("https://gateway.test//v1")]
    public void Problems_OfThisMachineOrHttps_AreNone(string address)
    {
        var problems = OptionsValidation.Problems(Options(options => options.BaseAddress = new Uri(address)));

        Assert.Empty(problems);
    }

    [Fact]
    public void Problems_OfPlainHttpThatIsAllowed_AreNone()
    {
        var problems = OptionsValidation.Problems(Options(options =>
        {
            options.BaseAddress = new Uri("http://gateway.test/v1/");
            options.AllowInsecureHttp = true;
        }));

        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("Authorization")]
    [InlineData("authorization")]
    [InlineData("Host")]
    [InlineData("Content-Type")]
    [InlineData("content-length")]
    [InlineData("Content-Encoding")]
    [InlineData("Content-Language")]
    [InlineData("Content-Location")]
    [InlineData("Content-MD5")]
    [InlineData("Content-Range")]
    [InlineData("Content-Disposition")]
    [InlineData("Transfer-Encoding")]
    [InlineData("Connection")]
    [InlineData("Allow")]
    [InlineData("Expires")]
    [InlineData("Last-Modified")]
    [InlineData("Idempotency-Key")]
    [InlineData("user-agent")]
    public void Problems_OfAHeaderThatIsTheSdks_NameTheOption(string name)
    {
        var ofClient = Assert.Single(OptionsValidation.Problems(Options(options => options.Headers[name] = "x")));
        var ofCall = Assert.Single(OptionsValidation.Problems(new CCApiRequestOptions { Headers = { [name] = "x" } }));

        Assert.Equal($"The header {name} belongs to the SDK: use the option for it (ApiKey, UserAgent, IdempotencyKey) or leave it out.", ofClient);
        Assert.Equal(ofClient, ofCall);
    }

    [Theory]
    [InlineData("")]
    [InlineData("X Team")]
    [InlineData("X-Team:")]
    [InlineData("X-Team\r\nX-Evil")]
    [InlineData("X-Tëam")]
    public void Problems_OfAHeadersName_SayWhatItIsMadeOf(string name)
    {
        var problem = Assert.Single(OptionsValidation.Problems(new CCApiRequestOptions { Headers = { [name] = "x" } }));

        Assert.Equal("A header's name may have only A to Z, a to z, 0 to 9, hyphens, underscores and dots.", problem);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a\r\nX-Evil: 1")]
    [InlineData("a\n")]
    [InlineData("a\0")]
    [InlineData("a\u0085")]
    [InlineData("Zürich")]
    [InlineData("会")]
    public void Problems_OfAHeadersValue_NameTheHeaderOnly(string? value)
    {
        var problem = Assert.Single(OptionsValidation.Problems(new CCApiRequestOptions { Headers = { ["X-Team"] = value! } }));

        Assert.Equal("The value of the header X-Team must not be null, and hold neither line breaks nor anything but ASCII.", problem);
    }

    [Theory]
    [InlineData("X-Team", "a b; c=\"d\" ~")]
    [InlineData("azAZ09-_.", "x")]
    [InlineData("x_team.1", "")]
    [InlineData("Accept", "application/json")]
    public void Problems_OfAnyOtherHeader_AreNone(string name, string value)
    {
        var problems = OptionsValidation.Problems(new CCApiRequestOptions { Headers = { [name] = value } });

        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("app/1\r\nX-Evil: 1")]
    [InlineData("приложение/1")]
    public void Problems_OfAUserAgent_SayTheFix(string agent)
    {
        var problem = Assert.Single(OptionsValidation.Problems(Options(options => options.UserAgent = agent)));

        Assert.Equal("CCApiClientOptions.UserAgent must not be empty, and hold neither line breaks nor anything but ASCII; leave it null for the default.", problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\nb")]
    [InlineData("ключ")]
    public void Problems_OfAnIdempotencyKey_SayTheFix(string key)
    {
        var problem = Assert.Single(OptionsValidation.Problems(new CCApiRequestOptions { IdempotencyKey = key }));

        Assert.Equal("CCApiRequestOptions.IdempotencyKey must not be empty, and hold neither line breaks nor anything but ASCII.", problem);
    }

    [Theory]
    [InlineData(0, 1, "CCApiClientOptions.MaxResponseBytes must be more than 0.")]
    [InlineData(-1, 1, "CCApiClientOptions.MaxResponseBytes must be more than 0.")]
    [InlineData(1, 0, "CCApiClientOptions.MaxLineBytes must be more than 0.")]
    [InlineData(1, -1, "CCApiClientOptions.MaxLineBytes must be more than 0.")]
    [InlineData(
        1000, 1001, "CCApiClientOptions.MaxLineBytes must not be more than MaxResponseBytes, which limits a whole stream: raise MaxResponseBytes or lower MaxLineBytes.")]
    public void Problems_OfALimit_NameItAndTheFix(long response, int line, string expected)
    {
        var problem = Assert.Single(OptionsValidation.Problems(Options(options => (options.MaxResponseBytes, options.MaxLineBytes) = (response, line))));

        Assert.Equal(expected, problem);
    }

    [Fact]
    public void Problems_OfALimitBelowTheDefaultOfAnother_AreNone()
    {
        var problems = OptionsValidation.Problems(Options(options => (options.MaxResponseBytes, options.Retry.MaxDelay) = (1000, TimeSpan.FromTicks(1))));

        Assert.Empty(problems);
    }

    [Theory]
    [InlineData(9, 8, false)]
    [InlineData(8, 8, true)]
    public void Problems_OfABaseDelayAboveTheMaxDelay_SayTheFix(int baseDelay, int maxDelay, bool isFine)
    {
        var problems = OptionsValidation.Problems(Options(options => (options.Retry.BaseDelay, options.Retry.MaxDelay) = (TimeSpan.FromSeconds(baseDelay), TimeSpan.FromSeconds(maxDelay))));

        Assert.Equal(isFine ? [] : ["CCApiRetryOptions.BaseDelay must not be more than MaxDelay: raise MaxDelay or lower BaseDelay."], problems);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Problems_OfNoJsonValues_SayThatTheyMustBePositive(int values)
    {
        var problem = Assert.Single(OptionsValidation.Problems(Options(options => options.MaxJsonValues = values)));

        Assert.Equal("CCApiClientOptions.MaxJsonValues must be more than 0.", problem);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Problems_OfWorthlessCredits_SayThatTheyMustBePositive(int value)
    {
        var problem = Assert.Single(OptionsValidation.Problems(Options(options => options.CreditValue = value)));

        Assert.Equal("CCApiClientOptions.CreditValue must be more than 0: US dollars per credit. Leave it null when you do not know it.", problem);
    }

    [Fact]
    public void Problems_OfNoClock_NameTheDefault()
    {
        var problem = Assert.Single(OptionsValidation.Problems(Options(options => options.TimeProvider = null!)));

        Assert.Equal("CCApiClientOptions.TimeProvider must not be null; TimeProvider.System is the default.", problem);
    }

    [Fact]
    public void Problems_OfNegativeRetries_SayTheRange()
    {
        var ofClient = Assert.Single(OptionsValidation.Problems(Options(options => options.Retry.MaxRetries = -1)));
        var ofCall = Assert.Single(OptionsValidation.Problems(new CCApiRequestOptions { MaxRetries = -1 }));

        Assert.Equal("CCApiRetryOptions.MaxRetries must be 0 or more.", ofClient);
        Assert.Equal("CCApiRequestOptions.MaxRetries must be 0 or more.", ofCall);
    }

    [Theory]
    [InlineData(-1, 0, 0, "BaseDelay")]
    [InlineData(0, -1, 0, "MaxDelay")]
    [InlineData(0, 0, -1, "MaxRetryAfter")]
    public void Problems_OfNegativeDelays_SayTheRange(long baseDelay, long maxDelay, long maxRetryAfter, string name)
    {
        var problem = Assert.Single(OptionsValidation.Problems(Options(options =>
        {
            options.Retry.BaseDelay = TimeSpan.FromTicks(baseDelay);
            options.Retry.MaxDelay = TimeSpan.FromTicks(maxDelay);
            options.Retry.MaxRetryAfter = TimeSpan.FromTicks(maxRetryAfter);
        })));

        Assert.Equal($"CCApiRetryOptions.{name} must be 0 or more.", problem);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public void Problems_OfABudget_SayTheRange(int milliseconds)
    {
        var time = TimeSpan.FromMilliseconds(milliseconds);
        Action<CCApiTimeoutOptions>[] budgets = [t => t.Connect = time, t => t.Attempt = time, t => t.Total = time, t => t.FirstChunk = time, t => t.NextChunk = time, t => t.Download = time, t => t.Idle = time];

        var problems = budgets.SelectMany(set => OptionsValidation.Problems(Options(options => set(options.Timeouts)))).ToArray();

        string[] names = ["Connect", "Attempt", "Total", "FirstChunk", "NextChunk", "Download", "Idle"];
        Assert.Equal(names.Select(name => $"CCApiTimeoutOptions.{name} must be more than 0, or Timeout.InfiniteTimeSpan."), problems);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public void Problems_OfABudgetOfACall_SayTheRange(int milliseconds)
    {
        var time = TimeSpan.FromMilliseconds(milliseconds);
        CCApiRequestOptions[] calls = [new() { Total = time }, new() { Attempt = time }, new() { FirstChunk = time }, new() { NextChunk = time }, new() { Idle = time }];

        var problems = calls.SelectMany(OptionsValidation.Problems).ToArray();

        string[] names = ["Total", "Attempt", "FirstChunk", "NextChunk", "Idle"];
        Assert.Equal(names.Select(name => $"CCApiRequestOptions.{name} must be more than 0, or Timeout.InfiniteTimeSpan."), problems);
    }

    [Fact]
    public void Problems_OfEndlessBudgets_AreNone()
    {
        var time = Timeout.InfiniteTimeSpan;

        var ofClient = OptionsValidation.Problems(Options(options =>
            (options.Timeouts.Connect, options.Timeouts.Attempt, options.Timeouts.Total, options.Timeouts.FirstChunk, options.Timeouts.Idle) = (time, time, time, time, time)));

        Assert.Empty(ofClient);
        Assert.Empty(OptionsValidation.Problems(new CCApiRequestOptions { Total = time, Attempt = time, FirstChunk = time, Idle = time }));
    }

    [Fact]
    public void Problems_OfDelaysOfZero_AreNone()
    {
        var problems = OptionsValidation.Problems(Options(options => (options.Retry.BaseDelay, options.Retry.MaxDelay, options.Retry.MaxRetryAfter) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero)));

        Assert.Empty(problems);
    }

    [Theory]
    [InlineData(" ", "n")]
    [InlineData("m", null)]
    [InlineData("m", "")]
    [InlineData("m", "n, ")]
    public void Problems_OfAlternativesWithoutAnId_SaySo(string model, string? alternatives)
    {
        var problem = Assert.Single(OptionsValidation.Problems(Options(options => options.Failover.Alternatives[model] = alternatives?.Split(',')!)));

        Assert.Equal("CCApiClientOptions.Failover.Alternatives must not hold empty model ids.", problem);
    }

    [Fact]
    public void Problems_OfModelsToFailOverToWithoutAnId_SaySo()
    {
        var problem = Assert.Single(OptionsValidation.Problems(new CCApiRequestOptions { FailoverModels = ["n", ""] }));

        Assert.Equal("CCApiRequestOptions.FailoverModels must not hold empty model ids.", problem);
    }

    [Fact]
    public void Problems_OfSeveralMistakes_AreAllNamed()
    {
        var problems = OptionsValidation.Problems(Options(options =>
        {
            options.ApiKey = null;
            options.BaseAddress = new Uri("http://gateway.test/?a=b");
            options.MaxLineBytes = 0;
        }));

        Assert.Equal(4, problems.Count());
    }

    private static CCApiClientOptions Options(Action<CCApiClientOptions>? configure = null)
    {
        var options = new CCApiClientOptions { ApiKey = "sk-test" };
        configure?.Invoke(options);
        return options;
    }
}
