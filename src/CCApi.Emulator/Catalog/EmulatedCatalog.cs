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
        new("openai/gpt-4o-mini", "GPT-4o mini", EmulatedModel.Text, 0.15m, 0.60m, 128_000, Tools | Vision | Json),
        new("openai/gpt-4o", "GPT-4o", EmulatedModel.Text, 1.25m, 5.00m, 128_000, Tools | Vision | Json),
        new("openai/gpt-5-mini", "GPT-5 mini", EmulatedModel.Text, 0.25m, 2.00m, 400_000, Tools | Vision | Json | Reasoning),
        new("openai/gpt-5.2", "GPT-5.2", EmulatedModel.Text, 2.50m, 10.00m, 1_000_000, Tools | Vision | Json | Reasoning),
        new("openai/gpt-image-1", "GPT Image 1", EmulatedModel.Image, 0m, 0.04m, 0, None),
        new("openai/tts-1", "TTS 1", EmulatedModel.Audio, 0.015m, 0m, 0, None),
        new("anthropic/claude-opus-4-6", "Claude Opus 4.6", EmulatedModel.Text, 2.50m, 12.50m, 200_000, Tools | Vision | Json | Reasoning),
        new(
            "anthropic/claude-sonnet-4-6",
            "Claude Sonnet 4.6",
            EmulatedModel.Text,
            1.50m,
            7.50m,
            200_000,
            Tools | Vision | Json | Reasoning),
        new("anthropic/claude-haiku-4-5", "Claude Haiku 4.5", EmulatedModel.Text, 0.50m, 2.50m, 200_000, Tools | Vision | Json),
        new("google/gemini-2.5-pro", "Gemini 2.5 Pro", EmulatedModel.Text, 1.25m, 7.50m, 1_000_000, Tools | Vision | Json | Reasoning),
        new("google/gemini-2.5-flash", "Gemini 2.5 Flash", EmulatedModel.Text, 0.30m, 2.50m, 1_000_000, Tools | Vision | Json),
        new("google/nano-banana", "Nano Banana", EmulatedModel.Image, 0m, 0.03m, 0, None),
        new("google/nano-banana-pro", "Nano Banana Pro", EmulatedModel.Image, 0m, 0.12m, 0, Async),
        new("deepseek/deepseek-v4", "DeepSeek V4", EmulatedModel.Text, 0.27m, 1.10m, 128_000, Tools | Json),
        new("deepseek/deepseek-chat", "DeepSeek Chat", EmulatedModel.Text, 0.27m, 1.10m, 64_000, Tools | Json),
        new("qwen/qwen3-max", "Qwen3 Max", EmulatedModel.Text, 1.20m, 6.00m, 256_000, Tools | Json),
        new("deepseek/deepseek-v3.2", "DeepSeek V3.2", EmulatedModel.Text, 0.21m, 0.84m, 64_000, Tools),
        new("elevenlabs/eleven_v3", "Eleven v3", EmulatedModel.Audio, 0.20m, 0m, 0, None),
        new("qwen/qwen3.5-flash", "Qwen3.5 Flash", EmulatedModel.Text, 0.05m, 0.40m, 256_000, Tools | Json | Reasoning),
        new("qwen/qwen3.5-plus", "Qwen3.5 Plus", EmulatedModel.Text, 0.40m, 1.20m, 128_000, Tools | Vision | Json),
        new("elevenlabs/eleven_turbo_v2", "Eleven Turbo v2", EmulatedModel.Audio, 0.10m, 0m, 0, None),
        new("elevenlabs/tts", "ElevenLabs TTS", EmulatedModel.Audio, 0.18m, 0m, 0, None),
        new("imaginepro/nano-banana", "Nano Banana (ImaginePro)", EmulatedModel.Image, 0m, 0.03m, 0, Async),
        new("imaginepro/midjourney", "Midjourney (ImaginePro)", EmulatedModel.Image, 0m, 0.05m, 0, Async),
        new("stabilityai/stable-diffusion-xl-1024-v1-0", "Stable Diffusion XL", EmulatedModel.Image, 0m, 0.01m, 0, None),
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
