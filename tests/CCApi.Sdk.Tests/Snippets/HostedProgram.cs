using System;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// Not below CCApi.Sdk, so that the snippet needs every using that it shows.
namespace Snippets;

internal static class HostedProgram
{
    public static async Task RunAsync(string[] args)
    {
        #region README
        var builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddHostedService<Greeter>();
        builder.Services.AddCcApi(options => options.Retry.MaxRetries = 4); // the key: CCAPI_API_KEY, or CCApi:ApiKey in appsettings.json
        await builder.Build().RunAsync();
        #endregion
    }
}

#region README
public sealed class Greeter(ChatClient chat, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var response = await chat.CompleteAsync("openai/gpt-4o-mini", "Say good morning.", cancellationToken: stoppingToken);
        Console.WriteLine(response.Text);
        lifetime.StopApplication();
    }
}
#endregion
