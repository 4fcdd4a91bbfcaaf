using System.Text.Json.Nodes;

namespace CCApi.Emulator.Tests.Support;

/// <summary>Bodies of requests.</summary>
internal static class Body
{
    /// <summary>One question, with whatever else the body should hold.</summary>
    public static string Chat(string prompt, string more = "", string model = "openai/gpt-4o-mini") =>
        $$"""{"model":{{Text(model)}},"messages":[{"role":"user","content":{{Text(prompt)}}}]{{(more.Length == 0 ? "" : "," + more)}}}""";

    /// <summary>The member that asks for JSON of a schema.</summary>
    public static string Format(string schema) => $$$"""
        "response_format":{"type":"json_schema","json_schema":{"name":"answer","schema":{{{schema}}}}}
        """;

    public static string Speech(string input, string more = "") =>
        $$"""{"model":"elevenlabs/eleven_turbo_v2","voice":"aria","input":{{Text(input)}}{{(more.Length == 0 ? "" : "," + more)}}}""";

    public static string Image(string prompt, string more = "", string model = "stabilityai/stable-diffusion-xl-1024-v1-0") =>
        $$"""{"model":{{Text(model)}},"prompt":{{Text(prompt)}}{{(more.Length == 0 ? "" : "," + more)}}}""";

    public static string Multimodal(string text, string parameters = "{}", string model = "imaginepro/nano-banana") =>
        $$"""{"model":{{Text(model)}},"contents":[{"text":{{Text(text)}}}],"parameters":{{parameters}}}""";

    private static string Text(string text) => JsonValue.Create(text).ToJsonString();
}
