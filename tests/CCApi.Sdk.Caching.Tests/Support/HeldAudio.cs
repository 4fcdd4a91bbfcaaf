using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Caching.Tests.Support;

/// <summary>Speech that is synthesized when the test says so.</summary>
internal sealed class HeldAudio : AudioClient
{
    private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the first call was sent.</summary>
    public Task Sent => _sent.Task;

    public List<AudioSpeechRequest> Requests { get; } = [];

    /// <summary>What the calls fail with; null for a success.</summary>
    public Func<CCApiRequestOptions?, Exception?> Failure { get; set; } = _ => null;

    /// <summary>The model that the call failed over to; null for none.</summary>
    public string? FailedOverTo { get; set; }

    public void Release() => _released.SetResult();

    public override async Task<AudioSpeechResponse> CreateSpeechAsync(
        AudioSpeechRequest request, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        lock (Requests)
        {
            Requests.Add(request);
        }

        _sent.TrySetResult();
        await _released.Task.WaitAsync(cancellationToken);
        if (Failure(options) is { } failure)
        {
            throw failure;
        }

        return new AudioSpeechResponse
        {
            Format = "mp3",
            B64Audio = new Base64Data([1, 2, 3]),
            Info = new CCApiResponseInfo
            {
                Cost = new CCApiCost(2, "credits", CostSource.Reported),
                Attempts = [new CCApiAttempt { Number = 1, Model = FailedOverTo }],
            },
        };
    }
}
