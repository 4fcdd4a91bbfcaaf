using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Bulk.App;

/// <summary>
/// Makes the key of each sending another one, behind the key of the item: the emulator charges a double then, and the ledger shows
/// it.
/// </summary>
internal sealed class KeyPerSending : DelegatingHandler
{
    public const char Separator = '~';

    public KeyPerSending()
        : base(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
    {
    }

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
