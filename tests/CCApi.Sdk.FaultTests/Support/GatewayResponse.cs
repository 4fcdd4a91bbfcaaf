using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace CCApi.Sdk.FaultTests.Support;

/// <summary>The emulator's response without its framing, so that it can be sent on in a wrong one.</summary>
internal sealed record GatewayResponse(string StatusLine, string[] Headers, byte[] Body)
{
    // The clock of the calls is another, and the framing is the faults' business.
    private static readonly string[] _dropped = ["Date:", "Content-Length:", "Transfer-Encoding:", "Connection:"];

    public bool IsEventStream => Headers.Any(header => header.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase));

    public byte[] Half => Body[..(Body.Length / 2)];

    /// <summary>The head of a response with these bytes and other framing.</summary>
    public string Head(params string[] framing) => string.Join("\r\n", [StatusLine, .. Headers, .. framing, "", ""]);

    public static GatewayResponse Parse(byte[] response)
    {
        var end = response.AsSpan().IndexOf("\r\n\r\n"u8);
        var lines = Encoding.ASCII.GetString(response, 0, end).Split("\r\n");
        var body = response[(end + 4)..];
        if (lines.Any(line => line.Equals("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase)))
        {
            body = Unchunk(body);
        }

        return new GatewayResponse(lines[0], [.. lines.Skip(1).Where(line => !_dropped.Any(name => line.StartsWith(name, StringComparison.OrdinalIgnoreCase)))], body);
    }

    private static byte[] Unchunk(byte[] body)
    {
        using var whole = new MemoryStream();
        for (var next = 0; next < body.Length;)
        {
            var line = body.AsSpan(next).IndexOf("\r\n"u8);
            var length = int.Parse(Encoding.ASCII.GetString(body, next, line), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            whole.Write(body, next + line + 2, length);
            next += line + 2 + length + 2;
            if (length == 0)
            {
                break;
            }
        }

        return whole.ToArray();
    }
}
