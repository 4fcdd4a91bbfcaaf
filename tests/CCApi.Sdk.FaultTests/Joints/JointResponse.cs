using System;
using System.Linq;
using System.Text;

namespace CCApi.Sdk.FaultTests.Joints;

/// <summary>A successful response, in the pieces in which it is sent.</summary>
/// <param name="MediaType">Its content type.</param>
/// <param name="Pieces">Its body. The first piece of an event stream of a reasoning model is reasoning, the second text.</param>
/// <param name="Opening">How many pieces are sent before a fault in the body: enough for a reader to receive something.</param>
internal sealed record JointResponse(string MediaType, byte[][] Pieces, int Opening = 1)
{
    private const string Finish = """{"index":0,"delta":{},"finish_reason":"stop"}""";
    private const string Usage = """{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7}""";

    public bool IsEventStream => MediaType == "text/event-stream";

    public int Length => Pieces.Sum(piece => piece.Length);

    /// <summary>The index of the piece with the finish reason, after which only usage and the end mark follow.</summary>
    public int LastContent => Pieces.Length - 3;

    /// <summary>The response to a request of a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="position">How many of its requests have got their response.</param>
    /// <param name="media">The origin of links.</param>
    public static JointResponse Of(JointCall call, int position, Uri media) => (call, position) switch
    {
        (JointCall.Chat, _) or (JointCall.Run, 1) => Completion("Hello"),
        (JointCall.Text or JointCall.Chunks, _) or (JointCall.RunStreamed, 1) => Events(1, Content("Hel"), Content("lo"), Finish),
        (JointCall.ReasoningText or JointCall.ReasoningResponse, _) => Events(2, Reasoning("Hm."), Content("Hel"), Content("lo"), Finish),
        (JointCall.Run, _) => Json($$$$"""{"id":"c","model":"model-a","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{{{{ToolCall}}}}]},"finish_reason":"tool_calls"}],"usage":{{{{Usage}}}}}"""),
        (JointCall.RunStreamed, _) => Events(1, $$$"""{"index":0,"delta":{"tool_calls":[{{{ToolCall}}}]}}""", """{"index":0,"delta":{},"finish_reason":"tool_calls"}"""),
        (JointCall.Structured, 0) => Completion("""{\"Town\":\"Oslo\"}"""),
        (JointCall.Structured, _) => Completion("""{\"Name\":\"Oslo\"}"""),
        (JointCall.Speech, _) => Json("""{"created":1,"format":"mp3","characters":8,"audio_url":"https://media.example/a.mp3"}"""),
        (JointCall.SpeechLink, 0) => Json($$$"""{"created":1,"format":"mp3","characters":8,"audio_url":"{{{media}}}sound.mp3"}"""),
        (JointCall.SpeechStream or JointCall.SpeechLink, _) => File("audio/mpeg", "ID3"u8),
        (JointCall.Image, _) => Json("""{"id":"i","created":1,"model":"model-a","data":[{"url":"https://media.example/a.png"}]}"""),
        (JointCall.ImageJob or JointCall.JobWait or JointCall.JobWatch, 0) => Json("""{"id":"job_1","status":"pending","poll_url":"/v1/images/jobs/job_1"}"""),
        (JointCall.ImageJob or JointCall.JobWait or JointCall.JobWatch, 1) => Json("""{"id":"job_1","status":"processing","data":[]}"""),
        (JointCall.ImageJob or JointCall.JobWait or JointCall.JobWatch, _) => Json("""{"id":"job_1","status":"completed","data":[{"url":"https://media.example/a.png"}]}"""),
        (JointCall.Download, _) => File("image/png", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]),
        (JointCall.Catalog, 0) => Json("""{"object":"list","data":[{"id":"openai/one","object":"model"}],"has_more":true}"""),
        (JointCall.Catalog, _) => Json("""{"object":"list","data":[{"id":"openai/two","object":"model"}],"has_more":false}"""),
        _ => Json("""{"Name":"Oslo"}"""),
    };

    /// <summary>One event with a chunk of content.</summary>
    public static string Chunk(string choices, string? usage = null) =>
        $$$$"""data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"model-a","choices":[{{{{choices}}}}],"usage":{{{{usage ?? "null"}}}}}""" + "\n\n";

    private static string ToolCall => """{"index":0,"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Oslo\"}"}}""";

    private static string Content(string text) => $$$"""{"index":0,"delta":{"content":"{{{text}}}"}}""";

    private static string Reasoning(string text) => $$$"""{"index":0,"delta":{"reasoning_content":"{{{text}}}"}}""";

    private static JointResponse Completion(string text) =>
        Json($$$$"""{"id":"c","model":"model-a","choices":[{"index":0,"message":{"role":"assistant","content":"{{{{text}}}}"},"finish_reason":"stop"}],"usage":{{{{Usage}}}}}""");

    private static JointResponse Events(int opening, params string[] choices) =>
        new("text/event-stream", [.. choices.Select(choice => Chunk(choice)).Append(Chunk("", Usage)).Append("data: [DONE]\n\n").Select(Encoding.UTF8.GetBytes)], opening);

    private static JointResponse Json(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return new JointResponse("application/json", [bytes[..(bytes.Length / 2)], bytes[(bytes.Length / 2)..]]);
    }

    /// <remarks>The first piece is longer than what the type of a file is recognized by.</remarks>
    private static JointResponse File(string mediaType, ReadOnlySpan<byte> signature)
    {
        var file = new byte[400];
        signature.CopyTo(file);
        return new JointResponse(mediaType, [file[..200], file[200..]]);
    }
}
