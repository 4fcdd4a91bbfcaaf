using System;
using System.Net;

namespace CCApi.Sdk;

/// <summary>One attempt of a call: what came of it, and why it was tried again or not. Immutable.</summary>
public sealed class CCApiAttempt
{
    /// <summary>Makes an attempt, as tests may need.</summary>
    /// <param name="number">1 for the first.</param>
    /// <param name="statusCode">The status of the answer; null when none came.</param>
    /// <param name="fault">What went wrong, in a few words; null when nothing did.</param>
    /// <param name="elapsed">How long it took.</param>
    /// <param name="decision">Why it was tried again or not; null for a success.</param>
    /// <param name="delay">How long the call then waited; null when it was not tried again.</param>
    /// <param name="request">What was asked, such as <c>POST /chat/completions</c>; null when that is not known.</param>
    /// <param name="model">The model that was asked; null when there was no choice.</param>
    public CCApiAttempt(
        int number, HttpStatusCode? statusCode, string? fault, TimeSpan elapsed, string? decision, TimeSpan? delay, string? request = null, string? model = null)
    {
        Number = number;
        StatusCode = statusCode;
        Fault = fault;
        Elapsed = elapsed;
        Decision = decision;
        Delay = delay;
        Request = request;
        Model = model;
    }

    /// <summary>1 for the first attempt.</summary>
    public int Number { get; }

    /// <summary>What was asked, such as <c>POST /chat/completions</c>; without the query. Null when the attempt was made by hand.</summary>
    public string? Request { get; }

    /// <summary>The model that was asked; null when the call had no other to go on with, see <see cref="CCApiFailoverOptions"/>.</summary>
    public string? Model { get; }

    /// <summary>The status of the answer; null when none came.</summary>
    public HttpStatusCode? StatusCode { get; }

    /// <summary>What went wrong, in a few words; null when nothing did.</summary>
    public string? Fault { get; }

    /// <summary>How long the attempt took.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>Why it was tried again or not; null for a success.</summary>
    public string? Decision { get; }

    /// <summary>How long the call waited before the next attempt; null when there was none.</summary>
    public TimeSpan? Delay { get; }

    /// <summary>The attempt in one line.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"attempt {Number}{(Model is null ? null : $" ({Model})")}: {(StatusCode is { } status ? $"{(int)status} " : null)}{(Fault is null ? null : $"{Fault} ")}after {Elapsed.TotalSeconds:0.###} s; {Decision ?? "done"}");
}
