using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.Tests.Json;

public class WrappingTests
{
    [Fact]
    public void TakeList_OfSeveralNames_TakesTheFirstOfThem()
    {
        var members = Members("""{"result":[{"id":"b"}],"models":[{"id":"a"}],"extra":1}""");

        var list = Wrapping.TakeList(members, ModelSummary.ReadFrom, "models", "result");

        Assert.Equal("a", Assert.Single(list!).Id);
        Assert.Equal(["extra", "result"], members.Keys.OrderBy(k => k, StringComparer.Ordinal));
    }

    [Fact]
    public void TakeList_OfAnotherType_LeavesItAlone()
    {
        var members = Members("""{"models":{"id":"a"},"result":"text"}""");

        var list = Wrapping.TakeList(members, ModelSummary.ReadFrom, "models", "result");

        Assert.Null(list);
        Assert.Equal(2, members.Count);
    }

    [Fact]
    public void TakeList_OfNoMembers_IsNull()
    {
        var list = Wrapping.TakeList(null, ModelSummary.ReadFrom, "models");

        Assert.Null(list);
    }

    [Fact]
    public void TakeObject_UnderItsName_TakesIt()
    {
        var members = Members("""{"data":[1],"provider":{"name":"openai"}}""");

        var provider = Wrapping.TakeObject(members, ProviderSummary.ReadFrom, "data", "provider");

        Assert.Equal("openai", provider?.Name);
        Assert.Equal("data", Assert.Single(members).Key);
    }

    [Fact]
    public void Rest_OfNothing_IsNull()
    {
        var some = Members("""{"extra":1}""");

        Assert.Null(Wrapping.Rest(null));
        Assert.Null(Wrapping.Rest(Members("{}")));
        Assert.Same(some, Wrapping.Rest(some));
    }

    private static Dictionary<string, JsonElement> Members(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(m => m.Name, m => m.Value.Clone(), StringComparer.Ordinal);
    }
}
