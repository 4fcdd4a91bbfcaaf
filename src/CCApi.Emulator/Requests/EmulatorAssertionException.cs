using System;

namespace CCApi.Emulator;

/// <summary>An expectation about received requests that was not met. The message shows the difference.</summary>
public sealed class EmulatorAssertionException : Exception
{
    /// <summary>Creates an error without a message.</summary>
    public EmulatorAssertionException()
    {
    }

    /// <summary>Creates an error with a message.</summary>
    /// <param name="message">What was expected and what was received.</param>
    public EmulatorAssertionException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an error with a message and its cause.</summary>
    /// <param name="message">What was expected and what was received.</param>
    /// <param name="innerException">The cause.</param>
    public EmulatorAssertionException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
