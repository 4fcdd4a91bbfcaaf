using System.Globalization;
using System.Text.Json;
using CCApi.Sdk;

namespace ToolsAndTypes;

/// <summary>Three tools, one of each kind: objects in and out, an object in and a text out, and a hand-written schema.</summary>
internal static class TravelTools
{
    private static readonly Dictionary<string, (double Celsius, string Sky, int Offset)> _cities = new(
        StringComparer.OrdinalIgnoreCase)
    {
        ["Oslo"] = (-3, "snow", 1),
        ["Lisbon"] = (17, "sun", 0),
        ["Tokyo"] = (9, "clouds", 9),
    };

    private static readonly Dictionary<string, decimal> _euros = new(StringComparer.Ordinal)
    {
        ["EUR"] = 1m,
        ["NOK"] = 0.085m,
        ["JPY"] = 0.006m,
    };

    public static ChatTools Create() => new ChatTools()
        .Add(
            "get_weather",
            "Current weather of a city",
            AppJson.Default.WeatherArgs,
            AppJson.Default.Weather,
            GetWeatherAsync)
        .Add(
            "get_time",
            "Local time of a city",
            AppJson.Default.TimeArgs,
            (args, _) => Task.FromResult(TimeIn(args.City)))
        .Add("convert_currency", "Converts an amount of money from one currency to another", """
            {
              "type": "object",
              "properties": {
                "amount": { "type": "number" },
                "from": { "enum": ["EUR", "NOK", "JPY"] },
                "to": { "enum": ["NOK", "JPY", "EUR"] }
              },
              "required": ["amount", "from", "to"]
            }
            """, (args, _) => Task.FromResult(Convert(args)));

    private static async Task<Weather> GetWeatherAsync(WeatherArgs args, CancellationToken cancellationToken)
    {
        await Task.Yield(); // A real tool asks a service here, and hands it the token.
        cancellationToken.ThrowIfCancellationRequested();
        var (celsius, sky, _) = Find(args.City);

        var isCelsius = args.Unit == TemperatureUnit.Celsius;
        return new Weather(isCelsius ? celsius : (celsius * 1.8) + 32, args.Unit, sky);
    }

    private static string TimeIn(string city) =>
        DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(Find(city).Offset)).ToString(
            "HH:mm", CultureInfo.InvariantCulture);

    private static string Convert(JsonElement args)
    {
        var amount = args.GetProperty("amount").GetDecimal();
        var from = args.GetProperty("from").GetString()!;
        var to = args.GetProperty("to").GetString()!;

        return string.Create(CultureInfo.InvariantCulture, $"{amount * _euros[from] / _euros[to]:0.00} {to}");
    }

    /// <summary>The model reads the message of what a tool throws, and can correct its call.</summary>
    private static (double Celsius, string Sky, int Offset) Find(string city)
    {
        if (!_cities.TryGetValue(city, out var found))
        {
            throw new ArgumentException($"There is no city '{city}' here, only {string.Join(", ", _cities.Keys)}.");
        }

        return found;
    }
}
