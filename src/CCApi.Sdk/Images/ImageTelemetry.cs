using System.Diagnostics;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>The attributes of images, created at once or by a job.</summary>
internal sealed class ImageTelemetry : TelemetryOperation
{
    private ImageTelemetry()
        : base(TelemetryNames.Operations.GenerateContent)
    {
    }

    public static ImageTelemetry Instance { get; } = new();

    /// <summary>The polls of a job, which have no spans: waiting is not a call.</summary>
    public static PlainOperation Poll { get; } = new(TelemetryNames.Operations.PollImageJob, hasSpan: false);

    public override string? ModelOf(object request) => request switch
    {
        LegacyImageGenerationRequest image => image.Model,
        MultimodalImageGenerationRequest image => image.Model,
        _ => null,
    };

    public override void AddRequest(Activity span, object request, TelemetrySettings settings, TelemetryText text)
    {
        span.SetTag(TelemetryNames.GenAI.OutputType, "image");
        if (request is LegacyImageGenerationRequest { N: > 1 } image)
        {
            span.SetTag(TelemetryNames.GenAI.RequestChoiceCount, image.N);
        }
    }

    public override void AddResponse(Activity span, object response, TelemetrySettings settings, TelemetryText text)
    {
        switch (response)
        {
            case LegacyImageGenerationResponse images:
                span.SetTag(TelemetryNames.GenAI.ResponseId, text.Clean(images.Id));
                span.SetTag(TelemetryNames.GenAI.ResponseModel, text.Clean(images.Model));
                span.SetTag(TelemetryNames.CCApi.Provider, text.Clean(images.Provider));
                TokenAttributes.Add(span, images.Usage, settings);
                break;
            case MultimodalImageGenerationResponse job:
                span.SetTag(TelemetryNames.GenAI.ResponseModel, text.Clean(job.Model));
                span.SetTag(TelemetryNames.CCApi.JobId, text.Clean(job.Id));
                span.SetTag(TelemetryNames.CCApi.JobStatus, text.Clean(job.Status?.Value));
                break;
        }
    }

    public override TelemetryResult ResultOf(object response) => response switch
    {
        LegacyImageGenerationResponse images => new TelemetryResult(images.Model, images.Usage),
        MultimodalImageGenerationResponse job => new TelemetryResult(job.Model, Tokens: null),
        _ => default,
    };
}
