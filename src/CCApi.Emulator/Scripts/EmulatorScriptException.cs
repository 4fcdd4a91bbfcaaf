using System;

namespace CCApi.Emulator;

/// <summary>A script that cannot be used. The message names the line and the member.</summary>
public sealed class EmulatorScriptException : Exception
{
    /// <summary>Creates an error without a message.</summary>
    public EmulatorScriptException()
    {
    }

    /// <summary>Creates an error with a message.</summary>
    /// <param name="message">What is wrong, and where.</param>
    public EmulatorScriptException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an error with a message and its cause.</summary>
    /// <param name="message">What is wrong, and where.</param>
    /// <param name="innerException">The cause.</param>
    public EmulatorScriptException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
