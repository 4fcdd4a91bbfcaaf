using System;
using System.Collections.Generic;
using System.Linq;
using static CCApi.Emulator.ModelTraits;

namespace CCApi.Emulator;

/// <summary>
/// The models and providers that the emulator serves. Names are as the service lists them; prices are made up in their range.
/// </summary>
internal static class EmulatedCatalog
{
    public static IReadOnlyList<EmulatedModel> Models { get; } =
    [
        new(
            "openai/gpt-4o-mini",
            "GPT-4o mini",
            EmulatedModel.Text,
            new(0.15m, 0.60m),
            128_000,
            Tools | Vision | Json),
        new(
            "openai/gpt-4o",
            "GPT-4o",
            EmulatedModel.Text,
            new(1.25m, 5.00m, PriceForm.Thousands),
            128_000,
            Tools | Vision | Json),
        new(
            "openai/gpt-5-mini",
            "GPT-5 mini",
            EmulatedModel.Text,
            new(0.25m, 2.00m, PriceForm.PerToken) { Cached = 0.025m },
            400_000,
            Tools | Vision | Json | Reasoning),
        new(
            "openai/gpt-5.2",
            "GPT-5.2",
            EmulatedModel.Text,
            new(2.50m, 10.00m, PriceForm.Tiers) { LongFrom = 200_001, LongInput = 5.00m, LongOutput = 15.00m },
            1_000_000,
            Tools | Vision | Json | Reasoning),
        new(
            "openai/gpt-image-1",
            "GPT Image 1",
            EmulatedModel.Image,
            new(0m, 0.04m, PriceForm.Qualities) { Qualities = new Dictionary<string, decimal> { ["hd"] = 0.08m } },
            0,
            None),
        new("openai/tts-1", "TTS 1", EmulatedModel.Audio, new(0.015m, 0m, PriceForm.PerCharacter), 0, None),
        new(
            "anthropic/claude-opus-4-6",
            "Claude Opus 4.6",
            EmulatedModel.Text,
            new(2.50m, 12.50m, PriceForm.Names) { Cached = 0.25m },
            200_000,
            Tools | Vision | Json | Reasoning),
        new(
            "anthropic/claude-sonnet-4-6",
            "Claude Sonnet 4.6",
            EmulatedModel.Text,
            new(1.50m, 7.50m, PriceForm.Text),
            200_000,
            Tools | Vision | Json | Reasoning),
        new(
            "anthropic/claude-haiku-4-5",
            "Claude Haiku 4.5",
            EmulatedModel.Text,
            new(0.50m, 2.50m, PriceForm.Flat),
            200_000,
            Tools | Vision | Json),
        new(
            "google/gemini-2.5-pro",
            "Gemini 2.5 Pro",
            EmulatedModel.Text,
            new(1.25m, 7.50m, PriceForm.List),
            1_000_000,
            Tools | Vision | Json | Reasoning),
        new(
            "google/gemini-2.5-flash",
            "Gemini 2.5 Flash",
            EmulatedModel.Text,
            new(0.30m, 2.50m, PriceForm.Nested),
            1_000_000,
            Tools | Vision | Json),
        new(
            "google/nano-banana",
            "Nano Banana",
            EmulatedModel.Image,
            new(0m, 0.03m, PriceForm.Text),
            0,
            None),
        new("google/nano-banana-pro", "Nano Banana Pro", EmulatedModel.Image, new(0m, 0.12m), 0, Async),
        new(
            "deepseek/deepseek-v4",
            "DeepSeek V4",
            EmulatedModel.Text,
            new(0.27m, 1.10m, PriceForm.Currency),
            128_000,
            Tools | Json),
        new(
            "deepseek/deepseek-chat",
            "DeepSeek Chat",
            EmulatedModel.Text,
            new(0.27m, 1.10m),
            64_000,
            Tools | Json),
        new(
            "qwen/qwen3-max",
            "Qwen3 Max",
            EmulatedModel.Text,
            new(1.20m, 6.00m, PriceForm.Ratios),
            256_000,
            Tools | Json),
        new("deepseek/deepseek-v3.2", "DeepSeek V3.2", EmulatedModel.Text, new(0.21m, 0.84m), 64_000, Tools),
        new(
            "elevenlabs/eleven_v3",
            "Eleven v3",
            EmulatedModel.Audio,
            new(0.20m, 0m, PriceForm.Credits),
            0,
            None),
        new(
            "qwen/qwen3.5-flash",
            "Qwen3.5 Flash",
            EmulatedModel.Text,
            new(0.05m, 0.40m, PriceForm.PerToken) { Reasoning = 0.80m },
            256_000,
            Tools | Json | Reasoning),
        new(
            "qwen/qwen3.5-plus",
            "Qwen3.5 Plus",
            EmulatedModel.Text,
            new(0.40m, 1.20m),
            128_000,
            Tools | Vision | Json),
        new("elevenlabs/eleven_turbo_v2", "Eleven Turbo v2", EmulatedModel.Audio, new(0.10m, 0m), 0, None),
        new("elevenlabs/tts", "ElevenLabs TTS", EmulatedModel.Audio, new(0.18m, 0m, PriceForm.Text), 0, None),
        new(
            "imaginepro/nano-banana",
            "Nano Banana (ImaginePro)",
            EmulatedModel.Image,
            new(0m, 0.03m),
            0,
            Async),
        new(
            "imaginepro/midjourney",
            "Midjourney (ImaginePro)",
            EmulatedModel.Image,
            new(0m, 0.05m, PriceForm.Call),
            0,
            Async),
        new(
            "stabilityai/stable-diffusion-xl-1024-v1-0",
            "Stable Diffusion XL",
            EmulatedModel.Image,
            new(0m, 0.01m),
            0,
            None),
    ];

    /// <summary>The providers by their names, and whether they make the models that they serve.</summary>
    public static IReadOnlyDictionary<string, (string DisplayName, bool IsFundamental)> Providers { get; } =
        new Dictionary<string, (string, bool)>(StringComparer.Ordinal)
        {
            ["openai"] = ("OpenAI", true),
            ["anthropic"] = ("Anthropic", true),
            ["google"] = ("Google", true),
            ["deepseek"] = ("DeepSeek", true),
            ["qwen"] = ("Qwen", true),
            ["elevenlabs"] = ("ElevenLabs", true),
            ["imaginepro"] = ("ImaginePro", false),
            ["stabilityai"] = ("Stability AI", true),
        };

    public static EmulatedModel? Find(string? id) =>
        Models.FirstOrDefault(model => string.Equals(model.Id, id, StringComparison.OrdinalIgnoreCase));
}
