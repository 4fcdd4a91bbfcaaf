namespace CCApi.Sdk;

/// <summary>The default <c>User-Agent</c>: the product and its version, nothing about the machine.</summary>
internal static class ProductName
{
    public static string Value { get; } = "CCApi.Sdk/" + typeof(ProductName).Assembly.GetName().Version?.ToString(3);
}
