using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Contract;

public class OperationCallsTests
{
    private const string Unauthorized = """{"error":{"message":"Invalid token","type":"invalid_request_error","code":"unauthorized"}}""";

    /// <summary>A success of every operation.</summary>
    private const string Success = """
        {
          "id": "a-1", "status": "completed", "audio": "SUQz",
          "choices": [{"message":{"role":"assistant","content":"Hello!"},"finish_reason":"stop"}],
          "data": [{"id":"a-1","url":"https://media.test/a.png"}]
        }
        """;

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
            Assert.Equal($"{call}: {call.RequestLine}", $"{call}: {LineOf(sent)}");
        }
    }

    [Fact]
    public async Task SendAsync_OfEachCallWhoseKeyIsRejected_SendsTheSameWithTheNewKey()
    {
        foreach (var call in OperationCalls.All)
        {
            var gateway = new FakeGateway().Respond(401, Unauthorized).Respond(200, Success);
            var keys = 0;
            using var client = gateway.Client(options => options.ApiKeyProvider = _ => new($"sk-key-{++keys}"));

            await Patience.Wait(call.SendAsync(client));

            Assert.Equal(
                [$"{call}: {call.RequestLine} Bearer sk-key-1", $"{call}: {call.RequestLine} Bearer sk-key-2"],
                gateway.Sent.Select(sent => $"{call}: {LineOf(sent)} {sent.Header("Authorization")}"));
            var (first, second) = (gateway.Sent[0], gateway.Sent[1]);
            Assert.Equal((first.Body, first.Header("Idempotency-Key")), (second.Body, second.Header("Idempotency-Key")));
        }
    }

    [Fact]
    public async Task SendAsync_OfEachCallWithACanceledToken_SendsNothing()
    {
        var canceled = new CancellationToken(canceled: true);
        foreach (var call in OperationCalls.All)
        {
            var gateway = new FakeGateway().Respond(200, Success);
            using var client = gateway.Client();

            var exception = await Record.ExceptionAsync(() => Patience.Wait(call.SendAsync(client, canceled)));

            var (token, sent) = ((exception as OperationCanceledException)?.CancellationToken, gateway.Sent.Count);
            Assert.Equal(($"{call}", canceled, 0), ($"{call}", token, sent));
        }
    }

    [Fact]
    public async Task SendAsync_OfEachCallCanceledWhileItWaitsForTheResponse_IsCanceledByTheCallersToken()
    {
        foreach (var call in OperationCalls.All)
        {
            var gateway = new FakeGateway().Hang();
            using var client = gateway.Client();
            using var cancellation = new CancellationTokenSource();

            var sending = call.SendAsync(client, cancellation.Token);
            await gateway.Received(1);
            cancellation.Cancel();
            var exception = await Record.ExceptionAsync(() => Patience.Wait(sending));

            var token = (exception as OperationCanceledException)?.CancellationToken;
            Assert.Equal(($"{call}", cancellation.Token, 1), ($"{call}", token, gateway.Sent.Count));
        }
    }

    private static string LineOf(Sent sent) => $"{sent.Method} {new Uri(sent.Uri).AbsolutePath.Substring("/v1".Length)}";
}
