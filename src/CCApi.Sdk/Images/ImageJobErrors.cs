using System;
using System.Globalization;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Creates the exceptions of jobs. Each names the job, so that it can be resumed.</summary>
internal static class ImageJobErrors
{
    public static ImageJobFailedException Failed(string? id, MultimodalImageGenerationResponse state)
    {
        var stated = state.Error is { Message.Length: > 0 } error ? error.Message : state.FailureReason;
        var status = PrintableText.Clean(state.Status?.Value ?? "failed", PrintableText.CodeLength);
        var reason = PrintableText.Clean(stated ?? "the gateway did not say why", PrintableText.MessageLength);

        return new ImageJobFailedException($"{NameOf(id)} ended as {status}: {reason}")
        {
            Job = state,
            GatewayMessage = stated,
            Type = state.Error?.Type?.Value,
            Code = state.Error?.Code?.Value,
            Param = state.Error?.Param,
            Details = state.Error?.Details,
            StatusCode = state.Info?.StatusCode,
            Headers = state.Info?.Headers,
            RequestId = state.Info?.RequestId,
            Attempts = state.Info?.Attempts ?? [],
            Cost = state.Info?.Cost is { Amount: 0 } ? null : state.Info?.Cost,
        };
    }

    public static OperationCanceledException Canceled(
        string? id, CallClock clock, OperationCanceledException cause) =>
        new($"The wait for the job was canceled. {Resume(id)}.", cause, clock.Caller);

    public static ObjectDisposedException Disposed(string? id, Exception cause) =>
        new($"{ProductName.Client} was disposed during the wait for the job. {Resume(id)}.", cause);

    /// <param name="id">The job's id.</param>
    /// <param name="clock">The clock, one budget of which ran out.</param>
    /// <param name="latest">The state that was received last.</param>
    /// <param name="failure">Why the last poll failed; null when it succeeded.</param>
    /// <param name="cause">The cancellation by the budget.</param>
    public static CCApiTimeoutException TimedOut(
        string? id,
        CallClock clock,
        MultimodalImageGenerationResponse? latest,
        CCApiException? failure,
        OperationCanceledException cause)
    {
        var status = PrintableText.Clean(latest?.Status?.Value ?? "none", PrintableText.CodeLength);
        var lastPoll = failure is null ? "" : $" The last poll failed: {failure.Message}";
        var seconds = clock.Limit.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

        return new CCApiTimeoutException(
            $"{NameOf(id)} was not done after {seconds} s (last status: {status}).{lastPoll} "
            + $"{Resume(id)}, or raise ImageJobWaitOptions.Timeout.",
            failure ?? (Exception)cause)
        {
            Kind = CCApiTimeoutKind.ImageJob,
            Elapsed = clock.Elapsed,
            IsTransient = true,
            Cost = CCApiCost.Unknown,
            Attempts = failure?.Attempts ?? latest?.Info?.Attempts ?? [],
        };
    }

    private static string NameOf(string? id) => IsShown(id) ? $"The job {id}" : "The job";

    private static string Resume(string? id)
    {
        var how = IsShown(id) ? $"resume it with {nameof(ImagesClient)}.{nameof(ImagesClient.ResumeJob)}(\"{id}\")" : "wait again";
        return $"It continues: {how}";
    }

    /// <summary>Whether a message shows the id. One that is shortened or changed would resume nothing.</summary>
    private static bool IsShown(string? id) => id is not null && PrintableText.Clean(id, PrintableText.MessageLength) == id;
}
