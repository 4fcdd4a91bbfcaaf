using System;
using System.Text.RegularExpressions;

namespace CCApi.Emulator;

/// <summary>One condition of a rule.</summary>
/// <param name="Description">What it requires, for messages.</param>
/// <param name="IsMet">Whether a request meets it.</param>
internal sealed record ScriptCondition(string Description, Func<ReceivedRequest, bool> IsMet)
{
    /// <summary>Whether a request meets it.</summary>
    /// <exception cref="EmulatorScriptException">It cannot be decided: the condition throws, or its pattern takes too long.</exception>
    public bool Check(ReceivedRequest request)
    {
        try
        {
            return IsMet(request);
        }
        catch (RegexMatchTimeoutException exception)
        {
            var limit = exception.MatchTimeout.TotalMilliseconds;
            throw new EmulatorScriptException(
                FormattableString.Invariant($"its condition ({Description}) took more than {limit} ms for this text; simplify the pattern"),
                exception);
        }
#pragma warning disable CA1031 // The condition is the caller's code, and the client of the emulator must see why there is no response.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            throw new EmulatorScriptException(
                $"its condition ({Description}) threw {exception.GetType().Name}: {exception.Message.TrimEnd('.')}", exception);
        }
    }
}
