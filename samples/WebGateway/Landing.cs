namespace WebGateway;

/// <summary>How a job ended: the address of its image on this site, or why there is none.</summary>
internal sealed record Landing(string? Image, string? Problem);
