using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace CCApi.Emulator;

/// <summary>Handles every request: key, rate limit, operation, charge, fault, response, log.</summary>
internal sealed class Gateway : IAsyncDisposable
{
    /// <summary>The header with which a single request orders a fault, such as <c>reset</c> or <c>status-503</c>.</summary>
    public const string FaultHeader = "X-Emulator-Fault";

    private const string ControlPrefix = "/emulator";

    private static readonly JsonDocumentOptions _noTwins = new() { AllowDuplicateProperties = false };

    private readonly CCApiEmulatorOptions _options;
    private readonly MediaStore _media;
    private readonly ImageJobs _jobs;
    private readonly MediaHost _mediaHost;
    private readonly WebhookSender _webhooks;
    private readonly ResponseSender _sender;
    private readonly EmulatorClock _clock;
    private readonly HostFilter _hosts;
    private readonly CorsPolicy _cors;
    private readonly ControlApi _control;
    private readonly CassettePlayer? _player;
    private readonly CassetteRecorder? _recorder;
    private long _requests;

    public Gateway(CCApiEmulatorOptions options)
    {
        _options = options;
        _clock = (EmulatorClock)options.TimeProvider;
        _hosts = new HostFilter(options.AllowedHosts);
        _cors = new CorsPolicy(options.AllowedOrigins);
        Accounts = new Accounts(options.MaxCharges);
        Account = Accounts.Add(options.ApiKey, options.Credits);
        Account.Limits.RequestsPerMinute = options.RequestsPerMinute;
        Account.Limits.ConcurrentRequests = options.ConcurrentRequests;
        Account.Limits.TokensPerMinute = options.TokensPerMinute;
        _sender = new ResponseSender(options);
        _media = new MediaStore(() => MediaOrigin, options);
        _mediaHost = new MediaHost(_media, _sender, options.TimeProvider);
        _webhooks = new WebhookSender(options);
        _player = options.Cassette is null ? null : new CassettePlayer(CassetteFormat.Read(options.Cassette), options.CassetteSpeed);
        _recorder = options.Recording is null ? null : new CassetteRecorder(options.Recording, options.ApiKey, options.TimeProvider);
        _jobs = new ImageJobs(_media, Faults, _webhooks, options);
        _control = new ControlApi(new ControlTargets
        {
            Accounts = Accounts,
            Faults = Faults,
            Script = Script,
            Requests = Requests,
            Clock = _clock,
            Jobs = () => _jobs.States(_clock.GetUtcNow()),
            Reset = Reset,
        });
    }

    /// <summary>Where it serves files; known once it listens.</summary>
    public Uri MediaOrigin { get; set; } = new("http://127.0.0.1/");

    public IReadOnlyList<EmulatorMediaRequest> MediaRequests => _mediaHost.Requests;

    public IReadOnlyList<EmulatorWebhookDelivery> WebhookDeliveries => _webhooks.Deliveries;

    public Accounts Accounts { get; }

    /// <summary>The account of the options.</summary>
    public EmulatorAccount Account { get; }

    public EmulatorFaults Faults { get; } = new();

    public EmulatorScript Script { get; } = new();

    public RequestLog Requests { get; } = new();

    public async Task HandleAsync(HttpContext context)
    {
        var watch = Stopwatch.GetTimestamp();
        var run = new RequestRun(context, Interlocked.Increment(ref _requests));
        context.Response.Headers["x-request-id"] = string.Create(CultureInfo.InvariantCulture, $"emu-{_options.Seed}-{run.Number:D6}");

        var outcome = "aborted";
        try
        {
            outcome = await HandleAsync(run).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            run.ClientHungUp = true;
        }
        catch (IOException exception)
        {
            outcome = exception.Message;
            throw;
        }
        finally
        {
            End(run);
            _options.Log?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"{context.Request.Method,-4} {context.Request.Path} {outcome} {Stopwatch.GetElapsedTime(watch).TotalMilliseconds:0} ms"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _jobs.Dispose();
        await _webhooks.DisposeAsync().ConfigureAwait(false);
        if (_recorder is not null)
        {
            await _recorder.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static bool HasBody(HttpContext context) => !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);

    private static GatewayResponse NoBody() =>
        GatewayResponse.Error(400, "The body is not a JSON object, or holds text that is not Unicode.", "invalid_request_error", "bad_request_body");

    private static async Task<(byte[] Body, GatewayResponse? Problem)> ReadBodyAsync(HttpContext context)
    {
        if (!HasBody(context))
        {
            return ([], null);
        }

        using var buffer = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(buffer, context.RequestAborted).ConfigureAwait(false);
            return (buffer.ToArray(), null);
        }
        catch (BadHttpRequestException exception)
        {
            var code = exception.StatusCode == StatusCodes.Status413PayloadTooLarge ? "read_request_body_failed" : "bad_request_body";
            return ([], GatewayResponse.Error(exception.StatusCode, exception.Message, "invalid_request_error", code));
        }
    }

    private static JsonObject? Parse(HttpContext context, byte[] body)
    {
        if (!HasBody(context))
        {
            return [];
        }

        try
        {
            return JsonNode.Parse(body, documentOptions: _noTwins) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<string> HandleAsync(RequestRun run)
    {
        var context = run.Context;
        var path = context.Request.Path.Value ?? string.Empty;
        if (IsForMedia(context, path))
        {
            return await _mediaHost.HandleAsync(context).ConfigureAwait(false);
        }

        if (!_hosts.Allows(context.Request))
        {
            return await _sender.SendAsync(context, request: null, UnknownHost(context), fault: null).ConfigureAwait(false);
        }

        if (_cors.Apply(context))
        {
            return "204 preflight";
        }

        if (path.StartsWith(ControlPrefix + "/", StringComparison.Ordinal))
        {
            return await HandleControlAsync(context, path[ControlPrefix.Length..]).ConfigureAwait(false);
        }

        if (!path.StartsWith("/v1/", StringComparison.Ordinal))
        {
            return await ResponseSender.SendPageAsync(context).ConfigureAwait(false);
        }

        var now = _options.TimeProvider.GetUtcNow();
        if (FindAccount(context, now) is not { } account)
        {
            Record(run, now, []);
            return await _sender.SendAsync(context, request: null, Unauthorized(), fault: null).ConfigureAwait(false);
        }

        if (account.Limiter.Admit(now, context.Response.Headers) is { } rejection)
        {
            Record(run, now, []);
            return await _sender.SendAsync(context, request: null, GatewayErrors.From(rejection), fault: null).ConfigureAwait(false);
        }

        run.Account = account;
        var (raw, problem) = await ReadBodyAsync(context).ConfigureAwait(false);
        var received = Record(run, now, raw);
        if (problem is not null)
        {
            return await _sender.SendAsync(context, request: null, problem, fault: null).ConfigureAwait(false);
        }

        if (_recorder is not null)
        {
            return await _recorder.ForwardAsync(context, path["/v1".Length..], raw).ConfigureAwait(false);
        }

        if (_player is not null && (_player.Play(received) ?? NotRecorded(received)) is { } recorded)
        {
            return await _sender.SendAsync(context, request: null, recorded, fault: null).ConfigureAwait(false);
        }

        var decision = Script.Decide(received);
        var outcome = await RespondAsync(run, path["/v1".Length..], raw, now, decision).ConfigureAwait(false);
        return decision.Rule is null ? outcome : $"{outcome} by {decision.Rule}";
    }

    private GatewayResponse? NotRecorded(ReceivedRequest request) =>
        Script.IsStrict ? GatewayResponse.Error(400, _player!.Explain(request), "invalid_request_error", "invalid_request", "cassette") : null;

    private static GatewayResponse UnknownHost(HttpContext context) => GatewayResponse.Error(
        421,
        $"The emulator does not respond to the host '{context.Request.Host.Host}'. Use 127.0.0.1 or localhost, or add the host to AllowedHosts (--allow-host).",
        "invalid_request_error",
        "invalid_request");

    private async Task<string> HandleControlAsync(HttpContext context, string path)
    {
        var response = await _control.HandleAsync(context, path).ConfigureAwait(false);
        return await _sender.SendAsync(context, request: null, response, fault: null).ConfigureAwait(false);
    }

    private void Reset()
    {
        Script.Clear();
        Faults.Clear();
        Requests.Clear();
        Accounts.Clear();
        foreach (var account in Accounts.All)
        {
            account.Ledger.Reset(_options.Credits);
        }
    }

    private async Task<string> RespondAsync(RequestRun run, string operation, byte[] raw, DateTimeOffset now, ScriptDecision decision)
    {
        var context = run.Context;
        var delay = decision.Step?.Delay ?? TimeSpan.Zero;
        var fixedResponse = decision.Unexpected is { } unexpected
            ? GatewayResponse.Error(400, unexpected, "invalid_request_error", "invalid_request", "script")
            : (decision.Step as ResponseStep)?.Response;
        if (fixedResponse is not null)
        {
            return await _sender.SendAsync(context, request: null, fixedResponse, fault: null, delay).ConfigureAwait(false);
        }

        if (Parse(context, raw) is not { } body)
        {
            return await _sender.SendAsync(context, request: null, NoBody(), fault: null).ConfigureAwait(false);
        }

        var request = new GatewayRequest(context, run.Account!, run.Number, $"{context.Request.Method} {operation}", body, raw, now);
        run.Request = request;
        var ordered = OrderedFault(context, decision);
        request.JobFault = ordered?.IsOfJob == true ? ordered : null;

        var response = Serve(context, request, operation, decision.Step);
        var fault = FaultOf(ordered, decision, operation, response.IsSuccess ? request.Model : null);
        run.WasReset = fault?.Kind == EmulatorFaultKind.Reset;
        return await _sender.SendAsync(context, request, response, fault, delay).ConfigureAwait(false);
    }

    /// <summary>The fault that the script or a header of the request orders.</summary>
    private static EmulatorFault? OrderedFault(HttpContext context, ScriptDecision decision)
    {
        if (decision.Step is FaultStep step)
        {
            return step.Fault;
        }

        var name = context.Request.Headers[FaultHeader].ToString();
        return name.Length == 0 ? null : EmulatorFaults.Parse(name);
    }

    /// <summary>An ordered fault, or a script that responds, excludes the faults that wait for any request.</summary>
    private EmulatorFault? FaultOf(EmulatorFault? ordered, ScriptDecision decision, string operation, string? model)
    {
        if (ordered is null && decision.Step is null or PassStep)
        {
            return Faults.Next(operation, model);
        }

        return ordered?.IsOfJob == true ? null : ordered;
    }

    private ReceivedRequest Record(RequestRun run, DateTimeOffset now, byte[] body)
    {
        var request = run.Context.Request;
        var headers = HeaderSnapshot.Of(request);
        run.Received = new ReceivedRequest(run.Number, now, request.Method, request.Path.Value ?? "/", request.QueryString.Value ?? string.Empty, headers, body);
        Requests.Add(run.Received);
        return run.Received;
    }

    private void End(RequestRun run)
    {
        var now = _options.TimeProvider.GetUtcNow();
        run.Account?.Limiter.Release(now, run.Request?.Tokens ?? 0);

        var response = run.Context.Response;
        var isAborted = run.Context.RequestAborted.IsCancellationRequested && !run.WasReset;
        int? status = response.HasStarted || !run.WasReset ? response.StatusCode : null;
        var charged = run.Request?.Charge is { } charge ? run.Request.Ledger.CreditsOf(charge) : (decimal?)null;
        run.Received?.End(status, charged, now, run.ClientHungUp || isAborted);
    }

    private GatewayResponse Serve(HttpContext context, GatewayRequest request, string operation, ScriptedStep? step)
    {
        try
        {
            return Route(context, request, operation, step);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which JSON can hold and .NET cannot read.
            request.Refund();
            return NoBody();
        }
    }

    private GatewayResponse Route(HttpContext context, GatewayRequest request, string operation, ScriptedStep? step) => (context.Request.Method, operation) switch
    {
        ("POST", "/chat/completions") => ChatOperation.Run(request, Accounts, _options.Seed, (step as ChatStep)?.Chat),
        ("POST", "/audio/speech") => SpeechOperation.Run(request, Accounts, _media, _options.RawSpeech, step as SpeechStep),
        ("POST", "/images/generations") => ImageOperations.Generate(request, Accounts, _media, _options.Seed, step as ImageStep),
        ("POST", "/images/generate") => ImageOperations.GenerateMultimodal(request, Accounts, _jobs, _webhooks, _options.Seed, step as ImageStep),
        ("GET", "/models") => CatalogOperations.ListModels(request),
        ("GET", _) when Last(operation, "/models/") is { } model => CatalogOperations.GetModel(model),
        ("GET", "/providers") => CatalogOperations.ListProviders(),
        ("GET", _) when Last(operation, "/providers/") is { } provider => CatalogOperations.GetProvider(provider),
        ("GET", _) when Last(operation, "/images/jobs/") is { } job => _jobs.Get(job, request.Now),
        _ => GatewayResponse.Error(404, $"Invalid URL ({context.Request.Method} /v1{operation})", "invalid_request_error", "not_found"),
    };

    private static string? Last(string operation, string prefix) =>
        operation.StartsWith(prefix, StringComparison.Ordinal) && operation.Length > prefix.Length ? operation[prefix.Length..] : null;

    private bool IsForMedia(HttpContext context, string path) =>
        context.Connection.LocalPort == MediaOrigin.Port && (_options.MediaPort is not null || path.StartsWith(MediaStore.PathPrefix, StringComparison.Ordinal));

    private EmulatorAccount? FindAccount(HttpContext context, DateTimeOffset now)
    {
        var header = context.Request.Headers.Authorization.ToString();
        var key = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : string.Empty;
        var account = Accounts.Find(key);
        return now >= account?.ExpiresAt ? null : account;
    }

    private static GatewayResponse Unauthorized() =>
        GatewayResponse.Error(401, "Missing or invalid Authorization header", "invalid_request_error", "unauthorized");
}
