using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>Makes up the log probabilities of a completion, one entry for each piece of its text: the same for the same seed.</summary>
internal sealed class ChatLogprobs
{
    /// <summary>The least likely token has a probability of about 0.37.</summary>
    private const double Spread = 1000.0;

    private readonly int _alternatives;
    private readonly int _seed;

    private ChatLogprobs(int alternatives, int seed)
    {
        _alternatives = alternatives;
        _seed = seed;
    }

    /// <summary>What a request wants; null when it wants none.</summary>
    public static ChatLogprobs? For(JsonObject body, int seed)
    {
        if (body["logprobs"]?.GetValueKind() == JsonValueKind.True)
        {
            return new ChatLogprobs(body.Number("top_logprobs") ?? 0, seed);
        }

        return null;
    }

    /// <summary>The <c>logprobs</c> of a choice or of a chunk.</summary>
    public JsonObject Of(IEnumerable<string> pieces, string? refusal) => new()
    {
        ["content"] = refusal is null ? Tokens(pieces) : null,
        ["refusal"] = refusal is null ? null : Tokens([refusal]),
    };

    private JsonArray Tokens(IEnumerable<string> pieces) => [.. pieces.Select(Token)];

    private JsonNode Token(string piece)
    {
        var hash = GatewayRequest.Hash(_seed, piece);
        var logprob = -Math.Round(hash % Spread / Spread, 4);
        var token = Entry(piece, logprob);

        // The token itself is the likeliest; the others follow it.
        var ranks = Enumerable.Range(1, Math.Max(_alternatives - 1, 0));
        var others = ranks.Select(rank => Entry($"{piece}{rank}", Math.Round(logprob - rank, 4)));
        var alternatives = others.Prepend(Entry(piece, logprob)).Take(_alternatives);
        token["top_logprobs"] = new JsonArray([.. alternatives]);

        return token;
    }

    private static JsonObject Entry(string token, double logprob) => new()
    {
        ["token"] = token,
        ["logprob"] = logprob,
        ["bytes"] = new JsonArray([.. Encoding.UTF8.GetBytes(token).Select(part => (JsonNode)part)]),
    };
}
