using System;

namespace CCApi.Sdk;

/// <summary>The key may not do this (403).</summary>
/// <remarks>
/// When the response is not JSON, a firewall in front of the gateway is the likely cause; see
/// <see cref="CCApiClientOptions.UserAgent"/>.
/// </remarks>
public class CCApiPermissionException : CCApiException
{
    /// <summary>An error without a message.</summary>
    public CCApiPermissionException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    public CCApiPermissionException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    /// <param name="innerException">The cause.</param>
    public CCApiPermissionException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal override string ErrorType => "permission";
}
