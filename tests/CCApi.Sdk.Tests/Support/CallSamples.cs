using System.Threading;

namespace CCApi.Sdk.Tests.Support;

/// <summary>Calls as the transport begins them, for the tests of what it hands them to.</summary>
internal static class CallSamples
{
    public static ApiCall Get(CCApiClientOptions? client = null, KeyRedaction? redaction = null) =>
        Of(ApiRequest.Get("models"), client, options: null, redaction);

    public static ApiCall Post(CCApiClientOptions? client = null, CCApiRequestOptions? options = null) =>
        Of(ApiRequest.Post("chat/completions", ChatScript.Request), client, options);

    public static ApiCall Of(
        ApiRequest request, CCApiClientOptions? client = null, CCApiRequestOptions? options = null, KeyRedaction? redaction = null) =>
        new(request, new ClientState(client ?? FakeGateway.Options()), options, redaction ?? KeyRedaction.None, CancellationToken.None);
}
