using System;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>An image job ended without images.</summary>
public class ImageJobFailedException : CCApiException
{
    /// <summary>An error without a message.</summary>
    public ImageJobFailedException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    public ImageJobFailedException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    /// <param name="innerException">The cause.</param>
    public ImageJobFailedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The last state of the job; null when it is not known.</summary>
    public MultimodalImageGenerationResponse? Job { get; set; }

    internal override string ErrorType => "job_failed";
}
