using System;
using System.Collections.Generic;
using System.Text.Json;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.Caching.Tests.Requests;

public class RequestKeyTests
{
    [Fact]
    public void Text_WithTheMembersInAnotherOrder_IsTheSame()
    {
        var one = KeyOf(Speech("""{"a":1,"b":{"c":[1,{"x":null,"y":"é"}],"d":true}}"""));
        var other = KeyOf(Speech("""{"b":{"d":true,"c":[1,{"y":"é","x":null}]},"a":1}"""));

        Assert.Equal(one, other);
        Assert.StartsWith("ccapi-media-2-", one, StringComparison.Ordinal);
        Assert.Equal(14 + 64, one.Length);
    }

    [Theory]
    [InlineData("""{"a":2}""")]
    [InlineData("""{"a":"1"}""")]
    [InlineData("""{"b":1}""")]
    [InlineData("""{"a":[1]}""")]
    [InlineData("""{"a":1,"b":null}""")]
    [InlineData("""{"a":[1,[2]]}""")]
    [InlineData("""{"a":[[1],2]}""")]
    [InlineData("{}")]
    public void Text_OfAnotherRequest_Differs(string members)
    {
        var keys = new HashSet<string> { KeyOf(Speech("""{"a":1}""")), KeyOf(Speech(members)) };

        Assert.Equal(2, keys.Count);
    }

    [Fact]
    public void Text_OfTextsThatJoinAlike_Differs()
    {
        var keys = new HashSet<string>
        {
            new RequestKey("speech", null, "ab", null, Speech("{}")).Text,
            new RequestKey("speechab", null, "", null, Speech("{}")).Text,
            new RequestKey("speech", null, "", null, Speech("{}")).Text,
            new RequestKey("speech", null, null, null, Speech("{}")).Text,
        };

        Assert.Equal(4, keys.Count);
    }

    [Fact]
    public void Text_WithHeadersInAnotherOrder_IsTheSame()
    {
        var one = new CCApiRequestOptions { Headers = { ["X-A"] = "1", ["X-B"] = "2" } };
        var other = new CCApiRequestOptions { Headers = { ["x-b"] = "2", ["x-a"] = "1" } };

        Assert.Equal(new RequestKey("k", null, null, one, Speech("{}")).Text, new RequestKey("k", null, null, other, Speech("{}")).Text);
    }

    [Theory]
    [InlineData("half a pair: \ud83d")]
    [InlineData("")]
    public void Text_OfOddTexts_IsMade(string text)
    {
        var request = Speech("{}");
        request.Voice = text;
        request.AdditionalProperties![text] = JsonDocument.Parse("1").RootElement;

        Assert.NotEqual(KeyOf(Speech("{}")), KeyOf(request));
    }

    [Fact]
    public void Text_OfDeepMembers_IsMade()
    {
        var deep = new string('[', 900) + new string(']', 900);
        var element = JsonDocument.Parse(deep, new JsonDocumentOptions { MaxDepth = 1000 }).RootElement;
        var request = Speech("{}");
        request.AdditionalProperties!["deep"] = element;

        Assert.NotEqual(KeyOf(Speech("{}")), KeyOf(request));
    }

    [Fact]
    public void Copy_OfARequest_HasAllThatIsSent()
    {
        var request = Speech("""{"a":{"b":[1]}}""");
        var key = new RequestKey("speech", null, null, null, request);

        var copy = key.Copy(AudioSpeechRequest.ReadFrom);

        Assert.NotSame(request, copy);
        Assert.Equal(JsonSerializer.Serialize(request), JsonSerializer.Serialize(copy));
        Assert.Equal(key.Text, KeyOf(copy));
    }

    private static string KeyOf(AudioSpeechRequest request) => new RequestKey("speech", null, null, null, request).Text;

    private static AudioSpeechRequest Speech(string members) => new()
    {
        Model = "m",
        Input = "Welcome.",
        AdditionalProperties = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(members),
    };
}
