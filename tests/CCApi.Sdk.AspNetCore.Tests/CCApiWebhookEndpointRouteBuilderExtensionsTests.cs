using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit;

namespace CCApi.Sdk.AspNetCore.Tests;

public class CCApiWebhookEndpointRouteBuilderExtensionsTests
{
    [Fact]
    public void MapCcApiWebhooks_WithoutASecret_SaysHowToSetOne()
    {
        var app = Build();

        var exception = Assert.Throws<OptionsValidationException>(() => app.MapCcApiWebhooks("/hooks", (_, _) => Task.CompletedTask));

        Assert.Contains("CCApi:Webhooks:Secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MapCcApiWebhooks_WithoutAddCcApi_SaysWhatToCall()
    {
        var app = Build(withClient: false);

        var exception = Assert.Throws<InvalidOperationException>(() => app.MapCcApiWebhooks("/hooks", (_, _) => Task.CompletedTask, options => options.Secret = Site.Secret));

        Assert.Contains("AddCcApi()", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("second", false)]
    [InlineData("third", true)]
    public void MapCcApiWebhooks_WithAClientName_NeedsThatClientOnly(string name, bool fails)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore().AddKeyedCcApi("second", options => options.ApiKey = "sk-test");
        var app = builder.Build();

        var exception = Record.Exception(() => app.MapCcApiWebhooks("/hooks", (_, _) => Task.CompletedTask, options => (options.Secret, options.ClientName) = (Site.Secret, name)));

        Assert.Equal(fails ? "CCApiWebhookOptions.ClientName is \"third\": call builder.Services.AddKeyedCcApi(\"third\", options => ...) before builder.Build()." : null, exception?.Message);
    }

    [Fact]
    public void MapCcApiWebhooks_WithASecretInTheConfiguration_NeedsNoCode()
    {
        var app = Build(("CCApi:Webhooks:Secret", Site.Secret));

        app.MapCcApiWebhooks("/hooks", (_, _) => Task.CompletedTask).WithDisplayName("hooks");

        Assert.Equal("hooks", Assert.Single(((Microsoft.AspNetCore.Routing.IEndpointRouteBuilder)app).DataSources.Single().Endpoints).DisplayName);
    }

    [Theory]
    [InlineData(LogLevel.Information, null, true)]
    [InlineData(LogLevel.Warning, null, false)]
    [InlineData(LogLevel.Information, "X-Webhook-Secret", false)]
    public void MapCcApiWebhooks_WhenTheHostLogsUrls_WarnsOfIt(LogLevel level, string? header, bool warns)
    {
        using var messages = new Messages();
        var app = Build(messages, level, withClient: true);

        app.MapCcApiWebhooks("/hooks", (_, _) => Task.CompletedTask, options => (options.Secret, options.SecretHeader) = (Site.Secret, header));

        Assert.Equal(warns ? [(LogLevel.Warning, 109)] : [], messages.All.Select(message => (message.Level, message.Id)));
    }

    private static WebApplication Build(params (string Name, string Value)[] settings) => Build(null, LogLevel.Warning, withClient: true, settings);

    private static WebApplication Build(bool withClient) => Build(null, LogLevel.Warning, withClient);

    private static WebApplication Build(Messages? messages, LogLevel level, bool withClient, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Name, setting.Value)));
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", level));
        if (messages is not null)
        {
            builder.Services.AddSingleton<ILoggerProvider>(messages);
        }

        if (withClient)
        {
            builder.Services.AddCcApi(options => options.ApiKey = "sk-test");
        }

        return builder.Build();
    }
}
