using System;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>Answers speech requests with a WAV file that lasts as long as reading the text would.</summary>
internal static class SpeechOperation
{
    public static Reply Answer(Exchange exchange, Accounts accounts, MediaStore media)
    {
        var body = exchange.Body;
        if (body.Text("model") is not { Length: > 0 } id)
        {
            return Replies.Invalid("model is required.", "model");
        }

        if (string.IsNullOrWhiteSpace(body.Text("input")))
        {
            return Replies.Invalid("input must be a text.", "input");
        }

        var input = body.Text("input")!;
        if (input.Length > 4096)
        {
            return Reply.Error(400, "input must not have more than 4096 characters.", "invalid_request_error", "text_too_long", "input");
        }

        var speed = body["speed"] is JsonValue value && value.TryGetValue<double>(out var asked) ? asked : body["speed"] is null ? 1 : 0;
        if (speed is < 0.25 or > 4)
        {
            return Replies.Invalid("speed must be a number from 0.25 to 4.", "speed");
        }

        var model = EmulatorFaults.OfModel(id) is null ? EmulatedCatalog.Find(id) : EmulatedCatalog.Find("elevenlabs/eleven_turbo_v2")! with { Id = id };
        if (model?.Type != EmulatedModel.Audio)
        {
            return Replies.NoSuchModel(id);
        }

        exchange.Model = model.Id;
        var credits = model.InputPrice * input.Length / 1000;
        if (accounts.Charge(exchange, model.Id, credits) is { } refusal)
        {
            return refusal;
        }

        var speech = WavSpeech.Speak(input, body.Text("voice") ?? string.Empty, speed);
        var answer = new JsonObject
        {
            ["created"] = exchange.Now.ToUnixTimeSeconds(),
            ["format"] = "wav",
            ["characters"] = input.Length,
            ["duration"] = speech.Seconds,
            ["credits_charged"] = credits,
        };
        if (body.Text("response_format") is null or "url")
        {
            answer["audio_url"] = media.Add(speech.File, "audio/wav", ".wav");
        }
        else
        {
            answer["b64_audio"] = Convert.ToBase64String(speech.File);
        }

        return Reply.Json(answer);
    }
}
