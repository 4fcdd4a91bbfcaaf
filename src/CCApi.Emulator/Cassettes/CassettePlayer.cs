using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.AspNetCore.Http;

namespace CCApi.Emulator;

/// <summary>
/// Finds the recorded response of a request. Equal requests get their responses in the order in which they were recorded; the
/// last one repeats. Thread-safe.
/// </summary>
internal sealed class CassettePlayer
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (CassetteExchange[] Exchanges, int Next)> _byKey;
    private readonly IReadOnlyList<CassetteExchange> _exchanges;
    private readonly double _speed;

    /// <param name="exchanges">What was recorded.</param>
    /// <param name="speed">How much faster than recorded it is replayed; 0 does not wait at all.</param>
    public CassettePlayer(IReadOnlyList<CassetteExchange> exchanges, double speed)
    {
        _exchanges = exchanges;
        _speed = speed;
        _byKey = exchanges.GroupBy(exchange => exchange.Key).ToDictionary(
            group => group.Key, group => (group.ToArray(), 0));
    }

    /// <summary>The one of the options; null when they name no file.</summary>
    public static CassettePlayer? From(CCApiEmulatorOptions options)
    {
        if (options.Cassette is null)
        {
            return null;
        }

        return new CassettePlayer(CassetteFormat.Read(options.Cassette), options.CassetteSpeed);
    }

    /// <summary>
    /// The next response of a request. When it was not recorded, an error that shows the nearest request in strict mode, else null.
    /// </summary>
    public GatewayResponse? Respond(ReceivedRequest request, bool isStrict)
    {
        if (Play(request) is { } recorded)
        {
            return recorded;
        }

        if (isStrict)
        {
            return GatewayResponse.Error(400, Explain(request), "invalid_request_error", "invalid_request", "cassette");
        }

        return null;
    }

    private GatewayResponse? Play(ReceivedRequest request)
    {
        lock (_gate)
        {
            var key = RequestKey.Of(request.Method, AddressOf(request), request.Body);
            if (!_byKey.TryGetValue(key, out var entry))
            {
                return null;
            }

            var exchange = entry.Exchanges[int.Min(entry.Next, entry.Exchanges.Length - 1)];
            _byKey[key] = (entry.Exchanges, entry.Next + 1);

            return ResponseOf(exchange);
        }
    }

    /// <summary>Why a request is not in the cassette, with the nearest one that is.</summary>
    private string Explain(ReceivedRequest request)
    {
        var path = SecretQuery.Hide(AddressOf(request));
        var samePath = _exchanges.Where(exchange => exchange.Method == request.Method && exchange.Path == path).ToArray();
        if (samePath.Length == 0)
        {
            return $"The cassette has no {request.Method} {path}.";
        }

        var body = new ReceivedRequest(
            0,
            default,
            request.Method,
            path,
            string.Empty,
            new Dictionary<string, string>(),
            samePath[0].RequestBody);

        var problem = $"The cassette has {samePath.Length} requests {request.Method} {path}, none with this body.";
        if (body.Json is not { } expected || request.Json is not { } actual)
        {
            return problem;
        }

        var differences = JsonDifference.Between(expected, actual);
        if (differences.Count == 0)
        {
            return problem;
        }

        return $"{problem} Differences to the first one: {string.Join("; ", differences)}.";
    }

    /// <summary>The address as it is recorded: with its escapes, so that its query begins at the first question mark.</summary>
    private static string AddressOf(ReceivedRequest request) => new PathString(request.Path).ToUriComponent() + request.Query;

    private TimeSpan Delay(CassettePiece piece) => TimeSpan.FromMilliseconds(
        double.Min(piece.Delay.TotalMilliseconds / _speed, EmulatorBounds.MaxDelay.TotalMilliseconds));

    private GatewayResponse ResponseOf(CassetteExchange exchange)
    {
        var pieces = exchange.Pieces.Select(
            piece => new StreamPiece(piece.Bytes, _speed == 0 ? TimeSpan.Zero : Delay(piece)));
        return GatewayResponse.Recorded(exchange.Status, exchange.Headers, [.. pieces], exchange.IsBroken);
    }
}
