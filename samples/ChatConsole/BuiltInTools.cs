using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Serialization;
using CCApi.Sdk;

namespace ChatConsole;

/// <summary>A few harmless functions that the model may call, each on or off.</summary>
internal sealed class BuiltInTools
{
    private const string NoArguments = """{"type":"object","properties":{},"additionalProperties":false}""";

    private static readonly BuiltInTool[] _all =
    [
        new("current_time", "The current time and date here", false, (tools, name, description) =>
            tools.Add(name, description, NoArguments, (_, _) => Task.FromResult(Now()))),
        new("calculate", "Calculates an expression of numbers", false, (tools, name, description) =>
            tools.Add(name, description, ToolsJson.Default.CalculateArgs, (args, _) => Task.FromResult(Calculate(args)))),
        new("file_size", "How large a file of the working folder is", true, (tools, name, description) =>
            tools.Add(name, description, ToolsJson.Default.FileSizeArgs, (args, _) => Task.FromResult(SizeOf(args.Name)))),
    ];

    private readonly HashSet<string> _on = new(StringComparer.Ordinal);

    public bool AreOn => _on.Count > 0;

    public IEnumerable<(BuiltInTool Tool, bool IsOn)> All =>
        _all.Select(tool => (tool, _on.Contains(tool.Name)));

    /// <summary>Switches some of them.</summary>
    /// <param name="names">Names; or "on" or "off", for all of them.</param>
    /// <exception cref="ArgumentException">There is no such tool.</exception>
    public void Switch(IReadOnlyList<string> names)
    {
        var known = _all.Select(tool => tool.Name).ToList();
        if (names is ["on"] or ["off"])
        {
            _on.Clear();
            _on.UnionWith(names is ["on"] ? known : []);
            return;
        }

        if (names.Except(known).FirstOrDefault() is { } unknown)
        {
            throw new ArgumentException(
                $"There is no tool '{unknown}': name {string.Join(", ", known)}, or say on or off for all of them.");
        }

        _on.SymmetricExceptWith(names);
    }

    /// <summary>Those that are on.</summary>
    public ChatTools ForModel()
    {
        var tools = new ChatTools();
        foreach (var (tool, _) in All.Where(each => each.IsOn))
        {
            tool.AddTo(tools, tool.Name, tool.Description);
        }

        return tools;
    }

    public static bool TouchesFiles(string name) => _all.Any(tool => tool.Name == name && tool.TouchesFiles);

    private static string Now() =>
        $"{DateTimeOffset.Now.ToString("dddd, yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)} ({TimeZoneInfo.Local.Id})";

    /// <summary>
    /// Only a name, and not a link: a model that was talked into something must not read elsewhere. It reads the messages
    /// of these exceptions.
    /// </summary>
    private static string SizeOf(string name)
    {
        if (Path.GetFileName(name) != name)
        {
            throw new ArgumentException(
                "Give the name of a file without a folder: only those of the working folder may be read.");
        }

        var file = new FileInfo(name);
        if (!file.Exists || file.LinkTarget is not null)
        {
            throw new FileNotFoundException($"There is no file '{name}' in the working folder.");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{file.Length} bytes");
    }

    private static string Calculate(CalculateArgs args) =>
        Calculator.Evaluate(args.Expression).ToString("0.##########", CultureInfo.InvariantCulture);
}

/// <summary>One of them.</summary>
internal sealed record BuiltInTool(
    string Name, string Description, bool TouchesFiles, Action<ChatTools, string, string> AddTo);

internal sealed record CalculateArgs(
    [property: Description("Numbers, + - * / and parentheses, such as 2 * (3 + 4)")] string Expression);

internal sealed record FileSizeArgs(
    [property: Description("The name of the file, without a folder")] string Name);

/// <summary>The compiler writes the code that reads the arguments; the model gets their schema, with these descriptions.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CalculateArgs))]
[JsonSerializable(typeof(FileSizeArgs))]
internal sealed partial class ToolsJson : JsonSerializerContext;
