using System.Globalization;

namespace BulkRunner;

/// <summary>The calls when no file is given.</summary>
internal static class DemoPrompts
{
    private const int Count = 200;

    /// <summary>Writes them beside the output, and returns the path.</summary>
    public static string Write(FileInfo output)
    {
        var path = Path.ChangeExtension(output.FullName, ".prompts.jsonl");
        File.WriteAllLines(path, Enumerable.Range(1, Count).Select(Line));
        return path;
    }

    private static string Line(int number)
    {
        // With max_tokens, what a budget reserves for a call is near to what it costs.
        var message = $$"""{"role":"user","content":"Name a city for the number {{number}}."}""";
        var body = $$"""{"model":"openai/gpt-4o-mini","max_tokens":32,"messages":[{{message}}]}""";
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"custom_id":"city-{{number:d3}}","url":"/v1/chat/completions","body":{{body}}""") + "}";
    }
}
