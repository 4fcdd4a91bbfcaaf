using System.Diagnostics.CodeAnalysis;
using System.Threading;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Reads responses as a value of the type, each once: for the span of its call, and for the caller.</summary>
/// <param name="shape">The type.</param>
/// <param name="cancellationToken">The token of the call.</param>
internal sealed class StructuredOutputCheck<T>(JsonShape<T> shape, CancellationToken cancellationToken = default) : IResponseCheck
{
    private ChatCompletionResponse? _response;
    private bool _isRead;
    private T? _value;
    private string? _problem;

    public bool Accepts(ChatCompletionResponse response) =>
        !StructuredOutputFailures.IsStopped(response) && TryRead(response, out _, out _);

    /// <summary>Reads a response; the same one only once.</summary>
    /// <param name="response">The response.</param>
    /// <param name="value">The value.</param>
    /// <param name="problem">What is wrong with the response, and where.</param>
    /// <exception cref="System.OperationCanceledException">The call was canceled.</exception>
    public bool TryRead(
        ChatCompletionResponse response, [MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out string? problem)
    {
        if (!ReferenceEquals(response, _response))
        {
            _isRead = StructuredOutputReader.TryRead(
                response.Text, TruncatedResponse.Is(response), shape, out _value, out _problem, cancellationToken);
            _response = response;
        }

        (value, problem) = (_value, _problem);

        return _isRead;
    }
}
