using System.Linq;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.StructuredOutput;

public class SupportedFormatsTests
{
    private readonly SupportedFormats _formats = new();

    [Fact]
    public void Get_OfAModel_IsWhatWasAccepted()
    {
        _formats.Set(Request("a"), null, StructuredOutputFormat.Object);

        Assert.Equal(
            [StructuredOutputFormat.Object, StructuredOutputFormat.Object, StructuredOutputFormat.Schema, StructuredOutputFormat.Schema],
            new[] { _formats.Get(Request("a"), "City"), _formats.Get(Request("a"), "Town"), _formats.Get(Request("b"), "City"), _formats.Get(Request("a", "a", "b"), "City") });
    }

    [Fact]
    public void Get_OfAType_IsForThatTypeOnly()
    {
        _formats.Set(Request("a"), "City", StructuredOutputFormat.Text);

        Assert.Equal((StructuredOutputFormat.Text, StructuredOutputFormat.Schema), (_formats.Get(Request("a"), "City"), _formats.Get(Request("a"), "Town")));
    }

    [Fact]
    public void Set_OfManyModels_ForgetsThem()
    {
        foreach (var number in Enumerable.Range(0, SupportedFormats.MaxEntries + 1))
        {
            _formats.Set(Request($"m{number}"), null, StructuredOutputFormat.Object);
        }

        Assert.Equal(StructuredOutputFormat.Schema, _formats.Get(Request("m0"), "City"));
        Assert.Equal(StructuredOutputFormat.Object, _formats.Get(Request($"m{SupportedFormats.MaxEntries}"), "City"));
    }

    private static ChatCompletionRequest Request(string model, params string[] models) => new() { Model = model, Models = models, Messages = [] };
}
