using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace CCApi.Emulator;

/// <summary>Handles every request: key, rate limit, operation, charge, fault, response, log.</summary>
internal sealed class Gateway : IAsyncDisposable
{
    private static readonly JsonDocumentOptions _noTwins = new() { AllowDuplicateProperties = false };

    private readonly CCApiEmulatorOptions _options;
    private readonly Accounts _accounts;
    private readonly MediaStore _media;
    private readonly ImageJobs _jobs;
    private readonly MediaHost _mediaHost;
    private readonly WebhookSender _webhooks;
    private readonly ResponseSender _sender;
    private int _requests;

    public Gateway(CCApiEmulatorOptions options)
    {
        _options = options;
        Ledger = new EmulatorLedger(options.Credits);
        Faults = new EmulatorFaults();
        _accounts = new Accounts(Ledger, options.RequestsPerMinute);
        _sender = new ResponseSender(Ledger, options);
        _media = new MediaStore(() => MediaOrigin, options);
        _mediaHost = new MediaHost(_media, _sender, options.TimeProvider);
        _webhooks = new WebhookSender(options);
        _jobs = new ImageJobs(_media, Ledger, Faults, _webhooks, options);
    }

    /// <summary>Where it serves files; known once it listens.</summary>
    public Uri MediaOrigin { get; set; } = new("http://127.0.0.1/");

    public IReadOnlyList<EmulatorMediaRequest> MediaRequests => _mediaHost.Requests;

    public IReadOnlyList<EmulatorWebhookDelivery> WebhookDeliveries => _webhooks.Deliveries;

    public EmulatorLedger Ledger { get; }

    public EmulatorFaults Faults { get; }

    public async Task HandleAsync(HttpContext context)
    {
        var watch = Stopwatch.GetTimestamp();
        var number = Interlocked.Increment(ref _requests);
        context.Response.Headers["x-request-id"] = string.Create(CultureInfo.InvariantCulture, $"emu-{_options.Seed}-{number:D6}");

        var outcome = "aborted";
        try
        {
            outcome = await HandleCoreAsync(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The client went away.
        }
        catch (IOException exception)
        {
            outcome = exception.Message;
            throw;
        }
        finally
        {
            _options.Log?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"{context.Request.Method,-4} {context.Request.Path} {outcome} {Stopwatch.GetElapsedTime(watch).TotalMilliseconds:0} ms"));
        }
    }

    public ValueTask DisposeAsync()
    {
        _jobs.Dispose();
        return _webhooks.DisposeAsync();
    }

    private static bool IsPost(HttpContext context) => HttpMethods.IsPost(context.Request.Method);

    private static GatewayResponse NoBody() => GatewayResponse.Error(400, "The body is not a JSON object, or holds text that is not Unicode.", "invalid_request_error", "bad_request_body");

    private static async Task<(JsonObject? Body, byte[] Raw, GatewayResponse? Problem)> ReadBodyAsync(HttpContext context)
    {
        if (!IsPost(context))
        {
            return ([], [], null);
        }

        using var buffer = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(buffer, context.RequestAborted).ConfigureAwait(false);
            return JsonNode.Parse(buffer.ToArray(), documentOptions: _noTwins) is JsonObject body ? (body, buffer.ToArray(), null) : (null, [], NoBody());
        }
        catch (JsonException)
        {
            return (null, [], NoBody());
        }
        catch (BadHttpRequestException exception)
        {
            var code = exception.StatusCode == StatusCodes.Status413PayloadTooLarge ? "read_request_body_failed" : "bad_request_body";
            return (null, [], GatewayResponse.Error(exception.StatusCode, exception.Message, "invalid_request_error", code));
        }
    }

    private async Task<string> HandleCoreAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? string.Empty;
        if (IsForMedia(context, path))
        {
            return await _mediaHost.HandleAsync(context).ConfigureAwait(false);
        }

        if (!path.StartsWith("/v1/", StringComparison.Ordinal))
        {
            return await ResponseSender.SendPageAsync(context).ConfigureAwait(false);
        }

        var now = _options.TimeProvider.GetUtcNow();
        if ((Unauthorized(context) ?? _accounts.Admit(now, context.Response.Headers)) is { } rejection)
        {
            return await _sender.SendAsync(context, request: null, rejection, fault: null).ConfigureAwait(false);
        }

        var operation = path["/v1".Length..];
        var (body, raw, problem) = await ReadBodyAsync(context).ConfigureAwait(false);
        if (problem is not null)
        {
            return await _sender.SendAsync(context, request: null, problem, fault: null).ConfigureAwait(false);
        }

        var request = new GatewayRequest(context, $"{context.Request.Method} {operation}", body!, raw, now);
        var response = Serve(context, request, operation);
        var fault = Faults.Next(operation, response.IsSuccess ? request.Model : null);
        return await _sender.SendAsync(context, request, response, fault).ConfigureAwait(false);
    }

    private GatewayResponse Serve(HttpContext context, GatewayRequest request, string operation)
    {
        try
        {
            return Route(context, request, operation);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which JSON can hold and .NET cannot read.
            if (request.Charge is { } charge)
            {
                Ledger.Refund(charge);
            }

            return NoBody();
        }
    }

    private GatewayResponse Route(HttpContext context, GatewayRequest request, string operation) => (context.Request.Method, operation) switch
    {
        ("POST", "/chat/completions") => ChatOperation.Run(request, _accounts, _options.Seed),
        ("POST", "/audio/speech") => SpeechOperation.Run(request, _accounts, _media, _options.RawSpeech),
        ("POST", "/images/generations") => ImageOperations.Generate(request, _accounts, _media, _options.Seed),
        ("POST", "/images/generate") => ImageOperations.GenerateMultimodal(request, _accounts, _jobs, _webhooks, _options.Seed),
        ("GET", "/models") => CatalogOperations.ListModels(request),
        ("GET", "/providers") => CatalogOperations.ListProviders(),
        ("GET", _) when Last(operation, "/providers/") is { } provider => CatalogOperations.GetProvider(provider),
        ("GET", _) when Last(operation, "/images/jobs/") is { } job => _jobs.Get(job, request.Now),
        _ => GatewayResponse.Error(404, $"Invalid URL ({context.Request.Method} /v1{operation})", "invalid_request_error", "not_found"),
    };

    private static string? Last(string operation, string prefix) =>
        operation.StartsWith(prefix, StringComparison.Ordinal) && operation.Length > prefix.Length ? operation[prefix.Length..] : null;

    private bool IsForMedia(HttpContext context, string path) =>
        context.Connection.LocalPort == MediaOrigin.Port && (_options.MediaPort is not null || path.StartsWith(MediaStore.PathPrefix, StringComparison.Ordinal));

    private GatewayResponse? Unauthorized(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        var key = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : string.Empty;
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(_options.ApiKey))
            ? null
            : GatewayResponse.Error(401, "Missing or invalid Authorization header", "invalid_request_error", "unauthorized");
    }
}
