using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Conventions;

/// <summary>Everything public is documented, generated code too (where the compiler does not look).</summary>
public class DocumentationTests
{
    private static readonly Dictionary<string, XElement> _documentation =
        XDocument.Load(Path.Combine(AppContext.BaseDirectory, "CCApi.Sdk.xml")).Descendants("member").ToDictionary(m => m.Attribute("name")!.Value, StringComparer.Ordinal);

    private static readonly Type[] _types = typeof(ChatMessage).Assembly.GetExportedTypes();

    [Fact]
    public void PublicTypes_AreDocumented()
    {
        var offenders = _types.Select(DocumentationId.Of).Where(id => !IsDocumented(id));

        Assert.Empty(offenders);
    }

    [Fact]
    public void PublicMembers_AreDocumented()
    {
        var offenders = _types.SelectMany(VisibleMembers).Select(DocumentationId.Of).Where(id => !IsDocumented(id));

        Assert.Empty(offenders);
    }

    [Theory]
    [InlineData("T:CCApi.Sdk.Models.ChatMessage")]
    [InlineData("P:CCApi.Sdk.Models.ChatMessage.Content")]
    [InlineData("M:CCApi.Sdk.Models.ChatMessage.User(CCApi.Sdk.Models.ChatContentPart[])")]
    [InlineData("M:CCApi.Sdk.Models.ChatMessage.Assistant(System.Collections.Generic.IReadOnlyList{CCApi.Sdk.Models.ChatToolCall})")]
    [InlineData("M:CCApi.Sdk.Models.ChatRole.op_Implicit(System.String)~System.Nullable{CCApi.Sdk.Models.ChatRole}")]
    [InlineData("M:CCApi.Sdk.Models.Base64Data.#ctor(System.Byte[],System.String)")]
    public void DocumentationId_OfEveryKind_IsThatOfTheCompiler(string expected)
    {
        var ids = _types.Select(DocumentationId.Of).Concat(_types.SelectMany(VisibleMembers).Select(DocumentationId.Of));

        Assert.Contains(expected, ids);
        Assert.True(IsDocumented(expected));
    }

    private static bool IsDocumented(string id) =>
        _documentation.TryGetValue(id, out var member) &&
        (member.Element("inheritdoc") is not null || member.Element("summary") is { } summary && (summary.HasElements || !string.IsNullOrWhiteSpace(summary.Value)));

    private static IEnumerable<MemberInfo> VisibleMembers(Type type) =>
        type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(m => IsVisible(m) && !IsMadeByTheCompiler(m));

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => (method.IsPublic || method.IsFamily) && (!method.IsSpecialName || method.IsConstructor || method.Name.StartsWith("op_", StringComparison.Ordinal)),
        FieldInfo field => (field.IsPublic || field.IsFamily) && !field.IsSpecialName,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(a => a.IsPublic || a.IsFamily),
        EventInfo => true,
        _ => false,
    };

    // What a record brings with it, and the constructor that nobody wrote. The compiler itself asks for a comment on one that somebody did.
    private static bool IsMadeByTheCompiler(MemberInfo member) =>
        member.GetCustomAttribute<CompilerGeneratedAttribute>() is not null || (member is ConstructorInfo constructor && constructor.GetParameters().Length == 0);
}
