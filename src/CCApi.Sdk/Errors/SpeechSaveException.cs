using System;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Speech was synthesized, and charged, but could not be saved.</summary>
public class SpeechSaveException : CCApiException
{
    /// <summary>Creates an error without a message.</summary>
    public SpeechSaveException()
    {
    }

    /// <summary>Creates an error with a message.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    public SpeechSaveException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an error with a message and its cause.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    /// <param name="innerException">The cause.</param>
    public SpeechSaveException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>
    /// The response, so that it can be saved with <see cref="AudioClient.SaveAsync"/>; links may expire. Null when the audio
    /// could not be kept.
    /// </summary>
    public AudioSpeechResponse? Speech { get; set; }

    internal override string ErrorType => "save";
}
