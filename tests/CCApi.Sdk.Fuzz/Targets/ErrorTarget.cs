using System;
using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Text;

namespace CCApi.Sdk.Fuzz;

/// <summary>A response of any status: the input is the status, headers, an empty line and the body, as on the wire. An error is always one exception of the SDK.</summary>
internal static class ErrorTarget
{
    private static readonly CannedGateway _gateway = new();

    public static void Run(byte[] input)
    {
        var client = _gateway.Respond(() => Respond(input));
        try
        {
            Sync.Run(() => client.Chat.CompleteAsync("m", "Hi"));
        }
        catch (CCApiException exception)
        {
            // Everything that callers print.
            _ = exception.ToString();
            Behavior.Add(exception, exception.Type is null, exception.Code is null, exception.Param is null, exception.Details is null, exception.Message.Length / 16);
            Planted.CheckError(exception);
            return;
        }

        if (StatusOf(Encoding.Latin1.GetString(input)) is < 200 or >= 300)
        {
            throw new FindingException("The status is not a success, and no exception was thrown.");
        }
    }

    private static HttpResponseMessage Respond(byte[] input)
    {
        var end = input.AsSpan().IndexOf("\n\n"u8);
        var head = Encoding.Latin1.GetString(input, 0, end < 0 ? input.Length : end);
        var response = new HttpResponseMessage((HttpStatusCode)StatusOf(head)) { Content = new ByteArrayContent(end < 0 ? [] : input[(end + 2)..]) };
        foreach (var line in head.Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && !response.Headers.TryAddWithoutValidation(line[..colon], line[(colon + 1)..].Trim()))
            {
                response.Content.Headers.TryAddWithoutValidation(line[..colon], line[(colon + 1)..].Trim());
            }
        }

        return response;
    }

    private static int StatusOf(string head) =>
        head.Length >= 3 && int.TryParse(head.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status >= 200 ? status : 500;
}
