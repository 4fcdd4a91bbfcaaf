using System;
using System.Collections;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// Functions of this program that a model may call, for <see cref="ChatClient.RunAsync"/>. Add them first; then any number of
/// runs may share them, and each function must be safe to be called by several at once.
/// </summary>
/// <remarks>
/// Schemas come from the <see cref="JsonTypeInfo"/> of source-generated contexts, with the texts of
/// <see cref="System.ComponentModel.DescriptionAttribute"/>. Below .NET 9, descriptions need a reference to the package
/// System.Text.Json 9 or later, whose generator knows them.
/// </remarks>
#pragma warning disable CA1710 // "Tools" says that there are several.
public sealed class ChatTools : IReadOnlyCollection<ChatTool>
#pragma warning restore CA1710
{
    private static readonly JsonDocumentOptions _noTwins = new() { AllowDuplicateProperties = false };

    private readonly Dictionary<string, ToolFunction> _functions = new(StringComparer.Ordinal);
    private readonly List<ChatTool> _definitions = [];

    /// <summary>The number of tools.</summary>
    public int Count => _definitions.Count;

    /// <summary>Adds a function that takes and returns objects.</summary>
    /// <typeparam name="TArguments">What it takes, written as a JSON object.</typeparam>
    /// <typeparam name="TResult">What it returns, sent to the model as JSON.</typeparam>
    /// <param name="name">The name that the model calls: a to z, A to Z, digits, <c>_</c> and <c>-</c>, at most 64.</param>
    /// <param name="description">What it does and when to call it. The model chooses by this.</param>
    /// <param name="arguments">How the arguments are read, such as <c>AppJson.Default.WeatherArgs</c>.</param>
    /// <param name="result">How the result is written.</param>
    /// <param name="run">The function. The message of an exception that it throws is sent to the model.</param>
    /// <returns>These tools, for the next one.</returns>
    /// <exception cref="ArgumentException">
    /// The name is taken or not allowed, the description is empty, or the arguments are not an object.
    /// </exception>
    /// <example><code>
    /// tools.Add("get_weather", "Current weather of a city", AppJson.Default.WeatherArgs, AppJson.Default.Weather,
    ///     async (args, cancellationToken) => await weather.GetAsync(args.City, cancellationToken));
    /// </code></example>
    public ChatTools Add<TArguments, TResult>(
        string name,
        string description,
        JsonTypeInfo<TArguments> arguments,
        JsonTypeInfo<TResult> result,
        Func<TArguments, CancellationToken, Task<TResult>> run)
    {
        Require.NotNull(result, nameof(result));
        Require.NotNull(run, nameof(run));

        return Add(
            name,
            description,
            arguments,
            async (given, cancellationToken) => Write(
                await run(given, cancellationToken).ConfigureAwait(false), result));
    }

    /// <summary>Adds a function that takes an object and returns a text.</summary>
    /// <typeparam name="TArguments">What it takes, written as a JSON object.</typeparam>
    /// <param name="name">The name that the model calls: a to z, A to Z, digits, <c>_</c> and <c>-</c>, at most 64.</param>
    /// <param name="description">What it does and when to call it. The model chooses by this.</param>
    /// <param name="arguments">How the arguments are read, such as <c>AppJson.Default.WeatherArgs</c>.</param>
    /// <param name="run">The function. Its text is sent to the model as it is, as is the message of an exception.</param>
    /// <returns>These tools, for the next one.</returns>
    /// <exception cref="ArgumentException">
    /// The name is taken or not allowed, the description is empty, or the arguments are not an object.
    /// </exception>
    public ChatTools Add<TArguments>(
        string name,
        string description,
        JsonTypeInfo<TArguments> arguments,
        Func<TArguments, CancellationToken, Task<string>> run)
    {
        Require.NotNull(run, nameof(run));

        var shape = JsonShape<TArguments>.Of(Require.NotNull(arguments, nameof(arguments)));
        if (!shape.IsObject)
        {
            throw new ArgumentException(
                $"The arguments of a tool must be a JSON object, but {shape.Name} is not one: put it into a class or a record.",
                nameof(arguments));
        }

        return Add(name, description, shape.Schema, shape.IsStrict, Bind);

        Func<CancellationToken, Task<string>>? Bind(JsonElement json, out string? problem)
        {
            if (shape.TryRead(json, out var given, out problem))
            {
                return cancellationToken => run(given, cancellationToken);
            }

            return null;
        }
    }

    /// <summary>Adds a function with a hand-written schema, which is sent as it is, not in strict mode.</summary>
    /// <param name="name">The name that the model calls: a to z, A to Z, digits, <c>_</c> and <c>-</c>, at most 64.</param>
    /// <param name="description">What it does and when to call it. The model chooses by this.</param>
    /// <param name="schema">The JSON schema of the arguments, an object.</param>
    /// <param name="run">
    /// The function. It gets an object that matches the schema (its <c>format</c> is not checked); its text is sent to the model
    /// as it is.
    /// </param>
    /// <returns>These tools, for the next one.</returns>
    /// <exception cref="ArgumentException">
    /// The name is taken or not allowed, the description is empty, or the schema is not a JSON object.
    /// </exception>
    public ChatTools Add(
        string name,
        string description,
        string schema,
        Func<JsonElement, CancellationToken, Task<string>> run)
    {
        Require.NotNull(run, nameof(run));

        var (root, sent) = Parse(Require.Text(schema, nameof(schema)));

        return Add(name, description, sent, isStrict: false, Bind);

        Func<CancellationToken, Task<string>>? Bind(JsonElement json, out string? problem)
        {
            problem = SchemaValidator.Problem(json, root);
            if (problem is null)
            {
                return cancellationToken => run(json, cancellationToken);
            }

            return null;
        }
    }

    /// <summary>The definitions that are sent to the model, in their order; also for <see cref="ChatCompletionRequest.Tools"/>.</summary>
    public IEnumerator<ChatTool> GetEnumerator() => _definitions.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal ToolFunction? Find(string? name)
    {
        if (name is not null && _functions.TryGetValue(name, out var function))
        {
            return function;
        }

        return null;
    }

    private static (JsonObject Root, JsonElement Sent) Parse(string schema)
    {
        try
        {
            var root = JsonNode.Parse(schema, documentOptions: _noTwins) as JsonObject
                ?? throw new ArgumentException("The schema must be a JSON object.", nameof(schema));
            return (root, SchemaNode.ToElement(root));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The platform reports half of a surrogate pair as an invalid operation.
            throw new ArgumentException(
                $"The schema is not valid JSON: {exception.Message}", nameof(schema), exception);
        }
    }

    private static string Write<T>(T value, JsonTypeInfo<T> type) =>
        ReadableJson.Write(writer => JsonSerializer.Serialize(writer, value, type));

    private ChatTools Add(string name, string description, JsonElement schema, bool isStrict, ToolBinder bind)
    {
        if (_functions.ContainsKey(ToolName.Check(name, nameof(name))))
        {
            throw new ArgumentException(
                $"There already is a tool '{name}': give each tool its own name.", nameof(name));
        }

        var definition = ChatTool.Create(name, Require.Text(description, nameof(description)), schema);
        definition.Function.Strict = isStrict ? true : null;
        _functions.Add(name, new ToolFunction(definition, bind));
        _definitions.Add(definition);

        return this;
    }
}
