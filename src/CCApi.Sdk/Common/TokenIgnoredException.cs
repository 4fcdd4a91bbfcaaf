using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;

namespace CCApi.Sdk;

/// <summary>The end of a wait for code that was canceled and went on. What it uses, such as memory, it may use later still.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Internal, with one meaning.")]
internal sealed class TokenIgnoredException()
    : OperationCanceledException(
        "An operation ignored its cancellation token and was abandoned.", new CancellationToken(canceled: true));
