using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Catalog;

[Collection(TelemetryTestGroup.Name)]
public sealed class CatalogTelemetryTests : IDisposable
{
    private readonly TelemetryRecorder _telemetry = new();

    public void Dispose() => _telemetry.Dispose();

    [Fact]
    public async Task Catalog_HasOneSpanForEachCallAndNoMetricsOfModels()
    {
        using var client = new ScriptedHandler(ScriptedHandler.Json("""{"object":"list","data":[]}""")).CreateClient();

        await client.Catalog.ListModelsAsync();
        await client.Catalog.GetModelAsync("openai/gpt-4o-mini");
        await client.Catalog.ListProvidersAsync();
        await client.Catalog.GetProviderAsync("openai");

        Assert.Equal(["list_models", "get_model", "list_providers", "get_provider"], _telemetry.Spans.Select(span => span.DisplayName));
        Assert.Equal(
            ["ccapi.operation=list_models", "http.request.method=GET", "server.address=api.ccapi.ai", "server.port=443"],
            _telemetry.Spans[0].Lines());
        Assert.Empty(_telemetry.Measurements);
    }

    [Fact]
    public async Task AnyEndpoint_HasASpanWithoutItsPath()
    {
        using var client = new ScriptedHandler(ScriptedHandler.Json("{}")).CreateClient();

        using var response = await client.SendAsync(HttpMethod.Delete, "files/123", content: null);
        response.Dispose();

        Assert.Equal("send", _telemetry.Span.DisplayName);
        Assert.Equal(["ccapi.operation=send", "http.request.method=DELETE", "server.address=api.ccapi.ai", "server.port=443"], _telemetry.Span.Lines());
    }
}
