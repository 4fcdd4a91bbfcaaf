using System;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Contract;

public class OperationCallsTests
{
    [Fact]
    public void All_OfTheContract_AreListed()
    {
        var listed = OperationCalls.All.Select(call => call.Operation).Distinct();

        Assert.Equal(ContractFile.Operations.Keys.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task SendAsync_OfEachCall_SendsItsOperation()
    {
        foreach (var call in OperationCalls.All)
        {
            var gateway = new FakeGateway().Respond(400, """{"error":{"message":"No."}}""");
            using var client = gateway.Client();

            await Assert.ThrowsAsync<CCApiBadRequestException>(() => call.SendAsync(client));

            var sent = Assert.Single(gateway.Sent);
            Assert.Equal($"{call}: {call.RequestLine}", $"{call}: {sent.Method} {new Uri(sent.Uri).AbsolutePath.Substring("/v1".Length)}");
        }
    }
}
