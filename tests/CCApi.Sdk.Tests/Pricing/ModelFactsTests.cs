using System.Linq;
using System.Text.Json;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.Tests.Pricing;

public class ModelFactsTests
{
    [Theory]
    [InlineData("""{"id":"a","ccapi":{"capabilities":{"context_length":5}},"context_length":7}""", 5L)]
    [InlineData("""{"id":"a","context_length":"7"}""", 7L)]
    [InlineData("""{"id":"a","context_window":7}""", 7L)]
    [InlineData("""{"id":"a","max_context_length":7}""", 7L)]
    [InlineData("""{"id":"a","max_model_len":7}""", 7L)]
    [InlineData("""{"id":"a","top_provider":{"context_length":7}}""", 7L)]
    [InlineData("""{"id":"a","context_length":0}""", null)]
    [InlineData("""{"id":"a","context_length":{}}""", null)]
    [InlineData("""{"id":"a"}""", null)]
    public void ContextLength_UnderAnyName_IsRead(string json, long? expected) => Assert.Equal(expected, ModelFacts.ContextLength(Model(json)));

    [Theory]
    [InlineData("""{"id":"a","top_provider":{"max_completion_tokens":7}}""", 7L)]
    [InlineData("""{"id":"a","max_output_tokens":7}""", 7L)]
    [InlineData("""{"id":"a","top_provider":{"max_completion_tokens":null}}""", null)]
    public void MaxOutputTokens_UnderAnyName_IsRead(string json, long? expected) => Assert.Equal(expected, ModelFacts.MaxOutputTokens(Model(json)));

    [Theory]
    [InlineData("""{"id":"a","capabilities":{"function_calling":true}}""", true)]
    [InlineData("""{"id":"a","capabilities":{"function_calling":false},"supported_parameters":["tools"]}""", false)]
    [InlineData("""{"id":"a","supported_parameters":["max_tokens","tools"]}""", true)]
    [InlineData("""{"id":"a","supported_parameters":["max_tokens"]}""", false)]
    [InlineData("""{"id":"a","supported_features":["tools"]}""", true)]
    [InlineData("""{"id":"a","supported_parameters":"tools"}""", null)]
    [InlineData("""{"id":"a"}""", null)]
    public void Tools_InAnyForm_AreRead(string json, bool? expected) => Assert.Equal(expected, ModelFacts.Tools(Model(json)));

    [Theory]
    [InlineData("""{"id":"a","ccapi":{"type":"chat"}}""", "text", "text")]
    [InlineData("""{"id":"a","ccapi":{"type":"text","capabilities":{"vision":true}}}""", "text image", "text")]
    [InlineData("""{"id":"a","type":"language"}""", "text", "text")]
    [InlineData("""{"id":"a","ccapi":{"type":"music"}}""", "text", "audio")]
    [InlineData("""{"id":"a","ccapi":{"type":"video","input_modalities":["image"]}}""", "image", "video")]
    [InlineData("""{"id":"a","architecture":{"input_modalities":["text","file",null,{}],"output_modalities":["text"]}}""", "text file", "text")]
    [InlineData("""{"id":"a","type":"base"}""", "", "")]
    [InlineData("""{"id":"a","architecture":"transformer"}""", "", "")]
    public void Modalities_InAnyForm_AreRead(string json, string inputs, string outputs)
    {
        var model = Model(json);

        Assert.Equal(inputs, string.Join(" ", ModelFacts.InputModalities(model).Select(modality => modality.Value)));
        Assert.Equal(outputs, string.Join(" ", ModelFacts.OutputModalities(model).Select(modality => modality.Value)));
    }

    [Theory]
    [InlineData("""{"id":"acme/one","provider":{"name":"other"},"owned_by":"third"}""", "other")]
    [InlineData("""{"id":"acme/one","owned_by":"third"}""", "acme")]
    [InlineData("""{"id":"one","owned_by":"third"}""", "third")]
    [InlineData("""{"id":"one"}""", null)]
    public void Provider_OfAModel_IsTheMostCertain(string json, string? expected) => Assert.Equal(expected, ModelFacts.Provider(Model(json)));

    private static ModelSummary Model(string json) => JsonSerializer.Deserialize<ModelSummary>(json)!;
}
