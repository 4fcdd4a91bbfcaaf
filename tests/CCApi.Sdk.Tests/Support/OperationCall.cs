using System;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Tests.Support;

/// <summary>A call of one operation of the contract.</summary>
/// <param name="Operation">The operation as the contract names it, such as <c>GET /models/{id}</c>.</param>
/// <param name="Send">Sends the call, with <see cref="Id"/> for whatever the path names.</param>
internal sealed record OperationCall(string Operation, Func<CCApiClient, CancellationToken, Task> Send)
{
    public const string Id = "a-1";

    public bool IsStream { get; init; }

    /// <summary>Method and path as they are sent, below the base address.</summary>
    public string RequestLine => Regex.Replace(Operation, @"\{\w+\}", Id);

    public Task SendAsync(CCApiClient client, CancellationToken cancellationToken = default) => Send(client, cancellationToken);

    public override string ToString() => IsStream ? Operation + ", streamed" : Operation;
}
