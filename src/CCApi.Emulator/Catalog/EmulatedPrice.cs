using System.Collections.Generic;

namespace CCApi.Emulator;

/// <summary>What a model costs, and how the catalog states it. One credit costs one US dollar here.</summary>
/// <param name="Input">Per million input tokens, or per thousand characters.</param>
/// <param name="Output">Per million output tokens, per image, or per call.</param>
/// <param name="Form">How the catalog states it.</param>
internal sealed record EmulatedPrice(decimal Input, decimal Output, PriceForm Form = PriceForm.Units)
{
    private const decimal Million = 1_000_000m;

    private const decimal Thousand = 1000m;

    /// <summary>Per million cached input tokens; null when they cost as much as the others.</summary>
    public decimal? Cached { get; init; }

    /// <summary>Per million reasoning tokens; null when they cost as much as the rest of the output.</summary>
    public decimal? Reasoning { get; init; }

    /// <summary>The number of input tokens from which <see cref="LongInput"/> and <see cref="LongOutput"/> hold; 0 for never.</summary>
    public int LongFrom { get; init; }

    public decimal LongInput { get; init; }

    public decimal LongOutput { get; init; }

    /// <summary>Per image of a quality; others cost <see cref="Output"/>.</summary>
    public IReadOnlyDictionary<string, decimal>? Qualities { get; init; }

    /// <summary>What a completion costs.</summary>
    public decimal OfTokens(int prompt, int cached, int completion, int reasoning)
    {
        var isLong = LongFrom > 0 && prompt >= LongFrom;
        var (input, output) = isLong ? (LongInput, LongOutput) : (Input, Output);
        var sent = ((prompt - cached) * input) + (cached * (Cached ?? input));
        var generated = ((completion - reasoning) * output) + (reasoning * (Reasoning ?? output));

        return (sent + generated) / Million;
    }

    /// <summary>What a spoken text costs.</summary>
    public decimal OfCharacters(int count) => Input * count / Thousand;

    /// <summary>What images cost.</summary>
    public decimal OfImages(int count, string? quality)
    {
        if (Form == PriceForm.Call)
        {
            return Output;
        }

        return count * (quality is not null && Qualities?.TryGetValue(quality, out var ofQuality) == true ? ofQuality : Output);
    }
}
