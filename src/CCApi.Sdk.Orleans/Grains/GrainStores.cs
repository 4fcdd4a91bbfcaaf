using System;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Storage;

namespace CCApi.Sdk.Orleans;

/// <summary>Finds the storage that <see cref="FleetOptions.StorageName"/> names.</summary>
internal sealed class GrainStores(IServiceProvider services, IOptions<FleetOptions> options)
{
    public GrainStore Of(IGrainBase grain) =>
        new(services.GetRequiredKeyedService<IGrainStorage>(options.Value.StorageName), grain.GrainContext.GrainId);
}
