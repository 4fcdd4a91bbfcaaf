using System;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CCApi.Sdk.AspNetCore.Tests.Snippets;

/// <summary>The program of the package's readme. It is compiled; WebhookEndpointTests runs the like.</summary>
internal static class WebhookProgram
{
    public static async Task RunAsync(string[] args)
    {
        #region README
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddCcApi(); // the key: CCAPI_API_KEY, or CCApi:ApiKey in the configuration
        var app = builder.Build();

        // The secret: CCApi:Webhooks:Secret in the configuration, or options.Secret in a third argument.
        app.MapCcApiWebhooks("/hooks/ccapi", async (job, cancellationToken) =>
        {
            await Console.Out.WriteLineAsync($"{job.Id} is {job.Status}: {job.Data?.Count ?? 0} images {job.Error?.Message}");
        });

        await app.RunAsync();
        #endregion
    }
}
