namespace CCApi.Sdk;

/// <summary>The names of the product.</summary>
internal static class ProductName
{
    /// <summary>The name of the client, for messages: its type is above everything that names it.</summary>
    public const string Client = "CCApiClient";

    /// <summary>The default <c>User-Agent</c>: the product and its version, nothing about the machine.</summary>
    public static string Value { get; } = "CCApi.Sdk/" + typeof(ProductName).Assembly.GetName().Version?.ToString(3);
}
