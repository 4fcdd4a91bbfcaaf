using System;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.StructuredOutput;

public class ChatStructuredResponseTests
{
    [Fact]
    public void Create_OfAValueAndItsResponses_SumsThem()
    {
        ChatCompletionResponse[] responses = [new() { Usage = new Usage { Cost = 1 } }, new() { Usage = new Usage { Cost = 2 } }];

        var response = new ChatStructuredResponse<int>(42, responses);

        Assert.Equal((42, 3m), (response.Value, response.Usage!.Cost));
        Assert.Same(responses[1], response.Response);
    }

    [Fact]
    public void Create_OfAValueAlone_IsForFakes()
    {
        var response = new ChatStructuredResponse<int>(42, []);

        Assert.Equal((null, null), (response.Response, response.Usage));
        Assert.Throws<ArgumentNullException>(() => new ChatStructuredResponse<int>(42, null!));
    }
}
