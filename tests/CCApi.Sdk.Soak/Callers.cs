using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Soak;

/// <summary>Callers that make one call after the other, of every kind, and write down what each cost.</summary>
internal sealed class Callers(CCApiClient client, Account account, Statistics statistics, IReadOnlyDictionary<string, decimal> prices)
{
    private const string ChatModel = "openai/gpt-4o-mini";
    private const string ImageModel = "stabilityai/stable-diffusion-xl-1024-v1-0";
    private const string JobModel = "imaginepro/nano-banana";

    private int _number;

    /// <summary>What a call gave: how it came, and what it cost (null when the response does not report it, and 0 for what is free).</summary>
    private sealed record Result(CCApiResponseInfo? Info, decimal? Credits, string Outcome = "ok");

    public Task RunAsync(int count, TimeSpan time)
    {
        var begin = Stopwatch.GetTimestamp();
        return Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(begin) < time)
            {
                await CallAsync(Interlocked.Increment(ref _number));
            }
        })));
    }

    private Task CallAsync(int number) => (number % 20) switch
    {
        < 6 => RunAsync("chat", number, ChatAsync),
        < 11 => RunAsync("stream", number, StreamAsync),
        < 14 => RunAsync("speech", number, SpeechAsync),
        < 16 => RunAsync("image", number, ImageAsync),
        < 18 => RunAsync("job", number, JobAsync),
        _ => RunAsync("catalog", number, CatalogAsync),
    };

    private async Task RunAsync(string kind, int number, Func<int, CCApiRequestOptions, Task<Result>> call)
    {
        var key = FormattableString.Invariant($"soak-{number}");
        var isFree = kind == "catalog";
        try
        {
            // Every fourth allows what may be charged twice to be tried again; the gateway knows the key.
            var result = await call(number, new CCApiRequestOptions { IdempotencyKey = key, RetryPossiblyCharged = number % 4 == 0 });
            statistics.Add(kind, result.Outcome, result.Info?.Attempts);
            if (!isFree)
            {
                account.Add(key, result.Credits is null ? Payment.Unknown : Payment.Paid, result.Credits ?? 0);
            }
        }
        catch (CCApiException exception)
        {
            var payment = Payments.Of(exception);
            statistics.Add(kind, $"{exception.GetType().Name} {(int?)exception.StatusCode} {(isFree ? null : payment)}", exception.Attempts);
            if (!isFree)
            {
                account.Add(key, payment, credits: 0);
            }
        }
#pragma warning disable CA1031 // Whatever else it is, it is what the soak looks for.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            statistics.Surprise(kind, exception);
        }
    }

    private async Task<Result> ChatAsync(int number, CCApiRequestOptions options)
    {
        var response = await client.Chat.CompleteAsync(ChatModel, $"Say something about number {number}.", options);
        return new Result(response.Info, response.Usage?.Cost);
    }

    private async Task<Result> StreamAsync(int number, CCApiRequestOptions options)
    {
        await using var stream = client.Chat.StreamAsync(ChatModel, $"Say something about number {number}.", options);
        if (number % 2 == 0)
        {
            await foreach (var _ in stream.ReadTextAsync())
            {
            }
        }
        else
        {
            await foreach (var _ in stream)
            {
            }
        }

        var response = await stream.GetResponseAsync();
        return new Result(response.Info, response.Usage?.Cost, response.IsTruncated ? "truncated" : "ok");
    }

    private async Task<Result> SpeechAsync(int number, CCApiRequestOptions options)
    {
        var speech = await client.Audio.CreateSpeechAsync("elevenlabs/eleven_turbo_v2", $"Number {number}.", "aria", options);
        return new Result(speech.Info, speech.CreditsCharged, await DownloadAsync(() => client.Audio.OpenReadAsync(speech)));
    }

    private async Task<Result> ImageAsync(int number, CCApiRequestOptions options)
    {
        var request = new LegacyImageGenerationRequest { Model = ImageModel, Prompt = $"{number}", Size = "16x16" };
        var images = await client.Images.GenerateAsync(request, options);
        return new Result(images.Info, prices[ImageModel] * images.Data!.Count, await DownloadAsync(() => client.Images.OpenReadAsync(images.Data[0])));
    }

    private async Task<Result> JobAsync(int number, CCApiRequestOptions options)
    {
        var request = new MultimodalImageGenerationRequest
        {
            Model = JobModel,
            Contents = [new MultimodalInputContent { Text = $"{number}" }],
            Parameters = new MultimodalImageParameters { Width = 16, Height = 16 },
        };
        var job = await client.Images.StartAsync(request, options);
        var images = await job.WaitAsync();
        return new Result(images.Info, prices[JobModel] * images.Data!.Count, await DownloadAsync(() => client.Images.OpenReadAsync(images.Data[0])));
    }

    private async Task<Result> CatalogAsync(int number, CCApiRequestOptions options)
    {
        var info = (number % 4) switch
        {
            0 => (await client.Catalog.ListModelsAsync(new ModelListQuery { Type = "image" }, options)).Info,
            1 => (await client.Catalog.ListProvidersAsync(options)).Info,
            2 => (await client.Catalog.GetModelAsync("openai/gpt-4o-mini", options)).Info,
            _ => (await client.Catalog.GetProviderAsync("openai", options)).Info,
        };
        return new Result(info, Credits: 0);
    }

    /// <summary>Reads a file. What it was made for is paid, whether it comes or not.</summary>
    private static async Task<string> DownloadAsync(Func<Task<MediaStream>> open)
    {
        try
        {
            await using var file = await open();
            await file.CopyToAsync(Stream.Null);
            return "ok";
        }
        catch (CCApiException exception)
        {
            return $"paid, but the download failed: {exception.GetType().Name} {(int?)exception.StatusCode}";
        }
    }
}
