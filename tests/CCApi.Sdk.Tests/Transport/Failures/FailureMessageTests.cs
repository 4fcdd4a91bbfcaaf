using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Failures;

/// <summary>Long messages, of which only a start is searched for keys; ExceptionFactoryTests compare the texts.</summary>
public class FailureMessageTests
{
    private const string Key = "sk-test-0123456789";

    // So much of a gateway's message is read, however little of it can be printed.
    private const int Start = 8000;

    /// <summary>The key, as gateways encode it.</summary>
    public static TheoryData<string> Forms =>
    [
        Key,
        Key.ToUpperInvariant(),
        "sk%2Dtest%2D0123456789",
        "sk\\u002Dtest\\u002D0123456789",
        "sk&#45;test&#45;0123456789",
        Convert.ToBase64String(Encoding.ASCII.GetBytes(Key)),
    ];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Message_WithAKeyAtAnyPlaceAroundItsEnd_ShowsNoPartOfTheKey(string form)
    {
        for (var length = Start - form.Length - 2; length <= Start + 2; length++)
        {
            // One space is all that is shown of line ends, so that the end of what is read is shown, too.
            var message = "It failed:" + new string('\n', length - "It failed:".Length) + form + " is wrong.";

            var exception = Fail(message);

            // The mask stands where the key was read to its end; what follows it is read up to the same place.
            var read = Math.Max(0, Start - length - form.Length);
            var shown = read == 0 ? "" : $" ***{" is wrong.".Substring(0, read)}";
            Assert.Equal($"GET /models failed: 400: It failed:{shown}".TrimEnd(), exception.Message);
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Members_WithAKeyAfterWhatMessagesShow_DoNotContainIt(string form)
    {
        var padding = new string('x', 2 * Start);

        var exception = FailWithMembers($"{padding} {form} is wrong.");

        Assert.Equal($"{padding} *** is wrong.", exception.GatewayMessage);
        Assert.Equal($"{padding} *** is wrong.", exception.Type);
        Assert.Equal($"{padding} *** is wrong.", exception.Code);
        Assert.Equal($"{padding} *** is wrong.", exception.Param);
        Assert.Equal($"{padding} *** is wrong.", exception.Details?.GetProperty("text").GetString());
        var code = new string('x', PrintableText.CodeLength);
        var text = new string('x', PrintableText.MessageLength);
        Assert.Equal($"GET /models failed: 400 ({code}…): {text}…", exception.Message);
        Assert.DoesNotContain(form, exception.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Message_OfLineEndsAlone_IsReadToItsLimit()
    {
        var shown = Fail("It failed:" + new string('\n', Start - "It failed:.".Length) + ".").Message;
        var hidden = Fail("It failed:" + new string('\n', Start - "It failed:".Length) + ".").Message;

        Assert.Equal("GET /models failed: 400: It failed: .", shown);
        Assert.Equal("GET /models failed: 400: It failed:", hidden);
    }

    [Theory]
    [InlineData(CCApiTimeoutKind.Idle, true, 0, "the Idle budget of 2 s, 2.5 s after it began; nothing of the body was received. Raise CCApiTimeoutOptions.Idle if")]
    [InlineData(CCApiTimeoutKind.Idle, true, 7, "the Idle budget of 2 s, 2.5 s after it began; 7 bytes of the body were received. Raise CCApiTimeoutOptions.Idle if")]
    [InlineData(CCApiTimeoutKind.Total, false, 0, "the Total budget of 2 s, 2.5 s after it began; nothing was sent, because ApiKeyProvider had not returned a key. Raise CCApiTimeoutOptions.Total if")]
    [InlineData(CCApiTimeoutKind.Connect, false, 0, "the Connect budget of 2 s, 2.5 s after it began; nothing of the body was received. Raise CCApiTimeoutOptions.Connect if")]
    [InlineData(CCApiTimeoutKind.HttpClient, true, 0, "HttpClient.Timeout of 2 s, 2.5 s after it began; nothing of the body was received. Raise the Timeout of the HttpClient if")]
    public void OfTimeout_OfABudget_NamesItAndWhatWasReceived(CCApiTimeoutKind kind, bool isSent, long bytes, string expected)
    {
        using var call = CallSamples.Of(ApiRequest.Get("models"));
        var failure = new CallFailure
        {
            Kind = FailureKind.Timeout,
            Timeout = kind,
            Limit = TimeSpan.FromSeconds(2),
            Elapsed = TimeSpan.FromSeconds(2.5),
            MayHaveBeenSent = isSent,
            BytesReceived = bytes,
        };

        Assert.Equal($"GET /models ran out of {expected} that is too short.", FailureMessage.OfTimeout(call, failure));
    }

    [Theory]
    [InlineData(false, true, "Reset.", "Reset. The request may have reached the gateway.")]
    [InlineData(true, true, "Reset", "Reset. The request may have reached the host.")]
    [InlineData(false, false, "Unreachable", "Unreachable. Nothing was sent; check BaseAddress and the network.")]
    [InlineData(true, false, "Unreachable", "Unreachable. Nothing was sent; check the network. Downloads use HttpClient.DefaultProxy, and no handler of the caller's.")]
    [InlineData(false, true, "TypeError: Failed to fetch", "TypeError: Failed to fetch. The request may have reached the gateway. In a browser, the gateway must also allow the origin of the page (CORS).")]
    public void OfConnection_OfACause_NamesItAndWhereToLook(bool isDownload, bool isSent, string cause, string expected)
    {
        var request = ApiRequest.Get("models") with { Download = isDownload ? new Uri("https://media.test/a.png") : null };
        using var call = CallSamples.Of(request);
        var failure = new CallFailure { Kind = FailureKind.Connection, Cause = new InvalidOperationException(cause), MayHaveBeenSent = isSent };

        Assert.Equal($"{request} got no response: {expected}", FailureMessage.OfConnection(call, failure));
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(499, true)]
    [InlineData(408, false)]
    [InlineData(429, false)]
    [InlineData(500, false)]
    public void OfResponse_OfADownload_MentionsThatLinksExpireWhenItIsRejected(int status, bool expected)
    {
        using var call = CallSamples.Of(ApiRequest.Get("a.png") with { Download = new Uri("https://media.test/a.png") });
        using var response = FakeGateway.Json(status, "{}");

        var message = FailureMessage.OfResponse(call, FailureClassifier.FromStatus(call, response, Encoding.UTF8.GetBytes("{}")));

        Assert.Equal(expected, message.EndsWith(" Links may expire: save images and audio soon after they were created.", StringComparison.Ordinal));
    }

    /// <summary>An error whose members all have the text.</summary>
    private static CCApiException FailWithMembers(string text)
    {
        var json = JsonSerializer.Serialize(text);
        var members = string.Join(",", new[] { "message", "type", "code", "param" }.Select(name => $"\"{name}\":{json}"));

        return FailWith($"{{\"error\":{{{members},\"details\":{{\"text\":{json}}}}}}}");
    }

    private static CCApiException Fail(string message) => FailWith($"{{\"error\":{{\"message\":{JsonSerializer.Serialize(message)}}}}}");

    private static CCApiException FailWith(string body)
    {
        using var response = FakeGateway.Json(400, body);
        using var call = CallSamples.Of(ApiRequest.Get("models"), redaction: new KeyRedaction(Key));

        return ExceptionFactory.Create(call, FailureClassifier.FromStatus(call, response, Encoding.UTF8.GetBytes(body)));
    }
}
