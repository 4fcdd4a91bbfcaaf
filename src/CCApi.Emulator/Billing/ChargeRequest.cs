using System;

namespace CCApi.Emulator;

/// <summary>What a request is charged for.</summary>
/// <param name="Time">When.</param>
/// <param name="Operation">The operation, such as <c>POST /chat/completions</c>.</param>
/// <param name="Model">The model.</param>
/// <param name="Credits">How much.</param>
/// <param name="IdempotencyKey">The key under which it is charged once; null for none.</param>
/// <param name="BodyHash">Distinguishes bodies that come with the same key.</param>
/// <param name="Scope">The part of the program that it is for; null for none.</param>
internal sealed record ChargeRequest(
    DateTimeOffset Time,
    string Operation,
    string Model,
    decimal Credits,
    string? IdempotencyKey,
    string BodyHash,
    string? Scope = null);
