using System.Collections.Generic;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Failover;

public class FailoverCursorTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FailoverMemory _memory = new();
    private readonly CCApiFailoverOptions _policy = new() { Alternatives = { ["a"] = ["b", "A", "c", "B"] } };

    [Fact]
    public void For_AModelWithAlternatives_GoesThroughThem()
    {
        Assert.Equal(["A", "b", "c"], Models(For("A")!));
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
        Assert.Null(Cursor(request: null, ["b"]));
        Assert.Null(Cursor(new ChatCompletionRequest { Model = "a", Models = ["a", "x"], Messages = [] }, ["b"]));
        Assert.Null(Cursor(new ChatCompletionRequest { Model = "a", Messages = [] }, ofCall: null, new CCApiFailoverOptions()));
    }

    [Fact]
    public void For_ACoolingModel_TriesItLast()
    {
        _memory.Cool(FakeGateway.Key, "a", _time.GetUtcNow().AddSeconds(1), _time.GetUtcNow());

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

    private static List<string> Models(FailoverCursor cursor)
    {
        var models = new List<string> { cursor.Model };
        while (cursor.NextModel is not null)
        {
            cursor.MoveNext();
            models.Add(cursor.Model);
        }

        return models;
    }

    private string Next(IModelChoice request)
    {
        var cursor = Cursor(request, ofCall: null)!;
        cursor.MoveNext();
        var json = Wire.Write(cursor.Request);

        Assert.Equal("a", request.Model);
        return json;
    }

    private FailoverCursor? For(string? model, IReadOnlyList<string>? ofCall = null) => Cursor(new ChatCompletionRequest { Model = model, Messages = [] }, ofCall);

    private FailoverCursor? Cursor(IModelChoice? request, IReadOnlyList<string>? ofCall, CCApiFailoverOptions? failover = null)
    {
        var client = FakeGateway.Options(options => options.TimeProvider = _time);
        foreach (var alternatives in (failover ?? _policy).Alternatives)
        {
            client.Failover.Alternatives.Add(alternatives);
        }

        return FailoverCursor.For(request, new CallSettings(client, new CCApiRequestOptions { FailoverModels = ofCall }), _memory);
    }
}
