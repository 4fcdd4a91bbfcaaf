using System.Collections.Generic;
using System.Text;

namespace CCApi.Sdk.WireMockTests.Support;

/// <summary>One response of the gateway.</summary>
internal sealed record Reply(int Status, string MediaType, byte[] Body)
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public static Reply Json(string json, int status = 200) => Text("application/json", json, status);

    public static Reply Example(string file, int status = 200) => Json(Examples.Text(file), status);

    public static Reply Stream(string file) => Text("text/event-stream", Examples.Text(file));

    public static Reply Text(string mediaType, string text, int status = 200) => new(status, mediaType, Encoding.UTF8.GetBytes(text));

    public Reply With(string name, string value) => this with { Headers = [.. Headers, (name, value)] };
}
