using System;

namespace CCApi.Sdk;

/// <summary>
/// The address of an image or of audio could not be downloaded: the link has expired, was rejected by its host, or leads to an
/// address that may not be fetched.
/// </summary>
/// <remarks>
/// Links expire: save images and audio soon after they were created. The API key is never sent to a link, so this error is never
/// about the key.
/// </remarks>
public class CCApiDownloadException : CCApiException
{
    /// <summary>Creates an error without a message.</summary>
    public CCApiDownloadException()
    {
    }

    /// <summary>Creates an error with a message.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    public CCApiDownloadException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an error with a message and its cause.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    /// <param name="innerException">The cause.</param>
    public CCApiDownloadException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal override string ErrorType => "download";
}
