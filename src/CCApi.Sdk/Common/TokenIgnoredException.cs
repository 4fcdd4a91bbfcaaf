using System;
using System.Threading;

namespace CCApi.Sdk;

/// <summary>The end of a wait for code that was canceled and went on. What it uses, such as memory, it may use later still.</summary>
internal sealed class TokenIgnoredException()
    : OperationCanceledException(
        "An operation ignored its cancellation token and was abandoned.", new CancellationToken(canceled: true));
