using System.Diagnostics;

namespace CCApi.Sdk;

/// <summary>Adds the tokens of a call to its span, and to no other: sums over spans are sums over calls.</summary>
internal static class TokenAttributes
{
    public static void Add(Activity span, ITokenCounts? tokens, TelemetrySettings settings)
    {
        if (tokens is null)
        {
            return;
        }

        span.SetTag(TelemetryNames.GenAI.InputTokens, TokenCount.Of(tokens.Input));
        span.SetTag(TelemetryNames.GenAI.OutputTokens, TokenCount.Of(tokens.Output));
        span.SetTag(TelemetryNames.GenAI.CachedInputTokens, TokenCount.Of(tokens.CachedInput));
        span.SetTag(TelemetryNames.GenAI.ReasoningOutputTokens, TokenCount.Of(tokens.ReasoningOutput));
        if (settings.UsesLatest)
        {
            span.SetTag(TelemetryNames.GenAI.TextInputTokens, TokenCount.Of(tokens.TextInput));
            span.SetTag(TelemetryNames.GenAI.AudioInputTokens, TokenCount.Of(tokens.AudioInput));
            span.SetTag(TelemetryNames.GenAI.ImageInputTokens, TokenCount.Of(tokens.ImageInput));
            span.SetTag(TelemetryNames.GenAI.TextOutputTokens, TokenCount.Of(tokens.TextOutput));
            span.SetTag(TelemetryNames.GenAI.AudioOutputTokens, TokenCount.Of(tokens.AudioOutput));
            span.SetTag(TelemetryNames.GenAI.ImageOutputTokens, TokenCount.Of(tokens.ImageOutput));
        }
    }
}
