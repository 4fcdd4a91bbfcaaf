using System;
using System.Text;
using System.Threading.Tasks;

namespace CCApi.Sdk.MonoApp;

/// <summary>Makes a plain and a streamed call on Mono, against a server in the same program, and checks the text.</summary>
internal static class Program
{
    private const string Plain = """{"choices":[{"index":0,"message":{"role":"assistant","content":"Grüezi, plainly."},"finish_reason":"stop"}]}""";

    private static readonly string[] _frames =
    [
        """data: {"choices":[{"index":0,"delta":{"role":"assistant","content":"Grüezi, "}}]}""",
        """data: {"choices":[{"index":0,"delta":{"content":"streamed."},"finish_reason":"stop"}]}""",
        "data: [DONE]",
    ];

    public static async Task<int> Main()
    {
        using var server = new Server(request => request.Contains("\"stream\":true") ? ("text/event-stream", _frames) : ("application/json", [Plain]));
        using var client = new CCApiClient(new CCApiClientOptions { ApiKey = "sk-mono", BaseAddress = server.BaseAddress });

        var response = await client.Chat.CompleteAsync("openai/gpt-4o-mini", "Say hello.");
        Check("the plain response", "Grüezi, plainly.", response.Text);
        Check("the plain request", "POST /v1/chat/completions HTTP/1.1", server.LastRequest.Split('\r')[0]);
        Check("its key", "True", server.LastRequest.Contains("Authorization: Bearer sk-mono\r\n").ToString());
        Check("its waiting for a 100", "False", server.LastRequest.Contains("Expect:").ToString());

        var stream = client.Chat.StreamAsync("openai/gpt-4o-mini", "Say hello.");
        var text = new StringBuilder();
        var pieces = 0;
        await foreach (var piece in stream.ReadTextAsync())
        {
            text.Append(piece);
            pieces++;
        }

        Check("the streamed response", "Grüezi, streamed.", text.ToString());
        Check("its pieces", "2", FormattableString.Invariant($"{pieces}"));
        Check("its being cut", "False", (await stream.GetResponseAsync()).IsTruncated.ToString());

        Console.WriteLine($"{typeof(CCApiClient).Assembly.GetName().Name} for netstandard2.0 on {Type.GetType("Mono.Runtime")?.FullName ?? "another runtime than Mono"}: a plain and a streamed call are right.");
        return 0;
    }

    private static void Check(string what, string expected, string? actual)
    {
        if (actual != expected)
        {
            throw new InvalidOperationException($"{what}: expected '{expected}', got '{actual}'.");
        }
    }
}
