using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CCApi.Sdk;

/// <summary>What the model is told when a call gave no result.</summary>
internal static class ToolResultText
{
    private static readonly JsonWriterOptions _writerOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string NoSuchTool(string? name, ChatTools tools)
    {
        var names = new StringBuilder();
        foreach (var tool in tools)
        {
            names.Append(names.Length == 0 ? null : ", ").Append(tool.Function.Name);
        }

        return Error($"There is no tool '{name}'. The tools are: {names}.");
    }

    public static string WrongArguments(string name, string problem) =>
        Error($"The arguments of {name} cannot be used: {problem.TrimEnd('.')}. Call it again with arguments that fit its schema.");

    public static string Failed(string name, string message) => Error($"{name} failed: {message}");

    public static string Refused(string name) => Error($"The call of {name} was not allowed. Go on without it.");

    public static string NotRun() => Error("This call was not run, because a limit was reached.");

    private static string Error(string message)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, _writerOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("error"u8, message);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
