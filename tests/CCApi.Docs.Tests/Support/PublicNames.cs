using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace CCApi.Docs.Tests.Support;

/// <summary>The public names of the packages and of the OpenAI package, to look up what a text mentions.</summary>
internal static partial class PublicNames
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    /// <summary>What these names stand for in every guide.</summary>
    private static readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal)
    {
        ["catalog"] = "ModelCatalog",
        ["client"] = "CCApiClient",
        ["emulator"] = "CCApiEmulator",
        ["job"] = "ImageJob",
        ["options"] = "CCApiClientOptions",
    };

    private static readonly Type[] _types =
    [
        .. new[]
        {
            typeof(Sdk.CCApiClient), typeof(Emulator.CCApiEmulator), typeof(Sdk.Bulk.BulkLedger), typeof(Sdk.Caching.MediaCache), typeof(Sdk.CCApiWebhookOptions), typeof(Microsoft.Extensions.AI.CCApiAIExtensions), typeof(OpenAI.OpenAIClient),
            typeof(Microsoft.Extensions.AI.IChatClient),
        }.SelectMany(type => type.Assembly.GetExportedTypes()),
    ];

    private static readonly ILookup<string, Type> _byName = _types.ToLookup(NameOf, StringComparer.Ordinal);

    private static readonly ILookup<string, Type> _byProperty = _types
        .SelectMany(type => type.GetProperties(Public))
        .ToLookup(property => property.Name, property => property.PropertyType, StringComparer.Ordinal);

    private static readonly HashSet<string> _extensions = _types
        .Where(type => type is { IsAbstract: true, IsSealed: true })
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
        .Where(method => method.IsDefined(typeof(ExtensionAttribute)))
        .Select(method => method.Name)
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>The members in a piece of code, such as <c>CCApiClient.Chat</c>, that the type of this name does not have.</summary>
    public static IEnumerable<string> UnknownIn(string code) => Path().Matches(code).Select(match => UnknownOf(match.Value)).OfType<string>();

    private static string? UnknownOf(string path)
    {
        var names = path.Split('.');
        if (names[0] == nameof(System))
        {
            return null;
        }

        var root = _variables.GetValueOrDefault(names[0], names[0]);
        Type[] candidates = [.. _byName[root], .. _byProperty[root]];

        foreach (var name in names.Skip(1))
        {
            if (candidates.Length == 0 || _extensions.Contains(name))
            {
                return null;
            }

            var members = candidates.SelectMany(type => MembersOf(type, name)).ToList();
            if (members.Count == 0)
            {
                return $"{path}: {string.Join(", ", candidates.Select(NameOf).Distinct())} without {name}";
            }

            candidates = [.. members.OfType<PropertyInfo>().Select(property => property.PropertyType), .. members.OfType<Type>()];
        }

        return null;
    }

    private static IEnumerable<MemberInfo> MembersOf(Type type, string name)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.GetMember(name, Public).Concat(plain.GetInterfaces().SelectMany(parent => parent.GetMember(name, Public)));
    }

    private static string NameOf(Type type) => type.Name.Split('`')[0];

    /// <summary>Names joined by dots, of which all but the first begin with a capital.</summary>
    [GeneratedRegex(@"(?<![\w./-])[A-Za-z]\w*(?:\.[A-Z]\w*)+(?![\w/])")]
    private static partial Regex Path();
}
