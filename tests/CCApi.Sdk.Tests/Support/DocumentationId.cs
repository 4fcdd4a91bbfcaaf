using System;
using System.Linq;
using System.Reflection;

namespace CCApi.Sdk.Tests.Support;

/// <summary>The name of a type or member in the XML documentation file.</summary>
internal static class DocumentationId
{
    public static string Of(Type type) => $"T:{NameOf(type)}";

    public static string Of(MemberInfo member)
    {
        var owner = NameOf(member.DeclaringType!);
        return member switch
        {
            FieldInfo => $"F:{owner}.{member.Name}",
            EventInfo => $"E:{owner}.{member.Name}",
            PropertyInfo property => $"P:{owner}.{member.Name}{Parameters(property.GetIndexParameters())}",
            ConstructorInfo constructor => $"M:{owner}.#ctor{Parameters(constructor.GetParameters())}",
            MethodInfo method => $"M:{owner}.{member.Name}{Arity(method)}{Parameters(method.GetParameters())}{ConversionResult(method)}",
            _ => throw new ArgumentException($"{member} has no documentation.", nameof(member)),
        };
    }

    private static string Arity(MethodInfo method) => method.IsGenericMethodDefinition ? $"``{method.GetGenericArguments().Length}" : "";

    private static string ConversionResult(MethodInfo method) => method.Name is "op_Implicit" or "op_Explicit" ? $"~{Reference(method.ReturnType)}" : "";

    private static string Parameters(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : $"({string.Join(",", parameters.Select(p => Reference(p.ParameterType)))})";

    private static string NameOf(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string Reference(Type type)
    {
        if (type.IsByRef)
        {
            return $"{Reference(type.GetElementType()!)}@";
        }

        if (type.IsArray)
        {
            return $"{Reference(type.GetElementType()!)}[]";
        }

        if (type.IsGenericParameter)
        {
            return type.DeclaringMethod is null ? $"`{type.GenericParameterPosition}" : $"``{type.GenericParameterPosition}";
        }

        if (!type.IsGenericType)
        {
            return NameOf(type);
        }

        var name = NameOf(type);
        return $"{name.Substring(0, name.LastIndexOf('`'))}{{{string.Join(",", type.GetGenericArguments().Select(Reference))}}}";
    }
}
