using System.Linq;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>What the model is sent when a call has no result.</summary>
internal static class ToolResultText
{
    /// <summary>What a model wrote is quoted, but not at any length.</summary>
    private const int MaxQuote = 200;

    public static string UnknownTool(string? name, ChatTools tools) =>
        Error($"There is no tool '{Quote(name)}'. The tools are: {string.Join(", ", tools.Select(tool => tool.Function.Name))}.");

    public static string InvalidArguments(string name, string problem, string arguments)
    {
        var received = arguments.Length == 0 ? null : $" The arguments were: {Quote(arguments)}";
        return Error(
            $"The arguments of {name} are not valid: {problem.TrimEnd('.')}. "
            + $"Call it again with arguments that match its schema.{received}");
    }

    public static string Failed(string name, string message) => Error($"{name} failed: {message}");

    public static string Unwritable(string name, string problem) => Error($"{name} cannot be written as JSON: {problem}");

    public static string NotApproved(string name) =>
        Error($"The call of {name} was not approved. Continue without it.");

    public static string TooManyCalls(int limit) =>
        Error($"This call was not run, because a turn may have at most {limit} calls. Call fewer tools at once.");

    public static string NotRun() => Error("This call was not run, because a limit was reached.");

    public static string Interrupted() => Error("This call has no result, because the run was interrupted.");

    private static string? Quote(string? text)
    {
        if (text?.Length > MaxQuote)
        {
            return $"{text.Substring(0, MaxQuote)}...";
        }

        return text;
    }

    private static string Error(string message) => ReadableJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("error"u8, message);
        writer.WriteEndObject();
    });
}
