using System;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>What the adapters return for <c>GetService</c>: their metadata, themselves, and the facade.</summary>
internal static class AdapterServices
{
    public static object? Find(Type serviceType, object? serviceKey, params object[] services)
    {
        Require.NotNull(serviceType, nameof(serviceType));
        return serviceKey is null ? Array.Find(services, serviceType.IsInstanceOfType) : null;
    }
}
