using System.Collections.Generic;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Failover;

public class FailoverRouteTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly CCApiFailoverOptions _policy = new() { Alternatives = { ["a"] = ["b", "A", "c", "B"] } };

    [Fact]
    public void For_AModelWithAlternatives_GoesThroughThem()
    {
        var route = For("A")!;

        Assert.Equal(["A", "b", "c"], Models(route));
    }

    [Fact]
    public void For_ACall_TakesItsAlternatives() => Assert.Equal(["a", "d"], Models(For("a", ["d"])!));

    [Theory]
    [InlineData("z")]
    [InlineData("")]
    [InlineData(null)]
    public void For_AModelWithoutAlternatives_IsNull(string? model) => Assert.Null(For(model));

    [Fact]
    public void For_ACallWithoutAny_IsNull()
    {
        Assert.Null(For("a", []));
        Assert.Null(For("a", ["A"]));
        Assert.Null(FailoverRoute.For(request: null, _policy, ["b"], _time));
        Assert.Null(FailoverRoute.For(new ChatCompletionRequest { Model = "a", Models = ["a", "x"], Messages = [] }, _policy, ["b"], _time));
        Assert.Null(FailoverRoute.For(new ChatCompletionRequest { Model = "a", Messages = [] }, new CCApiFailoverOptions(), ofCall: null, _time));
    }

    [Fact]
    public void For_ACoolingModel_TriesItLast()
    {
        _policy.Memory.Cool("a", _time.GetUtcNow().AddSeconds(1));

        Assert.Equal(["b", "c", "a"], Models(For("a")!));
    }

    [Fact]
    public void Request_OfEachKind_IsACopyForTheModel()
    {
        Assert.Equal("""{"model":"b","messages":[{"role":"user","content":"Hi"}]}""", Next(new ChatCompletionRequest { Model = "a", Messages = [ChatMessage.User("Hi")] }));
        Assert.Equal("""{"model":"b","input":"Hi"}""", Next(new AudioSpeechRequest { Model = "a", Input = "Hi" }));
        Assert.Equal("""{"model":"b","prompt":"Hi"}""", Next(new LegacyImageGenerationRequest { Model = "a", Prompt = "Hi" }));
        Assert.Equal("""{"contents":[{"text":"Hi"}],"model":"b"}""", Next(new MultimodalImageGenerationRequest { Model = "a", Contents = [new MultimodalInputContent { Text = "Hi" }] }));
    }

    private static List<string> Models(FailoverRoute route)
    {
        var models = new List<string> { route.Model };
        while (route.HasNext)
        {
            route.Next();
            models.Add(route.Model);
        }

        return models;
    }

    private string Next(IModelChoice request)
    {
        var route = FailoverRoute.For(request, _policy, ofCall: null, _time)!;
        route.Next();
        var json = Wire.Write(route.Request);

        Assert.Equal("a", request.Model);
        return json;
    }

    private FailoverRoute? For(string? model, IReadOnlyList<string>? ofCall = null) =>
        FailoverRoute.For(new ChatCompletionRequest { Model = model, Messages = [] }, _policy, ofCall, _time);
}
