using System;
using System.Threading.Tasks;

namespace CCApi.Sdk.TelemetryTests;

/// <summary>A kind of call whose tokens and cost are compared with the ledger.</summary>
/// <param name="Name">What it is.</param>
/// <param name="RunAsync">Makes the call.</param>
/// <param name="Models">How many calls of a model it makes, each of which has one span and one duration.</param>
/// <param name="Left">How many streams are left before the gateway reports what it charged.</param>
/// <param name="Lost">How many attempts are charged and fail before the gateway reports it.</param>
internal sealed record MeasuredCall(string Name, Func<MeasuredClients, Task> RunAsync, int Models = 1, int Left = 0, int Lost = 0)
{
    public override string ToString() => Name;
}
