using System.Text.Json;

namespace CCApi.Sdk.Json;

/// <summary>
/// A type of the contract that writes itself. Its reading half is a static <c>ReadFrom</c>, which an interface cannot ask for on
/// every target.
/// </summary>
internal interface IJsonModel
{
    void WriteTo(Utf8JsonWriter writer);
}
