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
