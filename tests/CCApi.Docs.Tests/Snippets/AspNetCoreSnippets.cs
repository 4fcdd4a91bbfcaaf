using System.Net.Http;
using System.Net.Http.Json;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CCApi.Docs.Tests.Snippets;

#region ENDPOINTS
internal sealed record Prompt(string Model, string Text);
#endregion

/// <summary>The code of docs/aspnetcore.md.</summary>
public class AspNetCoreSnippets
{
    [Fact]
    public async Task Endpoints_StreamAndReportHealth()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        string[] args = ["--urls", "http://127.0.0.1:0", "--CCApi:ApiKey", emulator.ApiKey, "--CCApi:BaseAddress", emulator.BaseAddress.ToString()];

        await using var app = Create(args);
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new System.Uri(System.Linq.Enumerable.First(app.Urls)) };
        using var chat = await http.PostAsJsonAsync("/chat", new Prompt("openai/gpt-4o-mini", "How much is 12 * 3?"));
        using var failed = await http.PostAsJsonAsync("/complete", new Prompt("emulator/status-402", "Hello."));

        Assert.Contains("data:  36", await chat.Content.ReadAsStringAsync(), System.StringComparison.Ordinal);
        Assert.Equal("Healthy", await http.GetStringAsync(new System.Uri("/health", System.UriKind.Relative)));
        Assert.Equal(502, (int)failed.StatusCode);
        Assert.Contains("add credit", await failed.Content.ReadAsStringAsync(), System.StringComparison.Ordinal);
    }

    private static WebApplication Create(string[] args)
    {
        #region ENDPOINTS
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddCcApi(); // the key: CCAPI_API_KEY, or CCApi:ApiKey in the configuration
        builder.Services.AddHealthChecks().AddCcApi(tags: ["ready"]);
        var app = builder.Build();

        app.MapPost("/chat", (Prompt prompt, ChatClient chat) =>
            TypedResults.ServerSentEvents(chat.StreamAsync(prompt.Model, prompt.Text).ReadTextAsync()));
        app.MapHealthChecks("/health");
        #endregion

        #region ERRORS
        app.MapPost("/complete", async (Prompt prompt, ChatClient chat) =>
        {
            try
            {
                var response = await chat.CompleteAsync(prompt.Model, prompt.Text);
                return Results.Text(response.Text);
            }
            catch (CCApiException exception)
            {
                var status = exception is CCApiRateLimitException ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status502BadGateway;
                return Results.Problem(exception.Message, statusCode: status);
            }
        });
        #endregion

        return app;
    }
}
