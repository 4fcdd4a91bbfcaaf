using System;

namespace CCApi.Sdk.Fuzz;

/// <summary>The bytes of an input as decisions. Once they are used up, every decision is 0, which is the harmless one.</summary>
internal sealed class Choices(byte[] input)
{
    private int _next;

    /// <summary>Gets whether all bytes are used up.</summary>
    public bool IsAtEnd => _next >= input.Length;

    /// <summary>A number from 0 to below <paramref name="count"/>, which is at most 256.</summary>
    public int Next(int count) => IsAtEnd ? 0 : input[_next++] % count;

    /// <summary>A number from 0 to 65535.</summary>
    public int NextWord() => (Next(256) << 8) | Next(256);

    /// <summary>Whether something rare happens.</summary>
    public bool OneIn(int count) => Next(count) == count - 1;

    public T Pick<T>(params ReadOnlySpan<T> values) => values[Next(values.Length)];
}
