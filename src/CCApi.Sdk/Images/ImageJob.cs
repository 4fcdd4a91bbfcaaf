using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>A job that makes images, whether the gateway answered at once or later. Thread-safe. Keep <see cref="Id"/> to take it up again after a restart.</summary>
/// <remarks>
/// It calls only <see cref="ImagesClient.GetJobAsync"/>, so faking that is enough for tests. However many wait for one object at once, the gateway is asked once
/// for all of them, as often as the most eager of them allows; each has their own budget, token and progress, and the asking ends when the last of them leaves.
/// </remarks>
public class ImageJob
{
    private readonly ImagesClient _images;
    private readonly ImageJobPoller _poller;
    private readonly string? _pollPath;

    /// <summary>A job that was started before.</summary>
    /// <param name="images">The client that asks for its state.</param>
    /// <param name="id">The job's id.</param>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public ImageJob(ImagesClient images, string id)
    {
        _images = Require.NotNull(images, nameof(images));
        Id = Require.Text(id, nameof(id));
        _poller = new ImageJobPoller(images.Clock, AskAsync, latest: null);
    }

    /// <summary>A job as the starting call answered it.</summary>
    /// <param name="images">The client that asks for its state.</param>
    /// <param name="answer">The answer.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public ImageJob(ImagesClient images, MultimodalImageGenerationResponse answer)
    {
        _images = Require.NotNull(images, nameof(images));
        Require.NotNull(answer, nameof(answer));
        _poller = new ImageJobPoller(images.Clock, AskAsync, answer);
        Id = string.IsNullOrWhiteSpace(answer.Id) ? ImageJobId.FromPollUrl(answer.PollUrl) : answer.Id;
        _pollPath = Id is null ? images.PollPath(answer.PollUrl) : null;
    }

    /// <summary>The id to take the job up again with; null when the gateway answered at once and gave none.</summary>
    public string? Id { get; }

    /// <summary>The status that was seen last; null before the first.</summary>
    public ImageJobStatus? Status => Latest?.Status;

    /// <summary>The state that was seen last; null before the first.</summary>
    public MultimodalImageGenerationResponse? Latest => _poller.Latest;

    /// <summary>Waits for the images.</summary>
    /// <param name="progress">Told of every state, the last one too.</param>
    /// <param name="waitOptions">How long, and how often to ask.</param>
    /// <param name="cancellationToken">Ends the waiting, not the job.</param>
    /// <exception cref="ImageJobFailedException">The job ended without images.</exception>
    /// <exception cref="CCApiTimeoutException">The budget ran out; the job goes on.</exception>
    /// <exception cref="CCApiException">The state cannot be had.</exception>
    /// <example><code>
    /// var images = await job.WaitAsync(new Progress&lt;MultimodalImageGenerationResponse&gt;(state => Console.WriteLine(state.Status)));
    /// </code></example>
    public async Task<MultimodalImageGenerationResponse> WaitAsync(
        IProgress<MultimodalImageGenerationResponse>? progress = null, ImageJobWaitOptions? waitOptions = null, CancellationToken cancellationToken = default)
    {
        MultimodalImageGenerationResponse? last = null;
        await foreach (var state in WatchAsync(waitOptions, cancellationToken).ConfigureAwait(false))
        {
            progress?.Report(state);
            last = state;
        }

        return ImagePollingPolicy.Judge(last!) == ImagePollingPolicy.Outcome.Done ? last! : throw Failed(last!);
    }

    /// <summary>Every state of the job as it is seen, the last one too, also when it failed.</summary>
    /// <param name="waitOptions">How long, and how often to ask.</param>
    /// <param name="cancellationToken">Ends the watching, not the job.</param>
    /// <exception cref="CCApiTimeoutException">The budget ran out; the job goes on.</exception>
    /// <exception cref="CCApiException">The state cannot be had.</exception>
    /// <example><code>
    /// await foreach (var state in job.WatchAsync())
    /// {
    ///     Console.WriteLine(state.Status);
    /// }
    /// </code></example>
    public IAsyncEnumerable<MultimodalImageGenerationResponse> WatchAsync(ImageJobWaitOptions? waitOptions = null, CancellationToken cancellationToken = default)
    {
        var options = waitOptions ?? new ImageJobWaitOptions();
        options.Check(nameof(waitOptions));
        return WatchCoreAsync(options, cancellationToken);
    }

    private async IAsyncEnumerable<MultimodalImageGenerationResponse> WatchCoreAsync(
        ImageJobWaitOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var budget = new CallBudget(_images.Clock, System.Threading.Timeout.InfiniteTimeSpan, cancellationToken);
        budget.Enter(CCApiTimeoutKind.ImageJob, options.Timeout);
        var maxDelay = options.MaxDelay;
        var (round, state) = _poller.Join(maxDelay);
        try
        {
            while (true)
            {
                if (state is not null)
                {
                    yield return state;
                    if (ImagePollingPolicy.Judge(state) != ImagePollingPolicy.Outcome.Running)
                    {
                        yield break;
                    }
                }

                if (Id is null && _pollPath is null)
                {
                    throw new CCApiProtocolException("The gateway gave neither images nor an id for the job, so its state cannot be asked for.");
                }

                (round, state) = await AskAsync(round, budget).ConfigureAwait(false);
            }
        }
        finally
        {
            _poller.Leave(maxDelay);
        }
    }

    private Task<MultimodalImageGenerationResponse> AskAsync(CancellationToken cancellationToken) =>
        Id is null ? _images.FollowAsync(_pollPath!, cancellationToken) : _images.GetJobAsync(Id, options: null, cancellationToken);

    private async Task<(ImageJobPoller.Round Round, MultimodalImageGenerationResponse? State)> AskAsync(ImageJobPoller.Round previous, CallBudget budget)
    {
        try
        {
            // Who does not wait any more asks nothing.
            budget.Token.ThrowIfCancellationRequested();
            var round = _poller.After(previous);
            return (round, await round.WaitAsync(budget.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException exception)
        {
            throw Ended(budget, exception);
        }
    }

    private Exception Ended(CallBudget budget, OperationCanceledException exception)
    {
        if (budget.Caller.IsCancellationRequested || budget.Expired == CCApiTimeoutKind.None)
        {
            return new OperationCanceledException(exception.Message, exception, budget.Caller);
        }

        return new CCApiTimeoutException(
            FormattableString.Invariant($"The job{NameOf(Id)} was not done after {budget.Limit.TotalSeconds:0.###} s (last status: {Status?.Value ?? "none"}). It goes on: {(Id is null ? "wait again" : $"take it up again with ImagesClient.ResumeJob(\"{Id}\")")}, or raise ImageJobWaitOptions.Timeout."),
            exception)
        {
            Kind = CCApiTimeoutKind.ImageJob,
            Elapsed = budget.Elapsed,
            IsTransient = true,
        };
    }

    private static string? NameOf(string? id) => id is null ? null : $" {id}";

    private ImageJobFailedException Failed(MultimodalImageGenerationResponse state)
    {
        var reason = string.IsNullOrEmpty(state.Error?.Message) ? "the gateway did not say why" : state.Error!.Message;
        return new ImageJobFailedException($"The job{NameOf(Id)} ended as {state.Status?.Value ?? "failed"}: {reason}")
        {
            Job = state,
            GatewayMessage = state.Error?.Message,
            Type = state.Error?.Type?.Value,
            Code = state.Error?.Code?.Value,
            Param = state.Error?.Param,
            Details = state.Error?.Details,
            StatusCode = state.Info?.StatusCode,
            Headers = state.Info?.Headers,
            RequestId = state.Info?.RequestId,
            Attempts = state.Info?.Attempts ?? [],
        };
    }
}
