namespace WebGateway;

/// <summary>What a form of the page sends.</summary>
internal sealed record Ask(string Model, string Prompt);
