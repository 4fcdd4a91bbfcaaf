using System.Collections.Generic;
using System.ComponentModel;
using System.Text.Json.Serialization;

namespace CCApi.Sdk.Fuzz;

internal enum Unit
{
    Celsius,
    Fahrenheit,
}

internal sealed record Place([property: Description("The city")] string City, int? Days = null, Unit Unit = Unit.Celsius);

internal sealed record Recipe(string Title, List<Ingredient> Ingredients, Dictionary<string, double>? Notes);

internal sealed record Ingredient(string Name, double Grams, bool IsOptional);

/// <summary>A tree.</summary>
internal sealed record Branch(int Value, IReadOnlyList<Branch> Branches);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Circle), "circle")]
[JsonDerivedType(typeof(Square), "square")]
internal abstract record Shape(string? Color);

internal sealed record Circle(double Radius, string? Color) : Shape(Color);

internal sealed record Square(double Side, string? Color) : Shape(Color);

/// <summary>The types that models are made to write.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Place))]
[JsonSerializable(typeof(Recipe))]
[JsonSerializable(typeof(Branch))]
[JsonSerializable(typeof(Shape))]
[JsonSerializable(typeof(List<int?>))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(double))]
internal sealed partial class FuzzJson : JsonSerializerContext;
