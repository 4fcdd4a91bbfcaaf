using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using WireMock;

namespace CCApi.Sdk.WireMockTests.Support;

/// <summary>A request as it arrived.</summary>
internal sealed record Message(string Line, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public static Message From(IRequestMessage request) => new(
        // The server decodes the path; this encodes it again. RequestLineTests see the bytes.
        $"{request.Method} {new Uri(request.AbsoluteUrl).PathAndQuery}",
        request.Headers!.ToDictionary(header => header.Key, header => string.Join(", ", header.Value)),
        request.BodyAsBytes is { } body ? Encoding.UTF8.GetString(body) : "");

    public string Header(string name) => Headers.TryGetValue(name, out var value) ? value : "(none)";
}
