using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using NJsonSchema;
using NSwag;
using Xunit;

namespace CCApi.Sdk.Tests.Contract;

/// <summary>Every example follows the schema that its name says.</summary>
public class ExampleSchemaTests
{
    private static readonly Task<OpenApiDocument> _contract = Load();

    public static TheoryData<string> Files => Example.Rows();

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Example_OfASchema_FollowsIt(string file)
    {
        foreach (var document in Example.Load(file).Documents)
        {
            var errors = await Validate(document.Schema, document.Json);

            Assert.Empty(errors);
        }
    }

    [Theory]
    [InlineData(nameof(ErrorObject), """{"message":7,"type":"t"}""")]
    [InlineData(nameof(ErrorObject), """{"type":"t"}""")]
    [InlineData(nameof(ErrorResponse), """{"error":{"message":["m"],"type":"t"}}""")]
    [InlineData(nameof(ChatCompletionRequest), """{"model":"m"}""")]
    [InlineData(nameof(ChatCompletionRequest), """{"model":"m","messages":{}}""")]
    [InlineData(nameof(ChatCompletionRequest), """{"model":"m","messages":[{"role":"user","content":7}]}""")]
    [InlineData(nameof(ChatCompletionRequest), """{"model":"m","messages":[],"temperature":"warm"}""")]
    [InlineData(nameof(ChatCompletionRequest), """{"model":"m","messages":[],"tools":[{"type":"function","function":{}}]}""")]
    [InlineData(nameof(ChatCompletionResponse), """{"id":"i","choices":[],"usage":7}""")]
    [InlineData(nameof(ChatCompletionResponse), """{"id":"i","choices":[],"usage":{"total_tokens":"many"}}""")]
    [InlineData(nameof(ModelListResponse), """{"data":[{"id":{}}]}""")]
    [InlineData(nameof(ModelListResponse), "[]")]
    public async Task Validate_OfABadDocument_Complains(string schema, string json)
    {
        var errors = await Validate(schema, json);

        Assert.NotEmpty(errors);
    }

    private static async Task<OpenApiDocument> Load()
    {
        var contract = await OpenApiYamlDocument.FromFileAsync(ContractFile.FileName);
        // The validator takes a maxProperties of 0 for none, so it would let objects into the branch that is for null only.
        foreach (var branch in contract.Components.Schemas.Values.SelectMany(s => s.Properties.Values).SelectMany(p => p.OneOf).Where(b => b.MinProperties > b.MaxProperties))
        {
            branch.Not = new JsonSchema { Type = JsonObjectType.Object };
        }

        return contract;
    }

    private static async Task<IEnumerable<string>> Validate(string schema, string json) =>
        (await _contract).Components.Schemas[schema].Validate(json, SchemaType.OpenApi3).Select(error => error.ToString());
}
