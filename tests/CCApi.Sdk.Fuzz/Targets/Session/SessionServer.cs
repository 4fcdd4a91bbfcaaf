using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Fuzz;

/// <summary>A gateway without a socket, whose replies are chosen by the input.</summary>
internal sealed class SessionServer(Choices choices, ManualClock clock) : HttpMessageHandler
{
    /// <summary>Longer than any budget.</summary>
    public static readonly TimeSpan Never = TimeSpan.FromDays(7);

    private readonly ReplyScript _script = new(choices, clock);
    private int _openStreams;
    private int _steps;

    public List<SessionRequest> Requests { get; } = [];

    /// <summary>The bodies that have not been disposed of.</summary>
    public int OpenStreams => Volatile.Read(ref _openStreams);

    /// <summary>The requests and reads of bodies so far.</summary>
    public int Steps => Volatile.Read(ref _steps);

    /// <summary>Called before each request and each read of a body, with their number.</summary>
    public Action<int> OnStep { get; set; } = _ => { };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : Encoding.UTF8.GetString(await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        var authorization = request.Headers.TryGetValues("Authorization", out var values) ? string.Join(',', values) : null;
        var key = request.Headers.TryGetValues("Idempotency-Key", out values) ? string.Join(',', values) : null;
        var model = ModelOf(body);
        var reply = _script.Next(KindOf(request, body), model, authorization?["Bearer ".Length..] ?? "");
        Requests.Add(new SessionRequest(request.Method == HttpMethod.Post, request.RequestUri!.PathAndQuery, model, authorization, key, reply, clock.Elapsed));

        Step();
        await clock.WaitAsync(reply.HeaderDelay, cancellationToken).ConfigureAwait(false);
        if (reply.Failure is not null)
        {
            throw reply.Failure;
        }

        Interlocked.Increment(ref _openStreams);
        var response = new HttpResponseMessage((HttpStatusCode)reply.Status)
        {
            RequestMessage = request,
            Content = new StreamContent(new ReplyStream(reply, clock, Step, () => Interlocked.Decrement(ref _openStreams))),
        };
        foreach (var header in reply.Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(header.Key, header.Value))
            {
                response.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        return response;
    }

    private static RequestKind KindOf(HttpRequestMessage request, string body) => request.RequestUri!.AbsolutePath switch
    {
        "/v1/chat/completions" => body.Contains("\"stream\":true", StringComparison.Ordinal) ? RequestKind.ChatStream : RequestKind.Chat,
        "/v1/audio/speech" => RequestKind.Speech,
        "/v1/images/generate" => RequestKind.Image,
        "/v1/models" => RequestKind.Models,
        var path when path.StartsWith("/v1/images/jobs/", StringComparison.Ordinal) => RequestKind.Job,
        var path => throw new FindingException($"An unexplained request for {path}."),
    };

    private static string ModelOf(string body) => SessionModels.All.FirstOrDefault(model => body.Contains($"\"model\":\"{model}\"", StringComparison.Ordinal)) ?? "";

    private void Step() => OnStep(Interlocked.Increment(ref _steps));
}
