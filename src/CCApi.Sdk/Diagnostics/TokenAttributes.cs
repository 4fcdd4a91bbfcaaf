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

        span.SetTag(TelemetryNames.GenAI.InputTokens, tokens.Input);
        span.SetTag(TelemetryNames.GenAI.OutputTokens, tokens.Output);
        span.SetTag(TelemetryNames.GenAI.CachedInputTokens, tokens.CachedInput);
        span.SetTag(TelemetryNames.GenAI.ReasoningOutputTokens, tokens.ReasoningOutput);
        if (settings.UsesLatest)
        {
            span.SetTag(TelemetryNames.GenAI.TextInputTokens, tokens.TextInput);
            span.SetTag(TelemetryNames.GenAI.AudioInputTokens, tokens.AudioInput);
            span.SetTag(TelemetryNames.GenAI.ImageInputTokens, tokens.ImageInput);
            span.SetTag(TelemetryNames.GenAI.TextOutputTokens, tokens.TextOutput);
            span.SetTag(TelemetryNames.GenAI.AudioOutputTokens, tokens.AudioOutput);
            span.SetTag(TelemetryNames.GenAI.ImageOutputTokens, tokens.ImageOutput);
        }
    }
}
