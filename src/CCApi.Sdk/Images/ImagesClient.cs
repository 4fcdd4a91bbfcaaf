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

    /// <summary>
    /// For fakes: every method that is used must be overridden. An <see cref="ImageJob"/> calls only <see cref="GetJobAsync"/>.
    /// </summary>
    protected ImagesClient()
    {
    }

    /// <summary>The clock of the jobs.</summary>
    internal TimeProvider Clock => _transport?.Options.TimeProvider ?? TimeProvider.System;

    /// <summary>Is canceled when the client is disposed.</summary>
    internal CancellationToken Closed => _transport?.Closed ?? default;

    /// <summary>The address of the gateway; null for a fake.</summary>
    internal Uri? BaseAddress => _transport?.BaseAddress;

    /// <summary>The options of the client; null for a fake.</summary>
    internal CCApiClientOptions? Options => _transport?.Options;

    private CCApiTransport Transport => Require.NotFake(_transport);

    /// <summary>Generates images by the OpenAI-compatible operation, which responds when they are done.</summary>
    /// <param name="request">What to generate. It is not changed.</param>
    /// <param name="options">What differs for this call.</param>
    /// <param name="cancellationToken">Cancels the call; the gateway may still charge it.</param>
    /// <exception cref="ArgumentException">The model or the prompt is empty.</exception>
    /// <exception cref="CCApiException">The call failed; the type specifies how.</exception>
    /// <example><code>
    /// var request = new LegacyImageGenerationRequest { Model = "openai/gpt-image-1", Prompt = "A fox.", N = 2 };
    /// var images = await client.Images.GenerateAsync(request);
    /// await client.Images.SaveAsync(images.Data![0], "fox");
    /// </code></example>
    public virtual Task<LegacyImageGenerationResponse> GenerateAsync(
        LegacyImageGenerationRequest request,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        Check(request);

        return Transport.SendAsync(
            CallFor(request),
            LegacyImageGenerationResponse.ReadFrom,
            options,
            cancellationToken);
    }

    /// <summary>Generates one image by the OpenAI-compatible operation.</summary>
    /// <param name="model">The model's id.</param>
    /// <param name="prompt">What it shows.</param>
    /// <param name="options">What differs for this call.</param>
    /// <param name="cancellationToken">Cancels the call; the gateway may still charge it.</param>
    /// <exception cref="ArgumentException">The model or the prompt is empty.</exception>
    /// <exception cref="CCApiException">The call failed; the type specifies how.</exception>
    /// <example><code>
    /// var images = await client.Images.GenerateAsync("openai/gpt-image-1", "A fox.");
    /// </code></example>
    public virtual Task<LegacyImageGenerationResponse> GenerateAsync(
        string model,
        string prompt,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        GenerateAsync(
            new LegacyImageGenerationRequest
            {
                Model = Require.Text(model, nameof(model)),
                Prompt = Require.Text(prompt, nameof(prompt)),
            },
            options,
            cancellationToken);

    /// <summary>
    /// Generates images by the multimodal operation: starts, waits for the job if there is one, and returns the finished images.
    /// </summary>
    /// <param name="request">What to generate. It is not changed.</param>
    /// <param name="options">What differs for the call that starts and for the polls of the job.</param>
    /// <param name="cancellationToken">Cancels the call or the wait; the gateway may still run and charge the job.</param>
    /// <exception cref="ArgumentException">The request has no contents, or a mask without an image.</exception>
    /// <exception cref="ImageJobFailedException">The job ended without images.</exception>
    /// <exception cref="CCApiException">The call failed; the type specifies how.</exception>
    /// <example><code>
    /// var images = await client.Images.GenerateAsync(MultimodalImageGenerationRequest.FromPrompt("A fox.").WithAspectRatio("16:9"));
    /// </code></example>
    public virtual Task<MultimodalImageGenerationResponse> GenerateAsync(
        MultimodalImageGenerationRequest request,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        GenerateAsync(request, progress: null, waitOptions: null, options, cancellationToken);

    /// <summary>Generates images by the multimodal operation, reports the states of the job, and waits as long as specified.</summary>
    /// <param name="request">What to generate. It is not changed.</param>
    /// <param name="progress">Receives every state of the job, the last one too; null for none.</param>
    /// <param name="waitOptions">How long to wait for the job, and how often to poll it; null for the defaults.</param>
    /// <param name="options">What differs for the call that starts and for the polls of the job.</param>
    /// <param name="cancellationToken">Cancels the call or the wait; the gateway may still run and charge the job.</param>
    /// <exception cref="ArgumentException">
    /// The request has no contents, or a mask without an image; or a wait option is out of range.
    /// </exception>
    /// <exception cref="ImageJobFailedException">The job ended without images.</exception>
    /// <exception cref="CCApiTimeoutException">The time to wait ran out; the job continues.</exception>
    /// <exception cref="CCApiException">The call failed; the type specifies how.</exception>
    /// <example><code>
    /// var images = await client.Images.GenerateAsync(request, progress, new ImageJobWaitOptions { Timeout = TimeSpan.FromMinutes(5) });
    /// </code></example>
    public virtual async Task<MultimodalImageGenerationResponse> GenerateAsync(
        MultimodalImageGenerationRequest request,
        IProgress<MultimodalImageGenerationResponse>? progress,
        ImageJobWaitOptions? waitOptions,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        // Before anything is charged.
        waitOptions?.Check(nameof(waitOptions));

        var wait = waitOptions?.Clone();
        var job = await StartAsync(request, options, cancellationToken).ConfigureAwait(false);

        return await job.WaitAsync(progress, wait, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts a job by the multimodal operation. A provider that responds at once gives a job that is already done.</summary>
    /// <param name="request">What to generate. It is not changed.</param>
    /// <param name="options">
    /// What differs for this call and for the polls of the job. They are copied: the job keeps the key, headers and budgets that
    /// it was started with.
    /// </param>
    /// <param name="cancellationToken">Cancels the call; the gateway may still run and charge the job.</param>
    /// <exception cref="ArgumentException">The request has no contents, or a mask without an image.</exception>
    /// <exception cref="CCApiException">The call failed; the type specifies how.</exception>
    /// <example><code>
    /// var job = await client.Images.StartAsync(request);
    /// var images = await job.WaitAsync();
    /// </code></example>
    public virtual async Task<ImageJob> StartAsync(
        MultimodalImageGenerationRequest request,
        CCApiRequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        Require.NotNull(request, nameof(request));

        request.Check(nameof(request));
        var own = options?.Clone();
        var response = await Transport.SendAsync(
            CallFor(request),
            MultimodalImageGenerationResponse.ReadFrom,
            own,
            cancellationToken).ConfigureAwait(false);

        return new ImageJob(this, response, own);
    }

    /// <summary>Retrieves the state of a job.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="options">What differs for this call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The state; a job that failed is a state and not an exception.</returns>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    /// <exception cref="CCApiNotFoundException">There is no such job.</exception>
    /// <exception cref="CCApiException">The call failed; the type specifies how.</exception>
    /// <example><code>
    /// var state = await client.Images.GetJobAsync("job_123");
    /// Console.WriteLine(state.Status);
    /// </code></example>
    public virtual Task<MultimodalImageGenerationResponse> GetJobAsync(
        string id, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default) =>
        FollowAsync("images/jobs/" + RequestUri.Segment(id, nameof(id)), options, cancellationToken);

    internal static void Check(LegacyImageGenerationRequest request)
    {
        Require.NotNull(request, nameof(request));
        Require.Text(request.Model, nameof(request) + ".Model");
        Require.Text(request.Prompt, nameof(request) + ".Prompt");
    }

    internal static ApiRequest CallFor(LegacyImageGenerationRequest request) =>
        ApiRequest.Post("images/generations", request, ImageTelemetry.Instance);

    internal static ApiRequest CallFor(MultimodalImageGenerationRequest request) =>
        ApiRequest.Post("images/generate", request, ImageTelemetry.Instance);

    /// <summary>Polls a job by its path below the base address: a job may have a <c>poll_url</c> and no id.</summary>
    internal Task<MultimodalImageGenerationResponse> FollowAsync(
        string path, CCApiRequestOptions? options, CancellationToken cancellationToken) =>
        Transport.SendAsync(
            ApiRequest.Get(path, ImageTelemetry.Poll), MultimodalImageGenerationResponse.ReadFrom, options, cancellationToken);

    /// <summary>Resumes a job, as after a restart. Nothing is sent until it is waited for.</summary>
    /// <param name="id">The job's id.</param>
    /// <param name="options">What differs for the polls, such as the key that the job was started with. They are copied.</param>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    /// <example><code>
    /// var images = await client.Images.ResumeJob("job_123").WaitAsync();
    /// </code></example>
    public virtual ImageJob ResumeJob(string id, CCApiRequestOptions? options = null) =>
        new(this, id, options?.Clone());

    /// <summary>Opens an image: from the response itself, or downloaded from its URL without the key.</summary>
    /// <param name="image">The image.</param>
    /// <param name="options">What differs for the download.</param>
    /// <param name="cancellationToken">Cancels the download, also while it is read.</param>
    /// <returns>The image, from its first byte, with its media type and length. The caller disposes of it.</returns>
    /// <exception cref="CCApiProtocolException">There is no image, or it cannot be read.</exception>
    /// <exception cref="CCApiDownloadException">The link has expired, or its address is not allowed.</exception>
    /// <exception cref="CCApiException">The download failed.</exception>
    /// <example><code>
    /// using var png = await client.Images.OpenReadAsync(images.Data![0]);
    /// </code></example>
    public virtual async Task<MediaStream> OpenReadAsync(
        ImageDatum image, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        Require.NotNull(image, nameof(image));
        return await MediaSource.OpenAsync(
            Transport,
            image.B64Json,
            image.Url,
            label: null,
            options,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Saves an image. The file is complete or does not exist.</summary>
    /// <param name="image">The image.</param>
    /// <param name="path">
    /// With the extension of a media type, it is used as given; without one, that of the image is appended. In an existing folder,
    /// or a path that ends with a separator, a name is generated.
    /// </param>
    /// <param name="saveOptions">Whether to replace a file, and how large it may be.</param>
    /// <param name="cancellationToken">Cancels the saving and leaves nothing behind.</param>
    /// <returns>The full path of the file.</returns>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    /// <exception cref="CCApiException">The image could not be retrieved, or is larger than allowed.</exception>
    /// <example><code>
    /// var path = await client.Images.SaveAsync(images.Data![0], "fox"); // .../fox.png
    /// </code></example>
    public virtual async Task<string> SaveAsync(
        ImageDatum image,
        string path,
        MediaSaveOptions? saveOptions = null,
        CancellationToken cancellationToken = default)
    {
        Require.NotNull(image, nameof(image));
        Require.Text(path, nameof(path));
        saveOptions?.Check(nameof(saveOptions));

        return await ImageFiles.SaveAsync(this, image, path, saveOptions, cancellationToken).ConfigureAwait(false);
    }
}
