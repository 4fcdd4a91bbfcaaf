using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ToolsAndTypes;

/// <summary>
/// What the model gives and takes. The compiler writes the code that reads and writes it; the model gets the schema, with
/// these descriptions.
/// </summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(WeatherArgs))]
[JsonSerializable(typeof(Weather))]
[JsonSerializable(typeof(TimeArgs))]
[JsonSerializable(typeof(TripPlan))]
internal sealed partial class AppJson : JsonSerializerContext;

internal enum TemperatureUnit
{
    Celsius,
    Fahrenheit,
}

internal sealed record WeatherArgs(
    [Description("Name of the city, in English")] string City,
    TemperatureUnit Unit = TemperatureUnit.Celsius);

internal sealed record Weather(double Temperature, TemperatureUnit Unit, string Sky);

internal sealed record TimeArgs([Description("Name of the city, in English")] string City);

[Description("A plan for one day")]
internal sealed record TripPlan(
    string City,
    [Description("What to pack, the most important first")] IReadOnlyList<string> Pack,
    [Description("Money to change, in the currency of home")] decimal Budget);
