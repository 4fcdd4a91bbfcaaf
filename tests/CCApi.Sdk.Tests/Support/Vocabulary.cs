using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.Tests.Support;

/// <summary>A generated vocabulary struct, used by reflection so that each one of them is tested.</summary>
internal sealed class Vocabulary
{
    private readonly Type _type;

    public Vocabulary(string name)
    {
        _type = AllTypes.Single(t => t.Name == name);
    }

    /// <summary>Every vocabulary of the contract.</summary>
    public static IReadOnlyList<Type> AllTypes { get; } =
        [.. typeof(ChatRole).Assembly.GetExportedTypes().Where(t => t.IsValueType && t.GetProperty("IsKnown") is not null).OrderBy(t => t.Name, StringComparer.Ordinal)];

    public object Default => Activator.CreateInstance(_type)!;

    /// <summary>The known values: the static properties.</summary>
    public IReadOnlyList<object> Known =>
        [.. _type.GetProperties(BindingFlags.Public | BindingFlags.Static).Where(p => p.PropertyType == _type).Select(p => p.GetValue(null)!)];

    public static TheoryData<string> Names() => [.. AllTypes.Select(t => t.Name)];

    public static string ValueOf(object vocabulary) => (string)vocabulary.GetType().GetProperty("Value")!.GetValue(vocabulary)!;

    public static bool IsKnown(object vocabulary) => (bool)vocabulary.GetType().GetProperty("IsKnown")!.GetValue(vocabulary)!;

    public object Create(string? value) => Activator.CreateInstance(_type, [value])!;

    public object Read(string json) => Wire.Read(_type, json)!;

    /// <summary>The implicit conversion to the struct or, for <paramref name="nullable"/>, to its nullable form.</summary>
    public object? Convert(string? value, bool nullable)
    {
        var target = nullable ? typeof(Nullable<>).MakeGenericType(_type) : _type;
        var conversion = _type.GetMethods().Single(m => m.Name == "op_Implicit" && m.ReturnType == target);
        return conversion.Invoke(null, [value]);
    }

    /// <summary>The result of the equality operator.</summary>
    public bool AreEqual(object left, object right) => (bool)_type.GetMethod("op_Equality")!.Invoke(null, [left, right])!;

    /// <summary>The result of the inequality operator.</summary>
    public bool AreDifferent(object left, object right) => (bool)_type.GetMethod("op_Inequality")!.Invoke(null, [left, right])!;
}
