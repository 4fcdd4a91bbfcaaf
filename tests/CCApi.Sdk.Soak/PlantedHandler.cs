using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Soak;

/// <summary>The planted bug: now and then it sends a request twice, each time with another <c>Idempotency-Key</c>, as a retry that makes a new key does.</summary>
internal sealed class PlantedHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    public const string Suffix = "/again";

    private const int Rarity = 500;

    private int _posts;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Post && Interlocked.Increment(ref _posts) % Rarity == 0)
        {
            using var again = new HttpRequestMessage(request.Method, request.RequestUri) { Content = new ByteArrayContent(await request.Content!.ReadAsByteArrayAsync(cancellationToken)) };
            foreach (var header in request.Headers)
            {
                var suffix = header.Key == "Idempotency-Key" ? Suffix : string.Empty;
                again.Headers.TryAddWithoutValidation(header.Key, string.Concat(header.Value) + suffix);
            }

            try
            {
                using var ignored = await base.SendAsync(again, cancellationToken);
            }
            catch (HttpRequestException)
            {
                // It met a fault.
            }
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
