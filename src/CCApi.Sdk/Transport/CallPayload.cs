using System;
using System.Net.Http;

namespace CCApi.Sdk;

/// <summary>What a call sends for its current model: the body and its idempotency key. Failing over creates another one of both.</summary>
internal sealed class CallPayload : IDisposable
{
    private readonly FailoverCursor? _route;
    private readonly string? _ownKey;
    private RequestBody? _body;

    /// <param name="request">The request.</param>
    /// <param name="settings">The settings of the call, with its idempotency key and the models to fail over to.</param>
    /// <param name="memory">The models that are cooling down.</param>
    /// <exception cref="ArgumentException">The idempotency key was used for another request.</exception>
    public CallPayload(ApiRequest request, in CallSettings settings, FailoverMemory memory)
    {
        Request = request;
        _route = FailoverCursor.For(request.Choice, settings, memory);
        _body = WriteBody();
        _ownKey = ClaimIdempotencyKey(settings);
        IdempotencyKey = request.IsRead ? null : KeyOfModel();
    }

    public ApiRequest Request { get; }

    /// <summary>The current model; null when the gateway chooses it.</summary>
    public string? Model => _route?.Model ?? Request.Choice?.Model;

    /// <summary>The current model; null when the call has no other to fail over to.</summary>
    public string? RouteModel => _route?.Model;

    /// <summary>The model to fail over to; null when there is none.</summary>
    public string? NextModel => _route?.NextModel;

    /// <summary>The size of the JSON body; 0 for none.</summary>
    public int Length => _body?.Length ?? 0;

    /// <summary>The key of the body for the current model, the same for each attempt with it; null for a call that only reads.</summary>
    public string? IdempotencyKey { get; private set; }

    /// <summary>Creates the content of one message.</summary>
    /// <remarks>
    /// The platform's handler repeats a request without content by itself when its connection closes, which a paid call must not
    /// be.
    /// </remarks>
    public HttpContent? CreateContent()
    {
        if (_body is not null)
        {
            return _body.CreateContent();
        }

        if (Request.Content is { } content)
        {
            return content.CreateContent();
        }

        if (Request.IsRead)
        {
            return null;
        }

        return new ByteArrayContent([]);
    }

    /// <summary>Puts the models in the order of a key, before the first attempt.</summary>
    public void Order(FailoverMemory memory, string key, DateTimeOffset now)
    {
        var first = Model;
        _route!.Order(memory, key, now);
        if (Model != first)
        {
            Rewrite();
        }
    }

    public void FailOver()
    {
        _route!.MoveNext();
        Rewrite();
    }

    public void Dispose() => _body?.Dispose();

    /// <remarks>
    /// Another body is another request to everything that looks for duplicates. The later calls of a conversation have numbered
    /// keys too, which are others.
    /// </remarks>
    private void Rewrite()
    {
        _body!.Dispose();
        _body = WriteBody();
        IdempotencyKey = KeyOfModel();
    }

    private RequestBody? WriteBody()
    {
        if (Request.WriteBody is { } write)
        {
            return RequestBody.Write(write);
        }

        var model = _route is null ? Request.Choice : _route.Request;

        return model is null ? null : RequestBody.Write(model);
    }

    /// <summary>Claims the caller's idempotency key for the request; null when there is none.</summary>
    /// <exception cref="ArgumentException">It was used for another request.</exception>
    private string? ClaimIdempotencyKey(in CallSettings settings)
    {
        if (Request.IsRead || settings.IdempotencyKey is null)
        {
            return null;
        }

        // The models that are cooling down may have changed the model of the body, not the request.
        using var original = _route is null ? null : RequestBody.Write(Request.Choice!);
        var content = (original ?? _body)?.Hash() ?? Request.Content?.Fingerprint;
        var key = settings.ClaimIdempotencyKey($"{Request} {content}");
        if (key is null)
        {
            Dispose();
            throw KeyOfAnotherRequest();
        }

        return key;
    }

    private static ArgumentException KeyOfAnotherRequest() =>
        new(
            "CCApiRequestOptions.IdempotencyKey was used for another request: a gateway would return the first "
            + "response again. Set a new key, or use new options.",
            "options");

    /// <summary>The key of the body for the current model: the same model always has the same one.</summary>
    private string KeyOfModel()
    {
        if (_ownKey is null)
        {
            return RandomSource.NewId();
        }

        if (_route is { ModelNumber: > 1 } other)
        {
            return FormattableString.Invariant($"{_ownKey}-model-{other.ModelNumber}");
        }

        return _ownKey;
    }
}
