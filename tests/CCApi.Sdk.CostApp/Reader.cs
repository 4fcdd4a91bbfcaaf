using System;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.CostApp;

/// <summary>One way of reading, and the response that makes it work hardest.</summary>
/// <param name="Name">The name, as the tests have it.</param>
/// <param name="Start">The start of the body.</param>
/// <param name="Item">What is repeated in it; eight <c>#</c> become a number.</param>
/// <param name="End">The end of the body.</param>
/// <param name="Call">Makes the call.</param>
internal sealed record Reader(string Name, string Start, string Item, string End, Func<CCApiClient, CancellationToken, Task> Call)
{
    /// <summary>The size of the small body; the large one has twice as many bytes.</summary>
    public int Size { get; init; } = 4 * 1024 * 1024;

    /// <summary>How many bytes of memory each byte of the body may take. More than 8 only where the memory is that of the caller's own objects, made from a text of the model, and for reasoning details, each of which is a JSON document.</summary>
    public int MemoryPerByte { get; init; } = 8;

    /// <summary>How many other keys the client has used before the call.</summary>
    public int OtherKeys { get; init; }

    public int Status { get; init; } = 200;

    public string MediaType { get; init; } = "application/json";
}
