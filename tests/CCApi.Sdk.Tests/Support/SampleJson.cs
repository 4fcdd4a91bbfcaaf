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
[JsonSerializable(typeof(Linked))]
[JsonSerializable(typeof(Expression))]
[JsonSerializable(typeof(Pet))]
[JsonSerializable(typeof(Numbers))]
[JsonSerializable(typeof(Forms))]
[JsonSerializable(typeof(Open))]
[JsonSerializable(typeof(Populated))]
[JsonSerializable(typeof(List<Linked>))]
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

internal sealed record Linked(int Value, Linked? Next);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "op")]
[JsonDerivedType(typeof(Sum), "sum")]
[JsonDerivedType(typeof(Literal), "literal")]
internal abstract record Expression;

internal sealed record Sum(Expression Left, Expression Right) : Expression;

internal sealed record Literal(double Value) : Expression;

[JsonDerivedType(typeof(Dog), "dog")]
internal record Pet(string Name, int Age = 1);

internal sealed record Dog(string Name, bool Loud) : Pet(Name);

internal sealed class Numbers
{
    [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    public double? Named { get; set; }

    public decimal Price { get; set; }

    public long Count { get; set; }

    public List<string?>? Names { get; set; }

    public Dictionary<string, string?>? Notes { get; set; }
}

internal sealed class Forms
{
#if !NETFRAMEWORK
    public TimeOnly Time { get; set; }
#endif

    public byte[] Bytes { get; set; } = [];

    public object? Anything { get; set; }

    public Unit Unit { get; set; }

    public List<object>? Things { get; set; }

    public Dictionary<string, string>? Map { get; set; }
}

internal sealed class Open
{
    public required string Name { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}

[JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
internal sealed class Populated
{
    public List<string> Tags { get; } = [];

    public IReadOnlyList<string> Fixed { get; } = [];

    public string Shout => "!";
}

internal sealed class Picky
{
    private int _size;

    public int Size
    {
        get => _size;
        set => _size = value < 10 ? value : throw new ArgumentException("The size must be below 10.");
    }
}
