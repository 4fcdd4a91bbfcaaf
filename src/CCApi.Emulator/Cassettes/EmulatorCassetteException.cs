using System;

namespace CCApi.Emulator;

/// <summary>A cassette that cannot be used. The message names the file and the line.</summary>
public sealed class EmulatorCassetteException : Exception
{
    /// <summary>Creates an error without a message.</summary>
    public EmulatorCassetteException()
    {
    }

    /// <summary>Creates an error with a message.</summary>
    /// <param name="message">What is wrong, and where.</param>
    public EmulatorCassetteException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an error with a message and its cause.</summary>
    /// <param name="message">What is wrong, and where.</param>
    /// <param name="innerException">The cause.</param>
    public EmulatorCassetteException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
