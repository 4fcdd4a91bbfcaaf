using System;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>
/// Synthesizes speech into a file that lasts as long as reading the text would: behind a URL, inline, or as the bare audio.
/// </summary>
internal static class SpeechOperation
{
    /// <summary>Returns the bare audio, regardless of the option.</summary>
    public const string RawModel = "emulator/raw-speech";

    /// <summary>So many pieces of bare audio come for each second of it.</summary>
    private const int PiecesPerSecond = 4;

    private static readonly MemberRules _members = new MemberRules().Texts("voice").Number("speed", 0.25, 4);

    public static GatewayResponse Run(GatewayRequest request, Accounts accounts, MediaStore media, bool isRaw, SpeechStep? script)
    {
        var body = request.Body;
        if (body.Text("model") is not { Length: > 0 } id)
        {
            return GatewayErrors.Invalid("model is required.", "model");
        }

        if (string.IsNullOrWhiteSpace(body.Text("input")))
        {
            return GatewayErrors.Invalid("input must be a text.", "input");
        }

        var input = body.Text("input")!;
        if (input.Length > 4096)
        {
            return GatewayResponse.Error(
                400, "input must not have more than 4096 characters.", "invalid_request_error", "text_too_long", "input");
        }

        if (_members.ProblemOf(body) is { } problem)
        {
            return problem;
        }

        var speed = body["speed"]?.GetValue<double>() ?? 1;
        var isRawModel = id.Equals(RawModel, StringComparison.OrdinalIgnoreCase);
        isRaw |= isRawModel;
        var model = EmulatedCatalog.Find(id);
        if (isRawModel || EmulatorFaults.OfModel(id) is not null)
        {
            model = EmulatedCatalog.Find("elevenlabs/eleven_turbo_v2")! with { Id = id };
        }

        if (script is not null)
        {
            model ??= EmulatedModel.Unknown(id, EmulatedModel.Audio);
        }

        if (model?.Type != EmulatedModel.Audio)
        {
            return GatewayErrors.ModelNotFound(id);
        }

        // OpenAI's way to stream speech: as events, or as the bare audio.
        var streamFormat = body["stream_format"] is null ? null : body.Text("stream_format") ?? string.Empty;
        if (streamFormat is not (null or "sse" or "audio"))
        {
            return Unsupported("stream_format", "sse or audio");
        }

        isRaw |= streamFormat is not null;
        var delivery = body["response_format"] is null ? "url" : body.Text("response_format");
        var isDelivery = delivery is "url" or "b64_json" or "base64";
        if (!isRaw && !isDelivery)
        {
            return Unsupported("response_format", "url, b64_json or base64 (output_format is for the file format)");
        }

        // Gateways that return the audio itself take its format from response_format, as OpenAI has it.
        var formatName = isDelivery ? "output_format" : "response_format";
        if ((body[formatName] is null ? "mp3" : SpeechFile.Find(body.Text(formatName))) is not { } format)
        {
            return Unsupported(formatName, SpeechFile.Formats);
        }

        request.Model = model.Id;
        request.Tokens = input.Length;
        var credits = model.Price.OfCharacters(input.Length);
        if (request.TryCharge(accounts, model.Id, credits) is { } rejection)
        {
            return rejection;
        }

        var speech = SpeechOf(body, format, input, speed, script);
        var pieces = (int)Math.Ceiling(speech.Seconds * PiecesPerSecond);
        if (streamFormat == "sse")
        {
            return GatewayResponse.Stream(SpeechEvents.Of(speech.Bytes, pieces, input.Length));
        }

        if (isRaw)
        {
            return GatewayResponse.Pieces(speech.Bytes, speech.MediaType, pieces);
        }

        var speechBody = new JsonObject
        {
            ["created"] = request.Now.ToUnixTimeSeconds(),
            ["format"] = speech.Format,
            ["characters"] = input.Length,
            ["duration"] = speech.Seconds,
            ["credits_charged"] = credits,
        };

        if (delivery == "url")
        {
            speechBody["audio_url"] = media.Add(speech.Bytes, speech.MediaType, $".{speech.Format}");
        }
        else
        {
            speechBody["b64_audio"] = Convert.ToBase64String(speech.Bytes);
        }

        return GatewayResponse.Json(speechBody);
    }

    private static SpeechFile SpeechOf(JsonObject body, string format, string input, double speed, SpeechStep? script)
    {
        if (script is null)
        {
            return SpeechFile.Speak(format, input, body.Text("voice") ?? string.Empty, speed);
        }

        return new SpeechFile(format, script.MediaType, script.Audio, input.Length / 15.0);
    }

    private static GatewayResponse Unsupported(string param, string known) =>
        GatewayResponse.Error(400, $"{param} must be {known}.", "invalid_request_error", "invalid_value", param);
}
