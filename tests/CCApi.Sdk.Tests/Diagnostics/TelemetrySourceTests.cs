#if NET
using System;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Linq;
using System.Net.Http;
using System.Reflection;
using System.Runtime.Loader;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Diagnostics;

/// <summary>A second copy of the assembly, which creates its source and its instruments while listeners throw.</summary>
[Collection(TelemetryTestGroup.Name)]
public sealed class TelemetrySourceTests
{
    [Fact]
    public async Task Source_ThatAListenerRejectsWithAnException_LeavesCallsAlone()
    {
        var isArmed = false;
        var thrown = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => isArmed && source.Name == CCApiDefaults.TelemetryName ? throw Hostile(ref thrown) : false,
        };
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, _) => thrown += isArmed && instrument.Meter.Name == CCApiDefaults.TelemetryName ? throw Hostile(ref thrown) : 0,
        };
        ActivitySource.AddActivityListener(listener);
        meters.Start();
        isArmed = true;
        var context = new AssemblyLoadContext("hostile listeners", isCollectible: true);
        try
        {
            var assembly = context.LoadFromAssemblyPath(typeof(CCApiClient).Assembly.Location);

            var list = await ListModelsAsync(assembly);

            Assert.Equal("ModelListResponse", list.GetType().Name);
            Assert.True(thrown >= 10, $"{thrown}");
        }
        finally
        {
            isArmed = false;
            context.Unload();
        }
    }

    private static InvalidOperationException Hostile(ref int thrown)
    {
        thrown++;
        return new InvalidOperationException("A listener.");
    }

    /// <summary>Makes a call with the types of another copy of the assembly.</summary>
    private static async Task<object> ListModelsAsync(Assembly assembly)
    {
        var optionsType = assembly.GetType("CCApi.Sdk.CCApiClientOptions", throwOnError: true)!;
        dynamic options = Activator.CreateInstance(optionsType)!;
        options.ApiKey = "sk-test";
        using var handler = new FakeGateway().Respond(200, """{"data":[]}""");
        using var http = new HttpClient(handler);
        var constructor = assembly.GetType("CCApi.Sdk.CCApiClient", throwOnError: true)!.GetConstructor([typeof(HttpClient), optionsType])!;
        using var client = (IDisposable)constructor.Invoke([http, options]);
        var catalog = client.GetType().GetProperty("Catalog")!.GetValue(client)!;
        var list = catalog.GetType().GetMethods().Single(method => method.Name == "ListModelsAsync");
        var task = (Task)list.Invoke(catalog, [null, null, default(System.Threading.CancellationToken)])!;
        await task;
        return ((dynamic)task).Result;
    }
}
#endif
