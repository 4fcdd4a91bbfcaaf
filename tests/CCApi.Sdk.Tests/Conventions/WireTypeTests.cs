using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.Tests.Conventions;

/// <summary>What every type that travels as a JSON object has in common. Each failure lists the offenders.</summary>
public class WireTypeTests
{
    private static readonly Type[] _wireTypes =
        [.. typeof(ChatMessage).Assembly.GetExportedTypes().Where(t => t.IsClass && typeof(IJsonModel).IsAssignableFrom(t) && t != typeof(Base64Data))];

    private static readonly string[] _typesWithRequiredMembers =
        [nameof(ChatTool), nameof(ChatToolFunction), nameof(MultimodalInputContent), nameof(MultimodalImageParameters)];

    private static IEnumerable<PropertyInfo> Members => _wireTypes.SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly));

    private static IEnumerable<PropertyInfo> WireMembers => Members.Where(m => m.GetCustomAttribute<JsonPropertyNameAttribute>() is not null);

    [Fact]
    public void WireTypes_OfTheAssembly_AreFound()
    {
        var count = _wireTypes.Length;

        Assert.True(count >= 21, $"Only {count} wire types.");
    }

    [Fact]
    public void WireTypes_OfTheContract_AreSealedAndCanBeCreated()
    {
        var offenders = _wireTypes.Where(t => !t.IsSealed || t.GetConstructor(Type.EmptyTypes) is null);

        Assert.Empty(offenders);
    }

    [Fact]
    public void WireTypes_KeepUnknownMembers()
    {
        var offenders = _wireTypes.Where(t =>
            t.GetProperty("AdditionalProperties") is not { } property ||
            property.PropertyType != typeof(IDictionary<string, JsonElement>) ||
            property.GetCustomAttribute<JsonExtensionDataAttribute>() is null);

        Assert.Empty(offenders);
    }

    [Fact]
    public void WireTypes_AreInTheSerializerContext()
    {
        var offenders = _wireTypes.Where(t => CCApiJsonContext.Default.GetTypeInfo(t) is null);

        Assert.Empty(offenders);
    }

    [Fact]
    public void HandWrittenMembers_AreIgnoredBySerializers()
    {
        var offenders = Members.Except(WireMembers).Where(m =>
            m.GetCustomAttribute<JsonExtensionDataAttribute>() is null &&
            m.GetCustomAttribute<JsonIgnoreAttribute>() is not { Condition: JsonIgnoreCondition.Always });

        Assert.Empty(offenders.Select(Name));
    }

    [Fact]
    public void WireMembers_CanBeSetAtAnyTime()
    {
        var offenders = WireMembers.Where(m => m.SetMethod is not { IsPublic: true } || IsInit(m));

        Assert.Empty(offenders.Select(Name));
    }

    [Fact]
    public void HandWrittenMembers_AreNeverInit()
    {
        var offenders = Members.Except(WireMembers).Where(IsInit);

        Assert.Empty(offenders.Select(Name));
    }

    [Fact]
    public void WireMembers_ThatAreNotRequired_CanBeNull()
    {
        var offenders = WireMembers.Where(m => !IsRequired(m) && m.PropertyType.IsValueType && Nullable.GetUnderlyingType(m.PropertyType) is null);

        Assert.Empty(offenders.Select(Name));
    }

    [Fact]
    public void RequiredMembers_AreOnlyOnWhatIsNeverReadFromTheWire()
    {
        var offenders = Members.Where(m =>
            IsRequired(m) &&
            !m.DeclaringType!.Name.EndsWith("Request", StringComparison.Ordinal) &&
            !_typesWithRequiredMembers.Contains(m.DeclaringType.Name));

        Assert.Empty(offenders.Select(Name));
    }

    [Fact]
    public void RequiredMembers_Exist()
    {
        var required = Members.Where(IsRequired).Select(Name);

        Assert.Contains("ChatCompletionRequest.Messages", required);
    }

    private static bool IsInit(PropertyInfo member) =>
        member.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Any(t => t.Name == nameof(IsExternalInit)) == true;

    private static bool IsRequired(PropertyInfo member) =>
        member.GetCustomAttributes().Any(a => a.GetType().FullName == "System.Runtime.CompilerServices.RequiredMemberAttribute");

    private static string Name(PropertyInfo member) => $"{member.DeclaringType!.Name}.{member.Name}";
}
