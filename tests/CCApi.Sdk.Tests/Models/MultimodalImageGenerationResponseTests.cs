using System;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class MultimodalImageGenerationResponseTests
{
    [Theory]
    [InlineData("1793701778")]
    [InlineData("\"1793701778\"")]
    [InlineData("1793701778.0")]
    [InlineData("1793701778000")]
    public void CreatedAt_OfAnySpelling_IsTheDate(string created)
    {
        var response = Wire.Read<MultimodalImageGenerationResponse>($"{{\"created\":{created}}}");

        Assert.Equal(new DateTimeOffset(2026, 11, 3, 10, 29, 38, TimeSpan.Zero), response.CreatedAt);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"created\":null}")]
    [InlineData("{\"created\":0}")]
    [InlineData("{\"created\":\"soon\"}")]
    public void CreatedAt_OfNoDate_IsNull(string json)
    {
        var response = Wire.Read<MultimodalImageGenerationResponse>(json);

        Assert.Null(response.CreatedAt);
    }
}
