using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace CCApi.Emulator;

/// <summary>
/// Controls the emulator over HTTP, below <c>/emulator/</c>, as <c>openapi/emulator.yaml</c> describes. It needs no key: the
/// emulator listens on loopback only, checks the Host header, takes bodies only as <c>application/json</c>, and changes nothing
/// for pages of other origins, unless an option allows them.
/// </summary>
internal sealed class ControlApi(ControlTargets targets)
{
    private const int MaxListed = 1000;
    private const int MaxPath = 8192;

    private readonly ControlAccounts _accounts = new(targets.Accounts);

    /// <summary>Responds to a request for a path below <c>/emulator</c>.</summary>
    public async Task<GatewayResponse> HandleAsync(HttpContext context, string path)
    {
        // The server sends no body in response to HEAD.
        var isHead = HttpMethods.IsHead(context.Request.Method);
        var method = isHead ? HttpMethods.Get : context.Request.Method;
        if (method == "GET" && ControlPage.Find(path) is { } file)
        {
            return file;
        }

        if (targets.Cors.RejectionOf(context.Request) is { } rejection)
        {
            return rejection;
        }

        try
        {
            return (method, path) switch
            {
                ("GET", "/state") => State(),
                ("GET", "/requests") => Requests(context.Request.Query),
                ("DELETE", "/requests") => Done(targets.Requests.Clear),
                ("GET", "/ledger") => Ledger(context.Request.Query),
                ("GET", "/faults") => Faults(),
                ("POST", "/faults") => AddFault(await BodyAsync(context).ConfigureAwait(false)),
                ("DELETE", "/faults") => Done(targets.Faults.Clear),
                ("PUT", "/script") => await ReplaceScriptAsync(context).ConfigureAwait(false),
                ("POST", "/script") => await AddScriptAsync(context).ConfigureAwait(false),
                ("DELETE", "/script") => Done(targets.Script.Clear),
                ("PUT", "/balance") => _accounts.SetBalance(await BodyAsync(context).ConfigureAwait(false)),
                ("PUT", "/limits") => _accounts.SetLimits(await BodyAsync(context).ConfigureAwait(false)),
                ("PUT", "/accounts") => _accounts.Change(await BodyAsync(context).ConfigureAwait(false)),
                ("POST", "/accounts") => _accounts.Add(await BodyAsync(context).ConfigureAwait(false)),
                ("POST", "/clock") => AdvanceClock(await BodyAsync(context).ConfigureAwait(false)),
                ("POST", "/reset") => Done(targets.Reset),
                _ => GatewayResponse.Error(
                    404,
                    $"There is no {method} /emulator{path}; openapi/emulator.yaml lists what there is.",
                    "invalid_request_error",
                    "not_found"),
            };
        }
        catch (EmulatorScriptException exception)
        {
            return Invalid(exception.Message);
        }
        catch (BadHttpRequestException exception)
        {
            return RequestContent.NotReceived(exception);
        }
    }

    private static GatewayResponse Invalid(string message) =>
        GatewayResponse.Error(400, message, "invalid_request_error", "invalid_request");

    private static GatewayResponse Done(Action action)
    {
        action();
        return GatewayResponse.Json(new JsonObject { ["ok"] = true });
    }

    private static async Task<byte[]> RawBodyAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new EmulatorScriptException("The body must be sent as application/json.");
        }

        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted).ConfigureAwait(false);

        return buffer.ToArray();
    }

    private static async Task<ScriptNode> BodyAsync(HttpContext context)
    {
        var node = ScriptNode.Parse(await RawBodyAsync(context).ConfigureAwait(false), "body");
        if (node.IsObject)
        {
            return node;
        }

        throw node.Error("must be an object");
    }

    private GatewayResponse State()
    {
        var requests = targets.Requests.Snapshot();
        return GatewayResponse.Json(new JsonObject
        {
            ["now"] = targets.Clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
            ["strict"] = targets.Script.IsStrict,
            ["rules"] = new JsonArray([.. targets.Script.Describe().Select(rule => (JsonNode)rule)]),
            ["faults"] = new JsonArray([.. targets.Faults.Describe().Select(fault => (JsonNode)fault)]),
            ["requests"] = targets.Requests.Total,
            ["requests_kept"] = requests.Count,
            ["jobs"] = new JsonArray([.. targets.Jobs()]),
            ["accounts"] = new JsonArray([.. targets.Accounts.All.Select(ControlAccounts.Describe)]),
        });
    }

    private static int LimitOf(IQueryCollection query)
    {
        const int usual = 100;

        return (int)long.Clamp(NumberIn(query, "limit") ?? usual, 1, MaxListed);
    }

    /// <exception cref="EmulatorScriptException">It is not a whole number.</exception>
    private static long? NumberIn(IQueryCollection query, string name)
    {
        var text = query[name].ToString();
        if (text.Length == 0)
        {
            return null;
        }

        var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);

        return isNumber ? number : throw new EmulatorScriptException($"The parameter {name} must be a whole number of at least 0.");
    }

    private GatewayResponse Requests(IQueryCollection query)
    {
        var since = NumberIn(query, "since") ?? 0;
        var limit = LimitOf(query);
        var requests = targets.Requests.Snapshot().Where(request => request.Number > since).TakeLast(limit);

        return GatewayResponse.Json(new JsonObject { ["requests"] = new JsonArray([.. requests.Select(Request)]) });
    }

    private static JsonNode Request(ReceivedRequest request)
    {
        var headers = new JsonObject();
        foreach (var (name, value) in request.Headers)
        {
            headers[name] = value;
        }

        return new JsonObject
        {
            ["number"] = request.Number,
            ["time"] = request.Time.ToString("O", CultureInfo.InvariantCulture),
            ["method"] = request.Method,
            ["path"] = request.Path,
            ["query"] = request.Query,
            ["headers"] = headers,
            ["body"] = request.BodyText,
            ["body_base64"] = request.Json is null && request.Body.Length > 0 ? Convert.ToBase64String(request.Body.Span) : null,
            ["model"] = request.Model,
            ["text"] = request.LastUserText,
            ["idempotency_key"] = request.IdempotencyKey,
            ["status"] = request.Status,
            ["charged"] = request.Charged,
            ["ended_at"] = request.EndedAt?.ToString("O", CultureInfo.InvariantCulture),
            ["client_hung_up"] = request.ClientHungUp,
        };
    }

    private GatewayResponse Ledger(IQueryCollection query)
    {
        if (_accounts.Find(query["key"]) is not { } account)
        {
            return Invalid("There is no account with this key.");
        }

        var limit = LimitOf(query);

        return GatewayResponse.Json(new JsonObject
        {
            ["balance"] = account.Ledger.Balance,
            ["spent"] = account.Ledger.Spent,
            ["count"] = account.Ledger.Count,
            ["spent_by_scope"] = new JsonObject(account.Ledger.SpentByScope.Select(SpentIn)),
            ["charges"] = new JsonArray([.. account.Ledger.Charges.TakeLast(limit).Select(Charge)]),
        });
    }

    private static KeyValuePair<string, JsonNode?> SpentIn(KeyValuePair<string, decimal> scope) =>
        KeyValuePair.Create(scope.Key, (JsonNode?)scope.Value);

    private static JsonNode Charge(EmulatorCharge charge) => new JsonObject
    {
        ["time"] = charge.Time.ToString("O", CultureInfo.InvariantCulture),
        ["operation"] = charge.Operation,
        ["model"] = charge.Model,
        ["credits"] = charge.Credits,
        ["refunded"] = charge.IsRefunded,
        ["idempotency_key"] = charge.IdempotencyKey,
        ["scope"] = charge.Scope,
    };

    private GatewayResponse Faults() =>
        GatewayResponse.Json(new JsonObject
        {
            ["faults"] = new JsonArray([.. targets.Faults.Describe().Select(fault => (JsonNode)fault)]),
        });

    private GatewayResponse AddFault(ScriptNode body)
    {
        body.CheckMembers("fault", "times", "path", "retry_after");
        var name = body.Member("fault") ?? throw body.Error("must have a fault, such as reset or status-503");
        var fault = EmulatorFaults.Parse(name.AsText()) ?? throw name.Error(
            "is not a fault, such as reset, truncated or status-503");
        fault = body.RetryAfter("retry_after") is { } wait ? fault with { RetryAfter = wait } : fault;

        var path = body.Text("path");
        if (path?.Length > MaxPath)
        {
            throw body.Member("path")!.Value.Error(FormattableString.Invariant($"must have at most {MaxPath} characters"));
        }

        if (!targets.Faults.TryAdd(fault, body.Integer("times", 1, 1_000_000) ?? 1, path))
        {
            throw body.Error("adds to too many faults that wait; DELETE them first");
        }

        return Faults();
    }

    private async Task<GatewayResponse> ReplaceScriptAsync(HttpContext context)
    {
        var json = await RawBodyAsync(context).ConfigureAwait(false);
        var script = ScriptFile.Parse(json, "body", Directory.GetCurrentDirectory());
        targets.Script.Replace(script);

        return State();
    }

    private async Task<GatewayResponse> AddScriptAsync(HttpContext context)
    {
        targets.Script.Load(
            await RawBodyAsync(context).ConfigureAwait(false), "body", Directory.GetCurrentDirectory());
        return State();
    }

    private GatewayResponse AdvanceClock(ScriptNode body)
    {
        body.CheckMembers("advance_ms");
        var advance = body.Duration("advance_ms", EmulatorClock.MaxOffset) ?? throw body.Error("must have advance_ms");
        if (!targets.Clock.TryAdvance(advance))
        {
            throw body.Member("advance_ms")!.Value.Error("sets the clock forward by more than 100 years in all");
        }

        return GatewayResponse.Json(
            new JsonObject { ["now"] = targets.Clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture) });
    }
}
