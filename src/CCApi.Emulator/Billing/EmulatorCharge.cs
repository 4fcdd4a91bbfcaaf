using System;

namespace CCApi.Emulator;

/// <summary>One entry of the ledger.</summary>
/// <param name="Time">When it was charged.</param>
/// <param name="Operation">The operation, such as <c>POST /chat/completions</c>.</param>
/// <param name="Model">The model that was charged for.</param>
/// <param name="Credits">How much; a refund does not change it.</param>
/// <param name="IsRefunded">Whether it was given back because the emulator reported a failure.</param>
/// <param name="IdempotencyKey">The <c>Idempotency-Key</c> of the request, if it had one.</param>
/// <param name="Scope">The header <c>X-CCApi-Scope</c> of the request, if it had one.</param>
public sealed record EmulatorCharge(
    DateTimeOffset Time,
    string Operation,
    string Model,
    decimal Credits,
    bool IsRefunded,
    string? IdempotencyKey,
    string? Scope = null);
