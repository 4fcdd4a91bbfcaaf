namespace CCApi.Sdk.Extensions.AI;

/// <summary>The gateway's name in the metadata of the adapters.</summary>
internal static class Provider
{
    public const string Name = "ccapi";
}
