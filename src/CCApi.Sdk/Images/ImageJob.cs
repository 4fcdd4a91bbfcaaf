using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// A job that creates images, whether the gateway returned them at once or later. Thread-safe. Keep <see cref="Id"/> to resume it
/// after a restart.
/// </summary>
/// <remarks>
/// It calls only <see cref="ImagesClient.GetJobAsync"/>, so faking that is enough for tests, with the key, headers and budgets
/// that it was started with. However many wait for one object at once, the gateway is polled once for all of them, as often as
/// the most eager of those who wait at that moment allows; each has their own budget, token and progress, and the polling ends
/// when the last of them leaves.
/// </remarks>
public class ImageJob
{
    private readonly ImagesClient _images;
    private readonly ImageJobPoller _poller;
    private readonly CCApiRequestOptions? _options;
    private readonly string? _pollPath;
    private readonly PendingCharge? _charge;

    /// <summary>Creates a job that was started before.</summary>
    /// <param name="images">The client that polls its state.</param>
    /// <param name="id">The job's id.</param>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public ImageJob(ImagesClient images, string id)
        : this(images, id, options: null)
    {
    }

    /// <summary>Creates a job from the response of the call that started it.</summary>
    /// <param name="images">The client that polls its state.</param>
    /// <param name="answer">The response.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public ImageJob(ImagesClient images, MultimodalImageGenerationResponse answer)
        : this(images, Require.NotNull(answer, nameof(answer)), options: null)
    {
    }

    /// <param name="images">The client that polls its state.</param>
    /// <param name="id">The job's id.</param>
    /// <param name="options">The options of every poll; the job owns them.</param>
    internal ImageJob(ImagesClient images, string id, CCApiRequestOptions? options)
    {
        _images = Require.NotNull(images, nameof(images));
        Id = Require.Text(id, nameof(id));
        _options = options;
        _poller = new ImageJobPoller(images.Clock, PollAsync, latest: null);
    }

    /// <param name="images">The client that polls its state.</param>
    /// <param name="response">The response of the call that started it.</param>
    /// <param name="options">The options of every poll; the job owns them.</param>
    internal ImageJob(
        ImagesClient images, MultimodalImageGenerationResponse response, CCApiRequestOptions? options)
    {
        _images = Require.NotNull(images, nameof(images));
        _options = options;
        _poller = new ImageJobPoller(images.Clock, PollAsync, response);
        _charge = ((IPendingResponse)response).Charge as PendingCharge;
        Id = ImageJobId.Of(response);

        if (Id is null)
        {
            _pollPath = ImageJobId.PathFrom(images.BaseAddress, response.PollUrl);
        }
    }

    /// <summary>The id to resume the job with; null when the gateway returned the images at once, without an id.</summary>
    public string? Id { get; }

    /// <summary>The status that was received last; null before the first.</summary>
    public ImageJobStatus? Status => Latest?.Status;

    /// <summary>The state that was received last; null before the first.</summary>
    public MultimodalImageGenerationResponse? Latest => _poller.Latest;

    /// <summary>Waits for the images.</summary>
    /// <param name="progress">Receives every state, the last one too.</param>
    /// <param name="waitOptions">How long to wait, and how often to poll.</param>
    /// <param name="cancellationToken">Cancels the waiting, not the job.</param>
    /// <exception cref="ImageJobFailedException">The job ended without images.</exception>
    /// <exception cref="CCApiTimeoutException">
    /// The budget ran out; the job continues. Its inner exception is why the last poll failed, if it did.
    /// </exception>
    /// <exception cref="CCApiException">The state could not be retrieved.</exception>
    /// <example><code>
    /// var images = await job.WaitAsync(new Progress&lt;MultimodalImageGenerationResponse&gt;(state => Console.WriteLine(state.Status)));
    /// </code></example>
    public async Task<MultimodalImageGenerationResponse> WaitAsync(
        IProgress<MultimodalImageGenerationResponse>? progress = null,
        ImageJobWaitOptions? waitOptions = null,
        CancellationToken cancellationToken = default)
    {
        MultimodalImageGenerationResponse? last = null;
        await foreach (var state in WatchAsync(waitOptions, cancellationToken).ConfigureAwait(false))
        {
            progress?.Report(state);
            last = state;
        }

        if (ImagePollingPolicy.Judge(last!) != ImagePollingPolicy.JobOutcome.Done)
        {
            throw ImageJobErrors.Failed(Id, last!);
        }

        return last!;
    }

    /// <summary>Returns every state of the job as it is received, the last one too, also when it failed.</summary>
    /// <param name="waitOptions">How long to wait, and how often to poll.</param>
    /// <param name="cancellationToken">Cancels the watching, not the job.</param>
    /// <exception cref="CCApiTimeoutException">
    /// The budget ran out; the job continues. Its inner exception is why the last poll failed, if it did.
    /// </exception>
    /// <exception cref="CCApiException">The state could not be retrieved.</exception>
    /// <example><code>
    /// await foreach (var state in job.WatchAsync())
    /// {
    ///     Console.WriteLine(state.Status);
    /// }
    /// </code></example>
    public IAsyncEnumerable<MultimodalImageGenerationResponse> WatchAsync(
        ImageJobWaitOptions? waitOptions = null, CancellationToken cancellationToken = default)
    {
        var options = (waitOptions ?? new ImageJobWaitOptions()).Clone();
        options.Check(nameof(waitOptions));

        return WatchCoreAsync(options, cancellationToken);
    }

    private async IAsyncEnumerable<MultimodalImageGenerationResponse> WatchCoreAsync(
        ImageJobWaitOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var clock = new CallClock(
            _images.Clock, System.Threading.Timeout.InfiniteTimeSpan, start: null, cancellationToken, _images.Closed);
        clock.Enter(CCApiTimeoutKind.ImageJob, options.Timeout);
        var (round, state) = _poller.Join(options.MaxDelay);

        try
        {
            while (true)
            {
                if (state is not null)
                {
                    var hasEnded = ImagePollingPolicy.Judge(state) != ImagePollingPolicy.JobOutcome.Running;
                    if (hasEnded)
                    {
                        await SettleAsync(state).ConfigureAwait(false);
                    }

                    yield return state;
                    if (hasEnded)
                    {
                        yield break;
                    }
                }

                if (Id is null && _pollPath is null)
                {
                    throw new CCApiProtocolException(
                        "The gateway returned neither images nor an id for the job, so its state cannot be polled.");
                }

                (round, state) = await NextAsync(round, clock).ConfigureAwait(false);
            }
        }
        finally
        {
            _poller.Leave(options.MaxDelay);
        }
    }

    /// <summary>The job was charged when it was started; how it ended decides what it cost.</summary>
    private async ValueTask SettleAsync(MultimodalImageGenerationResponse state)
    {
        if (_charge is not null)
        {
            var isRefunded = ImagePollingPolicy.Judge(state) == ImagePollingPolicy.JobOutcome.Failed;
            var cost = await _charge.SettleAsync(state, isRefunded).ConfigureAwait(false);
            state.Info ??= new CCApiResponseInfo();
            state.Info.Cost = cost;
        }
    }

    private Task<MultimodalImageGenerationResponse> PollAsync(CancellationToken cancellationToken)
    {
        if (Id is null)
        {
            return _images.FollowAsync(_pollPath!, _options, cancellationToken);
        }

        return _images.GetJobAsync(Id, _options, cancellationToken);
    }

    private async Task<(ImageJobPoller.Round Round, MultimodalImageGenerationResponse? State)> NextAsync(
        ImageJobPoller.Round previous, CallClock clock)
    {
        try
        {
            // A waiter that has left polls nothing.
            clock.Token.ThrowIfCancellationRequested();
            var round = _poller.After(previous);

            return (round, await round.WaitAsync(clock.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException exception)
        {
            if (clock.IsClosed && !clock.Caller.IsCancellationRequested)
            {
                throw ImageJobErrors.Disposed(Id, exception);
            }

            var isCanceled = clock.Caller.IsCancellationRequested || clock.Expired == CCApiTimeoutKind.None;
            if (isCanceled)
            {
                throw ImageJobErrors.Canceled(Id, clock, exception);
            }

            throw ImageJobErrors.TimedOut(Id, clock, Latest, _poller.Failure, exception);
        }
    }
}
