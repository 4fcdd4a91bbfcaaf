using System;
using System.Runtime.CompilerServices;

namespace CCApi.Emulator;

/// <summary>
/// A rule of an <see cref="EmulatorScript"/>: conditions, then responses in the order of the requests; the last response repeats.
/// Thread-safe.
/// </summary>
/// <typeparam name="TSelf">The kind of rule.</typeparam>
public abstract class ScriptBuilder<TSelf>
    where TSelf : ScriptBuilder<TSelf>
{
    private readonly EmulatorScript _script;
    private readonly ScriptRule _rule;

    private protected ScriptBuilder(EmulatorScript script, ScriptRule rule)
    {
        _script = script;
        _rule = rule;
    }

    /// <summary>Names the rule, for messages.</summary>
    /// <param name="name">The name.</param>
    public TSelf Named(string name) => Change(rule => rule.Name = name);

    /// <summary>Adds a condition.</summary>
    /// <param name="matches">Whether the rule takes a request; it may be called from several threads.</param>
    /// <param name="description">How messages show it; by default its source.</param>
    public TSelf Where(
        Func<ReceivedRequest, bool> matches,
        [CallerArgumentExpression(nameof(matches))] string description = "")
    {
        ArgumentNullException.ThrowIfNull(matches);
        return Change(rule => rule.Conditions.Add(new ScriptCondition(description, matches)));
    }

    /// <summary>Adds the condition that the last user message, the input or the prompt contains a text, ignoring case.</summary>
    /// <param name="text">The text; empty for any.</param>
    public TSelf WithText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0)
        {
            return (TSelf)this;
        }

        return Add(ScriptConditions.Text(text));
    }

    /// <summary>Adds the condition that the request names a model, ignoring case.</summary>
    /// <param name="model">The model's id.</param>
    public TSelf WithModel(string model) => Add(ScriptConditions.Model(model));

    /// <summary>Adds the condition that a header has a value.</summary>
    /// <param name="name">The header; its case is ignored.</param>
    /// <param name="value">The value; null for any. Secret headers have the value <c>(hidden)</c>.</param>
    public TSelf WithHeader(string name, string? value = null) => Add(ScriptConditions.Header(name, value));

    /// <summary>Takes only one request among those that meet the conditions.</summary>
    /// <param name="number">The number of the request, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="number"/> is less than 1.</exception>
    public TSelf OnNth(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        return Change(rule => rule.Nth = number);
    }

    /// <summary>Limits how many requests the rule takes; the next rule that matches takes the others.</summary>
    /// <param name="times">The number of requests, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="times"/> is less than 1.</exception>
    public TSelf Times(int times)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        return Change(rule => rule.Times = times);
    }

    /// <summary>Lets the rule take one request.</summary>
    public TSelf Once() => Times(1);

    /// <summary>Delays the response that was added last, by the emulator's clock.</summary>
    /// <param name="delay">From 0 to about 24 days (2,147,483,647 ms).</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is out of this range.</exception>
    /// <exception cref="InvalidOperationException">No response was added before.</exception>
    public TSelf After(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, EmulatorBounds.MaxDelay);
        return Change(rule =>
        {
            if (rule.Steps.Count == 0)
            {
                throw new InvalidOperationException("After delays the response before it: add one first.");
            }

            rule.Steps[^1] = rule.Steps[^1] with { Delay = delay };
        });
    }

    /// <summary>Adds an error response of the gateway. It is not charged.</summary>
    /// <param name="status">The status, 400 to 599.</param>
    /// <param name="message">The message of the error.</param>
    /// <param name="code">The code; null for the usual one of the status.</param>
    /// <param name="retryAfter">The <c>Retry-After</c>; null for none.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is not one of an error.</exception>
    public TSelf Fail(int status, string? message = null, string? code = null, TimeSpan? retryAfter = null) =>
        Add(new ResponseStep(ScriptResponses.Error(status, message, type: null, code, param: null, retryAfter)));

    /// <summary>Adds the same as <see cref="Fail"/>, as a further response.</summary>
    /// <param name="status">The status, 400 to 599.</param>
    /// <param name="message">The message of the error.</param>
    /// <param name="code">The code; null for the usual one of the status.</param>
    /// <param name="retryAfter">The <c>Retry-After</c>; null for none.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is not one of an error.</exception>
    public TSelf ThenFail(
        int status, string? message = null, string? code = null, TimeSpan? retryAfter = null) =>
        Fail(status, message, code, retryAfter);

    /// <summary>Adds the response that the emulator would make up, with a fault.</summary>
    /// <param name="kind">The fault.</param>
    public TSelf Fault(EmulatorFaultKind kind) => Add(new FaultStep(new EmulatorFault(kind)));

    /// <summary>Adds the response that the emulator would make up.</summary>
    public TSelf PassThrough() => Add(new PassStep());

    /// <summary>Adds a JSON response, exactly as given. It is not charged.</summary>
    /// <param name="json">The JSON text.</param>
    /// <param name="status">The status, 200 to 599.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is out of this range.</exception>
    public TSelf ReplyJson(string json, int status = 200) =>
        ReplyBytes(System.Text.Encoding.UTF8.GetBytes(json), "application/json", status);

    /// <summary>Adds a response of bytes. It is not charged.</summary>
    /// <param name="body">The body.</param>
    /// <param name="mediaType">Its media type.</param>
    /// <param name="status">The status, 200 to 599.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is out of this range.</exception>
    /// <exception cref="ArgumentException"><paramref name="mediaType"/> has a character that a header cannot have.</exception>
    public TSelf ReplyBytes(byte[] body, string mediaType = "application/octet-stream", int status = 200)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        CheckMediaType(mediaType);

        return Add(new ResponseStep(GatewayResponse.Bytes([.. body], mediaType, status)));
    }

    /// <summary>
    /// Adds an event stream, with <c>data:</c> before each text and nothing else: write <c>[DONE]</c> where it belongs. It is not
    /// charged.
    /// </summary>
    /// <param name="data">The data of each event.</param>
    public TSelf ReplyEvents(params string[] data) => Add(new ResponseStep(GatewayResponse.Stream(data)));

    private protected static void CheckMediaType(string mediaType)
    {
        ArgumentNullException.ThrowIfNull(mediaType);
        if (!HeaderText.IsValue(mediaType))
        {
            throw new ArgumentException("A media type is one line of text that a header can have.", nameof(mediaType));
        }
    }

    private protected TSelf Add(ScriptedStep step) => Change(rule => rule.Steps.Add(step));

    private protected TSelf Add(ScriptCondition condition) => Change(rule => rule.Conditions.Add(condition));

    private TSelf Change(Action<ScriptRule> change)
    {
        _script.Change(_rule, change);
        return (TSelf)this;
    }
}
