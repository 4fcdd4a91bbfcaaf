using System;
using Microsoft.Extensions.AI;
using Wire = CCApi.Sdk.Models;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>Writes the request for speech. What the caller's own request has set wins over the options.</summary>
internal sealed class SpeechRequestWriter
{
    private readonly string _defaultModel;
    private readonly string? _defaultVoice;

    public SpeechRequestWriter(string defaultModel, string? defaultVoice) => (_defaultModel, _defaultVoice) = (defaultModel, defaultVoice);

    /// <exception cref="ArgumentException">The text is empty, or an additional property cannot be written as JSON.</exception>
    public Wire.AudioSpeechRequest Write(ITextToSpeechClient client, string text, TextToSpeechOptions? options)
    {
        var own = options?.RawRepresentationFactory?.Invoke(client) as Wire.AudioSpeechRequest;
        var input = FirstText.Of(own?.Input, text);
        if (string.IsNullOrWhiteSpace(input))
        {
            throw new ArgumentException("The text is empty: pass what to say.", nameof(text));
        }

        var additional = CallOptions.AddTo(own?.AdditionalProperties, options?.AdditionalProperties);
        return new Wire.AudioSpeechRequest
        {
            Model = FirstText.Of(own?.Model, options?.ModelId, _defaultModel)!,
            Input = input!,
            Voice = FirstText.Of(own?.Voice, options?.VoiceId, _defaultVoice),
            OutputFormat = own?.OutputFormat ?? SpeechFormats.FormatOf(options?.AudioFormat),
            ResponseFormat = own?.ResponseFormat,
            Speed = own?.Speed ?? Floats.Exact(options?.Speed, nameof(TextToSpeechOptions.Speed)),
            AdditionalProperties = CallOptions.AddTo(additional, OthersOf(options)),
        };
    }

    /// <summary>Options that the contract has no member for, under the names that back ends which know them use.</summary>
    private static AdditionalPropertiesDictionary OthersOf(TextToSpeechOptions? options)
    {
        var others = new AdditionalPropertiesDictionary();
        ResponseProperties.Set(others, "language", options?.Language);
        Set(others, "pitch", options?.Pitch);
        Set(others, "volume", options?.Volume);
        return others;
    }

    private static void Set(AdditionalPropertiesDictionary properties, string name, float? value)
    {
        if (Floats.Exact(value, name) is { } number)
        {
            properties[name] = number;
        }
    }
}
