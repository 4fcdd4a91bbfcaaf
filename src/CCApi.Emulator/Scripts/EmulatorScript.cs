using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;

namespace CCApi.Emulator;

/// <summary>
/// The responses that a test prescribes, instead of those that the emulator generates: the first rule that matches a request
/// responds to it. Thread-safe.
/// </summary>
/// <example><code>
/// emulator.Script.WhenChat(request => request.LastUserText.Contains("biggest")).Reply("The blue whale.");
/// emulator.Script.WhenChat("weather").CallTool("get_weather", """{"city":"Oslo"}""").ThenReply("It snows in Oslo.");
/// </code></example>
public sealed class EmulatorScript
{
    private readonly Lock _gate = new();
    private readonly List<ScriptRule> _rules = [];
    private long _bytes;
    private bool _isStrict;

    internal EmulatorScript()
    {
    }

    /// <summary>
    /// Whether a request that no rule matches fails with status 400, param <c>script</c> and a message that shows the nearest
    /// rule. Polls of image jobs are exempt.
    /// </summary>
    /// <value>The default is false: such requests get the response that the emulator makes up.</value>
    public bool IsStrict
    {
        get
        {
            lock (_gate)
            {
                return _isStrict;
            }
        }

        set
        {
            lock (_gate)
            {
                _isStrict = value;
            }
        }
    }

    /// <summary>Adds a rule for chat completions.</summary>
    /// <param name="matches">Whether the rule takes a request; it may be called from several threads.</param>
    /// <param name="description">How messages show it; by default its source.</param>
    public ChatScript WhenChat(
        Func<ReceivedRequest, bool> matches,
        [CallerArgumentExpression(nameof(matches))] string description = "") =>
        new ChatScript(this, Rule("chat", ScriptRoute.Chat)).Where(matches, description);

    /// <summary>Adds a rule for chat completions whose last user message contains a text, ignoring case.</summary>
    /// <param name="text">The text; empty for any.</param>
    public ChatScript WhenChat(string text = "") =>
        new ChatScript(this, Rule("chat", ScriptRoute.Chat)).WithText(text);

    /// <summary>Adds a rule for speech whose input contains a text, ignoring case.</summary>
    /// <param name="text">The text; empty for any.</param>
    public SpeechScript WhenSpeech(string text = "") =>
        new SpeechScript(this, Rule("speech", ScriptRoute.Speech)).WithText(text);

    /// <summary>Adds a rule for both image operations whose prompt contains a text, ignoring case.</summary>
    /// <param name="text">The text; empty for any.</param>
    public ImageScript WhenImage(string text = "") =>
        new ImageScript(this, Rule("image", ScriptRoute.Images)).WithText(text);

    /// <summary>Adds a rule for polls of image jobs.</summary>
    public RequestScript WhenJob() => new(this, Rule("job", ScriptRoute.Jobs));

    /// <summary>Adds a rule for the list of models.</summary>
    public RequestScript WhenModels() => new(this, Rule("models", ScriptRoute.Models));

    /// <summary>Adds a rule for any endpoint, also for one that the emulator does not have.</summary>
    /// <param name="method">The HTTP method; null for any.</param>
    /// <param name="path">The path below <c>/v1</c>, such as <c>/embeddings</c>; with a <c>*</c> at its end, its start.</param>
    public RequestScript When(string? method, string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new RequestScript(
            this,
            Rule($"{method ?? "any"} {path}", new ScriptRoute(method, path.StartsWith('/') ? path : $"/{path}")));
    }

    /// <summary>Adds the rules of a JSON file; <c>strict</c> in it sets <see cref="IsStrict"/>.</summary>
    /// <param name="path">The file. Its audio and image files are relative to it.</param>
    /// <exception cref="EmulatorScriptException">
    /// The file is not a valid script; the message names the line and the member. No rule was added.
    /// </exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public void LoadFile(string path) =>
        Load(File.ReadAllBytes(path), Path.GetFileName(path), Path.GetDirectoryName(Path.GetFullPath(path))!);

    /// <summary>Adds the rules of a JSON text; <c>strict</c> in it sets <see cref="IsStrict"/>.</summary>
    /// <param name="json">The script. Its audio and image files are relative to the current folder.</param>
    /// <exception cref="EmulatorScriptException">
    /// It is not a valid script; the message names the line and the member. No rule was added.
    /// </exception>
    public void Load(string json) =>
        Load(System.Text.Encoding.UTF8.GetBytes(json), "script", Directory.GetCurrentDirectory());

    /// <summary>Removes all rules and ends strict mode.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _bytes = 0;
            _rules.Clear();
            _isStrict = false;
        }
    }

    /// <summary>Throws unless every rule has taken a request, as many as <c>Times</c> says where it is set.</summary>
    /// <exception cref="EmulatorAssertionException">Some rules have not; the message lists them.</exception>
    public void AssertAllUsed()
    {
        string[] unused;
        lock (_gate)
        {
            unused = [.. _rules.Select((rule, index) => (rule, index))
                .Where(pair => pair.rule.Used < (pair.rule.Times ?? 1))
                .Select(pair => $"{pair.rule.Describe(pair.index + 1)} took {pair.rule.Used} of {pair.rule.Times ?? 1} requests")];
        }

        if (unused.Length > 0)
        {
            throw new EmulatorAssertionException(
                $"Not all rules of the script were used:\n  {string.Join("\n  ", unused)}");
        }
    }

    internal void Load(byte[] json, string name, string folder)
    {
        Add(ScriptFile.Parse(json, name, folder));
    }

    /// <summary>Replaces the rules at once, so that no request finds none of them.</summary>
    internal void Replace(ScriptFile file)
    {
        lock (_gate)
        {
            Clear();
            Add(file);
        }
    }

    internal void Add(ScriptFile file)
    {
        lock (_gate)
        {
            if (_bytes + file.Bytes > ScriptFile.MaxBytes)
            {
                throw new EmulatorScriptException(FormattableString.Invariant(
                    $"The script would have more than {ScriptFile.MaxBytes} bytes: remove some rules first."));
            }

            if (_rules.Count + file.Rules.Count > ScriptFile.MaxRules)
            {
                throw new EmulatorScriptException(
                    FormattableString.Invariant($"The script would have more than {ScriptFile.MaxRules} rules: remove some first."));
            }

            _bytes += file.Bytes;
            _rules.AddRange(file.Rules);
            _isStrict = file.IsStrict ?? _isStrict;
        }
    }

    /// <summary>The rules in words, with how often each was used.</summary>
    internal IReadOnlyList<string> Describe()
    {
        lock (_gate)
        {
            return [.. _rules.Select((rule, index) => $"{rule.Describe(index + 1)}: took {rule.Used} requests")];
        }
    }

    /// <summary>Changes a rule; the first response makes it part of the script.</summary>
    internal void Change(ScriptRule rule, Action<ScriptRule> change)
    {
        lock (_gate)
        {
            change(rule);
            if (rule.Steps.Count > 0 && !_rules.Contains(rule))
            {
                _rules.Add(rule);
            }
        }
    }

    /// <summary>Finds the rule that responds to a request, and counts it.</summary>
    internal ScriptOutcome Match(ReceivedRequest request)
    {
        lock (_gate)
        {
            return new ScriptMatcher(_rules, _isStrict).Match(request);
        }
    }

    private static ScriptRule Rule(string operation, ScriptRoute route) =>
        new() { Operation = operation, Route = route };
}
