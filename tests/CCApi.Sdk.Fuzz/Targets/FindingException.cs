using System;

namespace CCApi.Sdk.Fuzz;

/// <summary>What the SDK did with an input is wrong, although it threw nothing.</summary>
internal sealed class FindingException : Exception
{
    public FindingException()
    {
    }

    public FindingException(string message)
        : base(message)
    {
    }

    public FindingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
