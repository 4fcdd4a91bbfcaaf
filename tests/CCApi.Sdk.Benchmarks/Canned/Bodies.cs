using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace CCApi.Sdk.Benchmarks;

/// <summary>The responses that are read, as a gateway writes them.</summary>
public static class Bodies
{
    public const int Chunks = 1000;

    public const int Models = 500;

    public const int ImageBytes = 3 * 1024 * 1024;

    public const int Messages = 100;

    private static readonly string[] _words =
        ["the", "quick", "brown", "fox", "jumps", "over", "lazy", "dog", "while", "a", "narrow", "river", "carries", "its", "light", "towards", "evening"];

    public static byte[] Plain { get; } = Utf8(
        """
        {"id":"chatcmpl-9f8e7d6c5b4a39281706f5e4","object":"chat.completion","created":1763650000,"model":"openai/gpt-4o-mini","system_fingerprint":"fp_44709d6fcb",
        "choices":[{"index":0,"message":{"role":"assistant","content":"TEXT"},"logprobs":null,"finish_reason":"stop"}],
        "usage":{"prompt_tokens":57,"completion_tokens":120,"total_tokens":177}}
        """.Replace("TEXT", string.Concat(Enumerable.Range(0, 120).Select(Token)), StringComparison.Ordinal));

    public static byte[] Stream { get; } = Events(isPadded: false);

    public static byte[] PaddedStream { get; } = Events(isPadded: true);

    public static byte[] Image { get; } = Utf8($$"""{"created":1763650000,"data":[{"b64_json":"{{Convert.ToBase64String(Noise())}}"}]}""");

    public static byte[] Catalog { get; } = Utf8($$"""{"object":"list","data":[{{string.Join(",", Enumerable.Range(0, Models).Select(Model))}}]}""");

    public static string Token(int i) => (i == 0 ? string.Empty : " ") + _words[i % _words.Length];

    public static string Message(int i) => string.Concat(Enumerable.Range(i, 40).Select(word => " " + _words[word % _words.Length]));

    /// <summary>The events of the stream, one by one.</summary>
    public static byte[][] StreamEvents { get; } = [.. Enumerable.Range(0, Chunks).Select(i => Utf8(Chunk(i, isPadded: false))), Utf8("data: [DONE]\n\n")];

    private static byte[] Events(bool isPadded) => Utf8(string.Concat(
        Enumerable.Range(0, Chunks).Select(i => Chunk(i, isPadded)).Append(Event(
            """{"id":"chatcmpl-9f8e7d6c5b4a39281706f5e4","object":"chat.completion.chunk","created":1763650000,"model":"openai/gpt-4o-mini","system_fingerprint":"fp_44709d6fcb","choices":[],"usage":{"prompt_tokens":57,"completion_tokens":1000,"total_tokens":1057}}"""))
        .Append("data: [DONE]\n\n")));

    private static string Chunk(int i, bool isPadded)
    {
        var role = i == 0 ? "\"role\":\"assistant\"," : string.Empty;
        var reason = i == Chunks - 1 ? "\"stop\"" : "null";
        var padding = isPadded ? $",\"obfuscation\":\"{"aZ3kQ9rT1mX"[(i % 10)..]}\"" : string.Empty;
        return Event(
            $$"""{"id":"chatcmpl-9f8e7d6c5b4a39281706f5e4","object":"chat.completion.chunk","created":1763650000,"model":"openai/gpt-4o-mini","system_fingerprint":"fp_44709d6fcb","choices":[{"index":0,"delta":{{{role}}"content":"{{Token(i)}}"},"logprobs":null,"finish_reason":{{reason}}}]{{padding}}}""");
    }

    private static string Event(string data) => $"data: {data}\n\n";

    private static string Model(int i) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"id":"vendor-{{i % 20}}/model-{{i}}","name":"Model {{i}}","object":"model","created":{{1700000000 + i}},"owned_by":"vendor-{{i % 20}}","pricing":{"prompt":"0.00000015","completion":"0.0000006"},"supported_endpoint_types":["openai"]}""");

    private static byte[] Noise()
    {
        var bytes = new byte[ImageBytes];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
