namespace CCApi.Sdk;

/// <summary>The operations of the catalog, which use no model.</summary>
internal static class CatalogTelemetry
{
    public static PlainOperation ListModels { get; } = new(TelemetryNames.Operations.ListModels);

    public static PlainOperation GetModel { get; } = new(TelemetryNames.Operations.GetModel);

    public static PlainOperation ListProviders { get; } = new(TelemetryNames.Operations.ListProviders);

    public static PlainOperation GetProvider { get; } = new(TelemetryNames.Operations.GetProvider);
}
