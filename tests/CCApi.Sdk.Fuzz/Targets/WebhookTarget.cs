using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CCApi.Sdk.Fuzz;

/// <summary>
/// A webhook: the first byte chooses the secret, the pieces and how the gateway responds, the rest is the body that was posted. Strangers make nobody poll, the handler
/// gets only what the gateway said, and the response is one of the documented ones.
/// </summary>
internal static class WebhookTarget
{
    private const int MostBytes = 1024;

    private static readonly CannedGateway _gateway = new();
    private static readonly List<MultimodalImageGenerationResponse> _handled = [];
    private static readonly ServiceProvider _services = new ServiceCollection()
        .AddLogging().AddRouting().AddSingleton(_gateway.Respond([], "application/json")).AddTransient(services => services.GetRequiredService<CCApiClient>().Images).BuildServiceProvider();

    private static readonly RequestDelegate _endpoint = Map();

    public static void Run(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        var choice = input[0];
        var polls = 0;
        _handled.Clear();
        _gateway.Respond(() =>
        {
            polls++;
            return Reply(choice / 4 % 4);
        });

        var context = new DefaultHttpContext { RequestServices = _services };
        context.Request.Method = "POST";
        context.Request.QueryString = new QueryString(choice % 4 == 3 ? "?secret=wrong" : "?secret=s3cret-s3cret-s3cret");
        context.Request.Body = new PieceStream(input[1..], choice % 2 == 0 ? int.MaxValue : 7);
        Sync.Run(() => _endpoint(context));
        Check(context.Response.StatusCode, polls, input.Length - 1, isStranger: choice % 4 == 3);
    }

    private static void Check(int status, int polls, int length, bool isStranger)
    {
        var isPollAllowed = !isStranger && length <= MostBytes;
        var isAsDocumented = (status is 200 or 400 or 401 or 404 or 413 or 503) && (status == 401) == isStranger && (status == 200) == (_handled.Count == 1);
        if (!isAsDocumented || polls > (isPollAllowed ? 1 : 0) || _handled.Any(job => job.Status?.Value != "completed" || job.Id?.Any(char.IsControl) != false))
        {
            throw new FindingException($"{status} after {polls} polls, {_handled.Count} handled: {string.Join(", ", _handled.Select(job => $"{job.Id} {job.Status}"))}");
        }

        Behavior.Add(status, polls, _handled.Count, _handled.Count > 0 ? _handled[0].Id?.Length : null);
        Planted.CheckWebhook(_handled);
    }

    private static System.Net.Http.HttpResponseMessage Reply(int choice)
    {
        var response = _gateway.Json(choice == 1 ? "{\"error\":{\"message\":\"unknown job\"}}"u8.ToArray() : "{\"id\":\"other\",\"status\":\"completed\",\"data\":[]}"u8.ToArray());
        response.StatusCode = choice switch { 1 => System.Net.HttpStatusCode.NotFound, 2 => System.Net.HttpStatusCode.InternalServerError, _ => System.Net.HttpStatusCode.OK };
        return response;
    }

    private static RequestDelegate Map()
    {
        var endpoints = new Endpoints(_services);
        endpoints.MapCcApiWebhooks(
            "/hook",
            (job, _) =>
            {
                _handled.Add(job);
                return Task.CompletedTask;
            },
            options => (options.Secret, options.MaxBodyBytes) = ("s3cret-s3cret-s3cret", MostBytes));
        return endpoints.DataSources.Single().Endpoints.Single().RequestDelegate!;
    }

    private sealed class Endpoints(IServiceProvider services) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => services;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => throw new NotSupportedException();
    }
}
