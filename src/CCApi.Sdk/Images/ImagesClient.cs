using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Images: at once, or as jobs that take a while. Thread-safe; for fakes, derive from it and override.</summary>
public partial class ImagesClient
{
    private readonly CCApiTransport? _transport;

    internal ImagesClient(CCApiTransport transport) => _transport = transport;

    /// <summary>For fakes: every method that is used must be overridden. An <see cref="ImageJob"/> calls only <see cref="GetJobAsync"/>.</summary>
    protected ImagesClient()
    {
    }

    /// <summary>The clock of the jobs.</summary>
    internal TimeProvider Clock => _transport?.Options.TimeProvider ?? TimeProvider.System;

    private CCApiTransport Transport => _transport ?? throw CCApiClient.IsFake();

    /// <summary>Makes images by the OpenAI-compatible operation, which answers when they are done.</summary>
    /// <param name="request">What to make. It is not changed.</param>
    /// <param name="options">What differs for this call.</param>
    /// <param name="cancellationToken">Cancels the call; the gateway may still charge it.</param>
    /// <exception cref="ArgumentException">The model or the prompt is empty.</exception>
    /// <exception cref="CCApiException">The call failed; the type tells how.</exception>
    /// <example><code>
    /// var images = await client.Images.GenerateAsync(new LegacyImageGenerationRequest { Model = "openai/gpt-image-1", Prompt = "A fox.", N = 2 });
    /// await client.Images.SaveAsync(images.Data![0], "fox");
    /// </code></example>
    public virtual Task<LegacyImageGenerationResponse> GenerateAsync(
        LegacyImageGenerationRequest request, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        Require.NotNull(request, nameof(request));
        Require.Text(request.Model, nameof(request) + ".Model");
        Require.Text(request.Prompt, nameof(request) + ".Prompt");
        return Transport.SendAsync(
            ApiRequest.Post("images/generations", request), LegacyImageGenerationResponse.ReadFrom, options, cancellationToken);
    }

    /// <summary>Makes one image by the OpenAI-compatible operation.</summary>
    /// <param name="model">The model's id.</param>
    /// <param name="prompt">What it shows.</param>
    /// <param name="options">What differs for this call.</param>
    /// <param name="cancellationToken">Cancels the call; the gateway may still charge it.</param>
    /// <exception cref="ArgumentException">The model or the prompt is empty.</exception>
    /// <exception cref="CCApiException">The call failed; the type tells how.</exception>
    /// <example><code>
    /// var images = await client.Images.GenerateAsync("openai/gpt-image-1", "A fox.");
    /// </code></example>
    public virtual Task<LegacyImageGenerationResponse> GenerateAsync(string model, string prompt, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default) =>
        GenerateAsync(
            new LegacyImageGenerationRequest { Model = Require.Text(model, nameof(model)), Prompt = Require.Text(prompt, nameof(prompt)) }, options, cancellationToken);

    /// <summary>Makes images by the multimodal operation: starts, waits for the job if there is one, and returns the finished images.</summary>
    /// <param name="request">What to make. It is not changed.</param>
    /// <param name="options">What differs for the starting call.</param>
    /// <param name="cancellationToken">Cancels the waiting, not the job.</param>
    /// <exception cref="ArgumentException">The request has no contents, or a mask without an image.</exception>
    /// <exception cref="ImageJobFailedException">The job ended without images.</exception>
    /// <exception cref="CCApiException">The call failed; the type tells how.</exception>
    /// <example><code>
    /// var images = await client.Images.GenerateAsync(MultimodalImageGenerationRequest.FromPrompt("A fox.").WithAspectRatio("16:9"));
    /// </code></example>
    public virtual async Task<MultimodalImageGenerationResponse> GenerateAsync(
        MultimodalImageGenerationRequest request, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        var job = await StartAsync(request, options, cancellationToken).ConfigureAwait(false);
        return await job.WaitAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts a job by the multimodal operation. A provider that answers at once gives a job that is already done.</summary>
    /// <param name="request">What to make. It is not changed.</param>
    /// <param name="options">What differs for this call.</param>
    /// <param name="cancellationToken">Cancels the call; the gateway may still run and charge the job.</param>
    /// <exception cref="ArgumentException">The request has no contents, or a mask without an image.</exception>
    /// <exception cref="CCApiException">The call failed; the type tells how.</exception>
    /// <example><code>
    /// var job = await client.Images.StartAsync(request);
    /// var images = await job.WaitAsync();
    /// </code></example>
    public virtual async Task<ImageJob> StartAsync(
        MultimodalImageGenerationRequest request, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        Require.NotNull(request, nameof(request));
        request.Check(nameof(request));
        var answer = await Transport.SendAsync(
            ApiRequest.Post("images/generate", request), MultimodalImageGenerationResponse.ReadFrom, options, cancellationToken).ConfigureAwait(false);
        return new ImageJob(this, answer);
    }

    /// <summary>Asks for the state of a job.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="options">What differs for this call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The state; a job that failed is a state and no exception.</returns>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    /// <exception cref="CCApiNotFoundException">There is no such job.</exception>
    /// <exception cref="CCApiException">The call failed; the type tells how.</exception>
    /// <example><code>
    /// var state = await client.Images.GetJobAsync("job_123");
    /// Console.WriteLine(state.Status);
    /// </code></example>
    public virtual Task<MultimodalImageGenerationResponse> GetJobAsync(string id, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Transport.SendAsync(ApiRequest.Get("images/jobs/" + RequestUri.Segment(id, nameof(id))), MultimodalImageGenerationResponse.ReadFrom, options, cancellationToken);

    /// <summary>Asks for the state of a job that has no id, by a path below the base address.</summary>
    internal Task<MultimodalImageGenerationResponse> FollowAsync(string path, CancellationToken cancellationToken) =>
        Transport.SendAsync(ApiRequest.Get(path), MultimodalImageGenerationResponse.ReadFrom, options: null, cancellationToken);

    /// <summary>The path below the base address that a <c>poll_url</c> names; null when it is elsewhere, where nothing is asked.</summary>
    internal string? PollPath(string? pollUrl) => _transport is null ? null : ImageJobId.PathFrom(_transport.BaseAddress, pollUrl);

    /// <summary>Takes up a job again, as after a restart. Nothing is sent until it is waited for.</summary>
    /// <param name="id">The job's id.</param>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    /// <example><code>
    /// var images = await client.Images.ResumeJob("job_123").WaitAsync();
    /// </code></example>
    public virtual ImageJob ResumeJob(string id) => new(this, id);

    /// <summary>Opens an image: from the answer itself, or downloaded from its URL without the key.</summary>
    /// <param name="image">The image.</param>
    /// <param name="options">What differs for the download.</param>
    /// <param name="cancellationToken">Cancels the download, also while it is read.</param>
    /// <returns>The image, from its first byte. The caller disposes of it.</returns>
    /// <exception cref="CCApiProtocolException">There is no image, or it cannot be read.</exception>
    /// <exception cref="CCApiException">The download failed; links may expire.</exception>
    /// <example><code>
    /// using var png = await client.Images.OpenReadAsync(images.Data![0]);
    /// </code></example>
    public virtual async Task<Stream> OpenReadAsync(ImageDatum image, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        Require.NotNull(image, nameof(image));
        return await MediaSource.OpenAsync(Transport, image.B64Json, image.Url, label: null, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Saves an image. The file is whole or not there.</summary>
    /// <param name="image">The image.</param>
    /// <param name="path">With an extension: used as given. Without: the real type's is appended. A folder that exists: a name is made up in it.</param>
    /// <param name="saveOptions">Whether to replace a file, and how large it may be.</param>
    /// <param name="cancellationToken">Cancels the saving and leaves nothing behind.</param>
    /// <returns>The full path of the file.</returns>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    /// <exception cref="CCApiException">The image cannot be had.</exception>
    /// <example><code>
    /// var path = await client.Images.SaveAsync(images.Data![0], "fox"); // .../fox.png
    /// </code></example>
    public virtual async Task<string> SaveAsync(ImageDatum image, string path, MediaSaveOptions? saveOptions = null, CancellationToken cancellationToken = default)
    {
        Require.NotNull(image, nameof(image));
        Require.Text(path, nameof(path));
        saveOptions?.Check(nameof(saveOptions));
        using var bytes = await OpenReadAsync(image, options: null, cancellationToken).ConfigureAwait(false);
        using var media = bytes as MediaStream ?? await MediaStream.OpenAsync(bytes, image.B64Json?.MediaType, cancellationToken).ConfigureAwait(false);
        return await MediaFile.SaveAsync(media, path, saveOptions, cancellationToken).ConfigureAwait(false);
    }
}
