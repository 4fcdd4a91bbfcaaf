using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Orleans.ClusterTests.Support;

/// <summary>Gives each sending a key of its own, behind that of its item: the emulator charges a double then.</summary>
internal sealed class KeyPerSending : DelegatingHandler
{
    public const char Separator = '~';

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.TryGetValues("Idempotency-Key", out var keys))
        {
            var key = string.Concat(keys);
            request.Headers.Remove("Idempotency-Key");
            request.Headers.Add("Idempotency-Key", $"{key}{Separator}{Guid.NewGuid():N}");
        }

        return base.SendAsync(request, cancellationToken);
    }
}
