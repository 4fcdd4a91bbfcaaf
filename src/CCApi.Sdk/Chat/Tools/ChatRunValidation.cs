using System;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>What a run must have before it begins, and what its request must leave to it.</summary>
internal static class ChatRunValidation
{
    /// <exception cref="ArgumentException">Something is missing, out of range or set that the run decides.</exception>
    public static void Check(ChatCompletionRequest request, ChatTools tools, ChatRunOptions options)
    {
        ChatRequestValidation.Check(request);
        Require.NotNull(tools, nameof(tools));

        options.Check("runOptions");
        if (request.Stream == true)
        {
            throw new ArgumentException(
                "The request has Stream = true: set ChatRunOptions.Stream instead.", nameof(request));
        }

        if (request.Tools is { Count: > 0 })
        {
            throw new ArgumentException(
                "The request has tools of its own, which the run could not call: add them to the ChatTools.",
                nameof(request));
        }

        if (request.N > 1)
        {
            throw new ArgumentException(
                "The request sets N to more than 1, but a run uses one choice: leave N unset.",
                nameof(request));
        }
    }
}
