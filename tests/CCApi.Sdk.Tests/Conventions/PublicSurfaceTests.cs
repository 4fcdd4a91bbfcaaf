using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.Tests.Conventions;

/// <summary>What holds for everything that users can see. Each failure lists the offenders.</summary>
public class PublicSurfaceTests
{
    private const string Models = "CCApi.Sdk.Models";

    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] _namespaces = ["CCApi.Sdk", Models, "Microsoft.Extensions.DependencyInjection"];

    private static readonly Type[] _types = typeof(ChatMessage).Assembly.GetExportedTypes();

    [Fact]
    public void PublicTypes_AreInTheNamespacesOfTheDesign()
    {
        var offenders = _types.Where(t => !_namespaces.Contains(t.Namespace));

        Assert.Empty(offenders);
    }

    [Fact]
    public void Models_HaveNoClosedEnum()
    {
        var offenders = _types.Where(t => t.Namespace == Models && t.IsEnum).Select(t => t.Name).Concat(ModelMembersWith(type => type.IsEnum));

        Assert.Empty(offenders);
    }

    [Fact]
    public void Models_HaveNoDateTime()
    {
        var offenders = ModelMembersWith(type => type == typeof(DateTime));

        Assert.Empty(offenders);
    }

    [Fact]
    public void Models_HaveNoUri()
    {
        var offenders = ModelMembersWith(type => type == typeof(Uri));

        Assert.Empty(offenders);
    }

    [Fact]
    public void ModelMembersWith_AUsedType_FindsIt()
    {
        var members = ModelMembersWith(type => type == typeof(DateTimeOffset));

        Assert.Contains("ModelSummary.CreatedAt", members);
    }

    private static IReadOnlyList<string> ModelMembersWith(Func<Type, bool> condition) =>
        [.. _types.Where(t => t.Namespace == Models)
            .SelectMany(t => t.GetMembers(Declared))
            .Where(m => TypesOf(m).SelectMany(Parts).Any(condition))
            .Select(m => $"{m.DeclaringType!.Name}.{m.Name}")];

    /// <summary>The types in the signature of a member that users can see.</summary>
    private static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        FieldInfo { IsPublic: true } field => [field.FieldType],
        PropertyInfo property when property.GetAccessors().Length > 0 => [property.PropertyType],
        MethodInfo method when method.IsPublic || method.IsFamily => [method.ReturnType, .. method.GetParameters().Select(p => p.ParameterType)],
        ConstructorInfo { IsPublic: true } constructor => constructor.GetParameters().Select(p => p.ParameterType),
        _ => [],
    };

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : [type, .. type.GetGenericArguments().SelectMany(Parts)];
}
