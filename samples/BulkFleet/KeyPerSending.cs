namespace BulkFleet;

/// <summary>
/// Gives each sending a key of its own, behind that of its item, so that the gateway charges a double and the report shows it. Leave
/// this out in a fleet of yours: there, an item has the same key whenever it is sent.
/// </summary>
internal sealed class KeyPerSending : DelegatingHandler
{
    public const char Separator = '~';

    private const string Header = "Idempotency-Key";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.TryGetValues(Header, out var keys))
        {
            var key = string.Concat(keys);
            request.Headers.Remove(Header);
            request.Headers.Add(Header, $"{key}{Separator}{Guid.NewGuid():N}");
        }

        return base.SendAsync(request, cancellationToken);
    }
}
