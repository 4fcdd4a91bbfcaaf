using System;
using System.Linq;
using System.Text.Json;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.Tests.Catalog;

public class ModelQueryTests
{
    private static readonly ModelCatalog _catalog = ModelCatalog.FromModels(new[]
    {
        """{"id":"a/dear","ccapi":{"type":"text","input_modalities":["text","image"],"capabilities":{"context_length":200000,"max_output_tokens":8000,"function_calling":true,"json_mode":true},"pricing":{"unit":"1M tokens","input":3,"output":15}}}""",
        """{"id":"a/cheap","ccapi":{"type":"text","input_modalities":["text","image"],"capabilities":{"context_length":100000,"function_calling":true},"pricing":{"unit":"1M tokens","input":1,"output":2}}}""",
        """{"id":"b/cheap","ccapi":{"type":"text","input_modalities":["text","image"],"capabilities":{"context_length":100000,"function_calling":true},"pricing":{"unit":"1M tokens","input":1,"output":2}}}""",
        """{"id":"b/small","ccapi":{"type":"text","capabilities":{"context_length":99999,"function_calling":true},"pricing":{"unit":"1M tokens","input":0.1,"output":0.1}}}""",
        """{"id":"b/toolless","ccapi":{"type":"text","input_modalities":["text","image"],"capabilities":{"context_length":1000000,"function_calling":false},"pricing":{"unit":"1M tokens","input":0.1,"output":0.1}}}""",
        """{"id":"b/credits","ccapi":{"type":"text","capabilities":{"function_calling":true},"pricing":{"unit":"1M tokens","currency":"credits","input":0.1,"output":0.1}}}""",
        """{"id":"c/bare","object":"model"}""",
        """{"id":"c/banana","ccapi":{"type":"image","pricing":{"unit":"image","output":0.03}}}""",
        """{"id":"c/painter","ccapi":{"type":"image","pricing":{"unit":"image","output":0.01}}}""",
        """{"id":"d/foreign","context_length":128000,"architecture":{"input_modalities":["text","image"],"output_modalities":["text"]},"supported_parameters":["tools","structured_outputs"],"pricing":{"prompt":"0.000002","completion":"0.000002"}}""",
    }.Select(json => JsonSerializer.Deserialize<ModelSummary>(json)!));

    [Fact]
    public void Find_OfTheWholeQuery_IsTheCheapestFirst()
    {
        var found = _catalog.Find(q => q.Input(Modality.Image).MinContext(100_000).WithTools().CheapestFor(promptTokens: 2000, completionTokens: 500));

        Assert.Equal(["a/cheap", "b/cheap", "d/foreign", "a/dear"], found.Select(model => model.Id));
    }

    [Fact]
    public void Find_OfEachCondition_LeavesOutTheOthers()
    {
        Assert.Equal(10, Ids(q => q).Length);
        Assert.Equal(["c/banana", "c/painter"], Ids(q => q.Output(Modality.Image)));
        Assert.Equal(["c/banana", "c/painter"], Ids(q => q.OfType(ModelType.Image)));
        Assert.Equal(["a/dear", "a/cheap"], Ids(q => q.OfProvider("A")));
        Assert.Equal(["b/toolless"], Ids(q => q.MinContext(200_001)));
        Assert.Equal(["a/dear"], Ids(q => q.MinOutput(8000)));
        Assert.Equal(["a/dear", "d/foreign"], Ids(q => q.WithJsonMode()));
        Assert.Equal(["c/bare"], Ids(q => q.Where(model => model.Type is null && model.ContextLength is null)));
    }

    [Fact]
    public void CheapestFor_OfAnotherUsageOrCurrency_ComparesInIt()
    {
        Assert.Equal(["c/painter", "c/banana"], Ids(q => q.CheapestFor(PricedUsage.ForImages(1))));
        Assert.Equal(["b/credits"], Ids(q => q.CheapestFor(1, 1, "credits")));
    }

    [Fact]
    public void Query_OfWrongArguments_IsRejected()
    {
        Assert.Throws<ArgumentException>(() => _catalog.Find(q => q.OfProvider(" ")));
        Assert.Throws<ArgumentNullException>(() => _catalog.Find(q => q.Where(null!)));
        Assert.Throws<ArgumentNullException>(() => _catalog.Find(q => q.CheapestFor(null!)));
        Assert.Throws<ArgumentException>(() => _catalog.Find(q => q.CheapestFor(1, 1, "")));
    }

    private static string[] Ids(Func<ModelQuery, ModelQuery> query) => [.. _catalog.Find(query).Select(model => model.Id)];
}
