using System.Net;
using System.Text.Json;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.StructuredOutput;

public class SchemaRejectionTests
{
    [Theory]
    [InlineData("m does not support response_format json_schema.")]
    [InlineData("Invalid schema for response_format 'City': 'required' is required to be supplied.")]
    [InlineData("This response format is unavailable now")]
    [InlineData("Structured Outputs are not supported with this model")]
    [InlineData("Unknown name \"anyOf\" at 'generation_config.response_schema'")]
    [InlineData("output_config.format: Extra inputs are not permitted")]
    [InlineData("guided_json is not enabled")]
    public void IsOne_OfARejectedFormat_IsTrue(string message)
    {
        Assert.True(SchemaRejection.IsOne(new CCApiBadRequestException { StatusCode = HttpStatusCode.BadRequest, GatewayMessage = message }));
        Assert.True(SchemaRejection.IsOne(new CCApiBadRequestException { StatusCode = HttpStatusCode.OK, BodySnippet = message }));
        Assert.True(SchemaRejection.IsOne(new CCApiNotFoundException { StatusCode = HttpStatusCode.NotFound, GatewayMessage = message }));
        Assert.True(SchemaRejection.IsOne(new CCApiServerException { StatusCode = HttpStatusCode.NotImplemented, GatewayMessage = message }));
    }

    [Fact]
    public void IsOne_OfTheParameterOrTheCode_IsTrue()
    {
        Assert.True(SchemaRejection.IsOne(new CCApiBadRequestException { GatewayMessage = "Unsupported parameter.", Param = "response_format.type" }));
        Assert.True(SchemaRejection.IsOne(new CCApiBadRequestException { GatewayMessage = "Not supported.", Code = "unsupported_response_format" }));
    }

    [Theory]
    [InlineData("""{"raw":"{\"error\":\"json_schema is not supported\"}"}""", true)]
    [InlineData("""{"raw":{"error":"json_schema"}}""", false)]
    [InlineData("""{"request":{"response_format":{}}}""", false)]
    public void IsOne_OfDetails_IsWhetherTheProviderReportsIt(string details, bool expected)
    {
        var exception = new CCApiBadRequestException
        {
            StatusCode = HttpStatusCode.BadRequest,
            GatewayMessage = "Provider returned error",
            Details = JsonDocument.Parse(details).RootElement,
        };

        Assert.Equal(expected, SchemaRejection.IsOne(exception));
    }

    [Theory]
    [InlineData("Invalid schema for response_format 'City': 'required' is required to be supplied.", true)]
    [InlineData("Unknown name \"anyOf\" at 'generation_config.response_schema'", true)]
    [InlineData("m does not support response_format json_schema.", false)]
    [InlineData("This response format is unavailable now", false)]
    public void IsOfThisSchema_OfARejection_IsWhetherOtherTypesMayWork(string message, bool expected)
    {
        Assert.Equal(expected, SchemaRejection.IsOfThisSchema(new CCApiBadRequestException { GatewayMessage = message }));
        Assert.Equal(expected, SchemaRejection.IsOfThisSchema(new CCApiBadRequestException { BodySnippet = message }));
    }

    [Theory]
    [InlineData("messages must hold at least one message.")]
    [InlineData("max_tokens is too large.")]
    [InlineData("")]
    public void IsOne_OfAnotherMistake_IsFalse(string message) =>
        Assert.False(SchemaRejection.IsOne(new CCApiBadRequestException { StatusCode = HttpStatusCode.BadRequest, GatewayMessage = message, Param = "messages" }));

    [Fact]
    public void IsOne_OfAnotherCause_IsFalse()
    {
        const string Message = "response_format";

        Assert.False(SchemaRejection.IsOne(new CCApiBadRequestException { StatusCode = HttpStatusCode.RequestEntityTooLarge, GatewayMessage = Message }));
        Assert.False(SchemaRejection.IsOne(new CCApiModelUnavailableException { StatusCode = HttpStatusCode.NotFound, GatewayMessage = Message }));
        Assert.False(SchemaRejection.IsOne(new CCApiServerException { StatusCode = HttpStatusCode.InternalServerError, GatewayMessage = Message }));
        Assert.False(SchemaRejection.IsOne(new CCApiRateLimitException { StatusCode = (HttpStatusCode)429, GatewayMessage = Message }));
        Assert.False(SchemaRejection.IsOne(new CCApiBillingException { StatusCode = HttpStatusCode.PaymentRequired, GatewayMessage = Message }));
        Assert.False(SchemaRejection.IsOne(new CCApiBadRequestException { GatewayMessage = "Wrong.", BodySnippet = Message }));
    }
}
