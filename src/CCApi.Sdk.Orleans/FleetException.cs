using System;
using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>A fleet that cannot do what was requested.</summary>
[GenerateSerializer]
public class FleetException : Exception
{
    /// <summary>An error without a message.</summary>
    public FleetException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What is wrong, and the fix.</param>
    public FleetException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What is wrong, and the fix.</param>
    /// <param name="innerException">The cause.</param>
    public FleetException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>What is wrong.</summary>
    [Id(0)]
    public FleetError Error { get; init; }

    internal static FleetException Of(FleetError error, string message, Exception? innerException = null) =>
        new(message, innerException) { Error = error };
}
