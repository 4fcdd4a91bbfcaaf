using System;

namespace CCApi.Sdk.Fuzz;

/// <summary>How a caller disturbs their own call.</summary>
[Flags]
internal enum Disturbance
{
    None = 0,
    CancelCall = 1,
    CancelReader = 2,
    DisposeStream = 4,
    DisposeClient = 8,
    ReadAgain = 16,
    Leave = 32,
}
