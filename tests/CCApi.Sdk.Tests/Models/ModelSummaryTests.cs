using System;
using System.Text;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class ModelSummaryTests
{
    [Theory]
    [InlineData("""{"id":"a","name":"b","model":"c"}""", "a")]
    [InlineData("""{"name":"b","model":"c"}""", "b")]
    [InlineData("""{"model":"c"}""", "c")]
    [InlineData("""{"id":"","name":"","model":"c"}""", "c")]
    [InlineData("""{"id":null,"name":"b"}""", "b")]
    [InlineData("""{"id":7}""", "7")]
    [InlineData("""{"id":""}""", "")]
    [InlineData("""{}""", null)]
    public void Id_OfAnyName_IsTheFirstThatIsNotEmpty(string json, string? expected)
    {
        var model = Wire.Read<ModelSummary>(json);

        Assert.Equal(expected, model.Id);
        Assert.Empty(JsonTree.Differences(json.Replace("7", "\"7\""), Wire.Write(model)));
    }

    [Fact]
    public void Id_WhenSet_IsWritten()
    {
        var model = new ModelSummary { Id = "a", Name = "A" };

        Assert.Equal("a", model.Id);
        Assert.Equal("""{"id":"a","name":"A"}""", Wire.Write(model));
    }

    [Theory]
    [InlineData("""{"id":"a","data":{"id":"b"}}""", "a")]
    [InlineData("""{"success":true,"data":{"id":"b","owned_by":"x"}}""", "b")]
    [InlineData("""{"result":{"name":"b"}}""", "b")]
    [InlineData("""{"data":[{"id":"b"}]}""", null)]
    [InlineData("{}", null)]
    public void ReadSingle_OfAModelInAMember_IsThatModel(string json, string? expected)
    {
        var reader = JsonRead.Of(Encoding.UTF8.GetBytes(json));
        reader.Read();

        var model = ModelSummary.ReadSingle(ref reader);

        Assert.Equal(expected, model!.Id);
    }

    [Theory]
    [InlineData("1793701778")]
    [InlineData("1793701778.0")]
    [InlineData("\"1793701778\"")]
    [InlineData("1793701778000")]
    public void CreatedAt_OfAnySpelling_IsTheDate(string created)
    {
        var model = Wire.Read<ModelSummary>($"{{\"created\":{created}}}");

        Assert.Equal(new DateTimeOffset(2026, 11, 3, 10, 29, 38, TimeSpan.Zero), model.CreatedAt);
    }

    [Fact]
    public void Pricing_OfAnyShape_IsKeptAsItCame()
    {
        const string Json = """{"pricing":{"prompt":"0.00000015","completion":6e-7,"nested":{"image":[1.50]}}}""";

        var model = Wire.Read<ModelSummary>(Json);

        Assert.Equal(Json, Wire.Write(model));
    }
}
