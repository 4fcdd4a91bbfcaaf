using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CCApi.Sdk.Tests.Support;

/// <summary>The types that a program would have its model take and give.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(WeatherArgs))]
[JsonSerializable(typeof(Weather))]
[JsonSerializable(typeof(CityArgs))]
[JsonSerializable(typeof(Everything))]
[JsonSerializable(typeof(Shape))]
[JsonSerializable(typeof(Drawing))]
[JsonSerializable(typeof(Branch))]
[JsonSerializable(typeof(List<Branch>))]
[JsonSerializable(typeof(OpenArgs))]
[JsonSerializable(typeof(AnythingArgs))]
[JsonSerializable(typeof(NoArgs))]
[JsonSerializable(typeof(Picky))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Unit))]
[JsonSerializable(typeof(Dictionary<string, int>))]
internal sealed partial class SampleJson : JsonSerializerContext;

[JsonConverter(typeof(JsonStringEnumConverter<Unit>))]
internal enum Unit
{
    Celsius,
    Fahrenheit,
}

[Description("Where and when")]
internal sealed record WeatherArgs([Description("The city, in English")] string City, [property: Description("How many days ahead")] int Days = 1, Unit Unit = Unit.Celsius);

internal sealed record Weather(double Temperature, string Sky);

internal sealed record CityArgs(string City);

internal sealed record NoArgs;

internal sealed record OpenArgs(Dictionary<string, int> Counts);

internal sealed record AnythingArgs([property: Description("Whatever you like")] JsonElement Value);

internal sealed class Everything
{
    public required string Name { get; set; }

    public string? Note { get; set; }

    public Unit? Unit { get; set; }

    public DateTime When { get; set; }

    public TimeSpan Length { get; set; }

    public Uri? Link { get; set; }

    public Guid? Id { get; set; }

    public decimal? Price { get; set; }

    public IList<string> Tags { get; } = [];

    public string Shout => Name + "!";

    [JsonIgnore]
    public int Hidden { get; set; }
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Circle), "circle")]
[JsonDerivedType(typeof(Box), "box")]
internal abstract record Shape;

internal sealed record Circle(double Radius) : Shape;

internal sealed record Box(double Width, double Height = 1) : Shape;

internal sealed record Drawing(Shape Main, Shape? Other = null);

internal sealed record Branch(string Name, [property: Description("What grows on it")] IReadOnlyList<Branch> Branches, Branch? Twin = null);

internal sealed class Picky
{
    private int _size;

    public int Size
    {
        get => _size;
        set => _size = value < 10 ? value : throw new ArgumentException("The size must be below 10.");
    }
}
