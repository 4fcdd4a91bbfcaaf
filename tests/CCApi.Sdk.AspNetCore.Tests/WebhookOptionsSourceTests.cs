using System;
using System.Linq;
using CCApi.Sdk.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace CCApi.Sdk.AspNetCore.Tests;

public sealed class WebhookOptionsSourceTests : IDisposable
{
    private const string Old = "the-old-secret-of-last-week";
    private const string New = "the-new-secret-of-this-week";

    private readonly ConfigurationManager _configuration = new();
    private readonly ServiceCollection _services = new();
    private readonly Messages _messages = new();

    public WebhookOptionsSourceTests()
    {
        _configuration["CCApi:Webhooks:Secret"] = Old;
        _services.AddSingleton<IConfiguration>(_configuration);
    }

    public void Dispose()
    {
        _messages.Dispose();
        _configuration.Dispose();
    }

    [Fact]
    public void Secret_OfAReloadedConfiguration_IsReplaced()
    {
        using var provider = _services.BuildServiceProvider();
        var source = Create(provider);
        var before = Accepted(source);

        _configuration["CCApi:Webhooks:Secret"] = New;
        _configuration["CCApi:Webhooks:Secrets:0"] = Old;
        ((IConfigurationRoot)_configuration).Reload();
        var during = Accepted(source);
        _configuration["CCApi:Webhooks:Secrets:0"] = "another-secret-of-old";
        ((IConfigurationRoot)_configuration).Reload();

        Assert.Equal([Old], before);
        Assert.Equal([Old, New], during);
        Assert.Equal([New], Accepted(source));
    }

    [Fact]
    public void Secret_OfAWrongReload_StaysAndIsLogged()
    {
        using var provider = _services.BuildServiceProvider();
        var source = Create(provider);

        _configuration["CCApi:Webhooks:Secret"] = "short";
        ((IConfigurationRoot)_configuration).Reload();

        Assert.Equal([Old], Accepted(source));
        Assert.Equal([111], _messages.All.Select(message => message.Id).Distinct());
        Assert.DoesNotContain("short.", _messages.All[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_OfTheServices_CountAfterTheConfigurationAndBeforeTheDelegate()
    {
        _services.Configure<CCApiWebhookOptions>(options => (options.Secret, options.MaxBodyBytes, options.MaxConcurrentVerifications) = (New, 5, 5));
        _services.PostConfigure<CCApiWebhookOptions>(options => options.MaxBodyBytes = 6);
        using var provider = _services.BuildServiceProvider();

        var source = new WebhookOptionsSource(provider, options => options.MaxConcurrentVerifications = 7, _messages.CreateLogger(WebhookLog.Category));

        Assert.Equal((New, 6, 7), (source.Options.Secret, source.Options.MaxBodyBytes, source.Options.MaxConcurrentVerifications));
    }

    [Fact]
    public void Options_OfAChangeToken_AreReadAgain()
    {
        var secret = Old;
        _services.Configure<CCApiWebhookOptions>(options => options.Secret = secret);
        _services.AddSingleton<IOptionsChangeTokenSource<CCApiWebhookOptions>>(new ConfigurationChangeTokenSource<CCApiWebhookOptions>(_configuration));
        using var provider = _services.BuildServiceProvider();
        var source = Create(provider);

        secret = New;
        ((IConfigurationRoot)_configuration).Reload();

        Assert.Equal([New], Accepted(source));
    }

    [Fact]
    public void Create_WithoutAConfiguration_TakesTheDelegate()
    {
        using var provider = new ServiceCollection().BuildServiceProvider();

        var source = new WebhookOptionsSource(provider, options => options.Secrets.Add(New), _messages.CreateLogger(WebhookLog.Category));

        Assert.Equal([New], Accepted(source));
    }

    private WebhookOptionsSource Create(IServiceProvider provider) => new(provider, configure: null, _messages.CreateLogger(WebhookLog.Category));

    private static string[] Accepted(WebhookOptionsSource source) => new[] { Old, New }.Where(secret =>
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString("?secret=" + secret);
        return source.SecretCheck.IsIn(context.Request);
    }).ToArray();
}
