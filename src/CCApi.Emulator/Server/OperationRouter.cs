using System;
using Microsoft.AspNetCore.Http;

namespace CCApi.Emulator;

/// <summary>Runs the operation of a request: the one place that knows all of them.</summary>
internal sealed class OperationRouter(CCApiEmulatorOptions options, GatewayParts parts)
{
    public GatewayResponse Respond(HttpContext context, GatewayRequest request, string operation, ScriptedStep? step)
    {
        try
        {
            var method = context.Request.Method;

            return Run(method, request, operation, step)
                ?? GatewayResponse.Error(404, Unknown(method, operation), "invalid_request_error", "not_found");
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which JSON can hold and .NET cannot read.
            request.Refund();
            return RequestContent.Unreadable();
        }
    }

    private GatewayResponse? Run(string method, GatewayRequest request, string operation, ScriptedStep? step)
    {
        if (HttpMethods.IsPost(method))
        {
            return Post(request, operation, step);
        }

        // The server sends no body in response to HEAD.
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method))
        {
            return Get(request, operation);
        }

        return null;
    }

    // Shortened, because the path is the caller's and the message is shown.
    private static string Unknown(string method, string operation)
    {
        var path = operation.Length > 100 ? operation[..100] + "..." : operation;
        return $"Invalid URL ({method} /v1{path}). The emulator has the documented operations; a rule of its script, "
            + "with method and path, adds others.";
    }

    private GatewayResponse? Post(GatewayRequest request, string operation, ScriptedStep? step) => operation switch
    {
        "/chat/completions" => ChatOperation.Run(request, parts.Accounts, options.Seed, (step as ChatStep)?.Chat),
        "/audio/speech" => SpeechOperation.Run(request, parts.Accounts, parts.Media, options.RawSpeech, step as SpeechStep),
        "/images/generations" =>
            ImageOperations.Generate(request, parts.Accounts, parts.Media, options.Seed, step as ImageStep),
        "/images/generate" =>
            ImageOperations.GenerateMultimodal(request, parts.Accounts, parts.Jobs, parts.Webhooks, options.Seed, step as ImageStep),
        _ => null,
    };

    private GatewayResponse? Get(GatewayRequest request, string operation) => operation switch
    {
        "/models" => CatalogOperations.ListModels(request),
        "/providers" => CatalogOperations.ListProviders(),
        _ when Last(operation, "/models/") is { } model => CatalogOperations.GetModel(model),
        _ when Last(operation, "/providers/") is { } provider => CatalogOperations.GetProvider(provider),
        _ when Last(operation, "/images/jobs/") is { } job => parts.Jobs.Get(job, request.Now),
        _ => null,
    };

    private static string? Last(string operation, string prefix)
    {
        if (operation.StartsWith(prefix, StringComparison.Ordinal) && operation.Length > prefix.Length)
        {
            return operation[prefix.Length..];
        }

        return null;
    }
}
