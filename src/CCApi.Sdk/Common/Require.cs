using System;

namespace CCApi.Sdk;

/// <summary>Argument checks.</summary>
internal static class Require
{
    public static T NotNull<T>(T? value, string parameterName)
        where T : class => value ?? throw new ArgumentNullException(parameterName);

    public static string Text(string? value, string parameterName)
    {
        if (value is null)
        {
            throw new ArgumentNullException(parameterName);
        }

        if (value.Trim().Length == 0)
        {
            throw new ArgumentException("It must not be empty.", parameterName);
        }

        return value;
    }

    /// <summary>What a client works with; a fake, which was created without it, has none.</summary>
    /// <exception cref="InvalidOperationException">The client is a fake that does not override the method.</exception>
    public static T NotFake<T>(T? inner)
        where T : class =>
        inner ?? throw new InvalidOperationException("This is a fake: override the method that was called.");
}
