using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CCApi.Sdk.Measure;

/// <summary>One place where a file of one folder uses a type of another.</summary>
/// <param name="From">The folder of the file.</param>
/// <param name="To">The folder of the type.</param>
/// <param name="File">The file, below the project.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Type">The type that is used.</param>
internal sealed record Dependency(string From, string To, string File, int Line, string Type)
{
    public override string ToString() => $"{From} -> {To}: {File}({Line}) uses {Type}";
}

/// <summary>Which types of a project use which.</summary>
internal static class Dependencies
{
    /// <summary>Every use of a type of another folder, one for each file and type.</summary>
    public static IReadOnlyList<Dependency> BetweenFolders(SourceProject project)
    {
        var found = new Dictionary<(string File, string Type), Dependency>();
        foreach (var tree in project.Trees)
        {
            var file = project.PathOf(tree);
            var from = SourceProject.FolderOf(file);
            foreach (var (node, type) in UsedTypes(project, tree))
            {
                var to = project.FolderOf(type)!;
                if (to != from)
                {
                    var line = node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
                    found.TryAdd((file, type.Name), new Dependency(from, to, file, line, type.Name));
                }
            }
        }

        return [.. found.Values];
    }

    /// <summary>The own types that each type uses.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Collaborators(SourceProject project)
    {
        var collaborators = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var tree in project.Trees)
        {
            foreach (var (node, type) in UsedTypes(project, tree))
            {
                var owner = node.Ancestors().OfType<BaseTypeDeclarationSyntax>().LastOrDefault()?.Identifier.Text;
                if (owner is not null && owner != type.Name)
                {
                    collaborators.TryAdd(owner, new HashSet<string>(StringComparer.Ordinal));
                    collaborators[owner].Add(type.Name);
                }
            }
        }

        return collaborators.ToDictionary(pair => pair.Key, pair => (IReadOnlySet<string>)pair.Value, StringComparer.Ordinal);
    }

    /// <summary>The pairs of folders that use each other.</summary>
    public static IReadOnlyList<(string First, string Second)> MutualPairs(IReadOnlyList<Dependency> dependencies)
    {
        var arrows = dependencies.Select(dependency => (dependency.From, dependency.To)).ToHashSet();
        return [.. arrows.Where(arrow => string.CompareOrdinal(arrow.From, arrow.To) < 0 && arrows.Contains((arrow.To, arrow.From))).Order()];
    }

    /// <summary>The groups of folders in which each reaches each.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Knots(IReadOnlyList<Dependency> dependencies)
    {
        var next = dependencies.GroupBy(dependency => dependency.From).ToDictionary(group => group.Key, group => group.Select(dependency => dependency.To).Distinct().ToArray());
        var folders = dependencies.SelectMany(dependency => new[] { dependency.From, dependency.To }).Distinct().Order(StringComparer.Ordinal).ToArray();
        var reach = folders.ToDictionary(folder => folder, folder => Reachable(folder, next));

        var knots = folders
            .Select(folder => folders.Where(other => reach[folder].Contains(other) && reach[other].Contains(folder)).ToArray())
            .Where(group => group.Length > 1)
            .DistinctBy(group => group[0])
            .ToArray();
        return knots;
    }

    private static HashSet<string> Reachable(string start, Dictionary<string, string[]> next)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([start]);
        while (open.TryPop(out var folder))
        {
            foreach (var other in next.GetValueOrDefault(folder, []))
            {
                if (reached.Add(other))
                {
                    open.Push(other);
                }
            }
        }

        return reached;
    }

    /// <summary>The own types that the code of a file names or uses through a member, documentation left out.</summary>
    private static IEnumerable<(SyntaxNode Node, ITypeSymbol Type)> UsedTypes(SourceProject project, SyntaxTree tree)
    {
        var model = project.Bind(tree);
        foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            var symbol = model.GetSymbolInfo(name).Symbol;
            var type = symbol switch
            {
                ITypeSymbol named => named,
                IMethodSymbol { MethodKind: MethodKind.ReducedExtension } extension => extension.ReducedFrom!.ContainingType,
                IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol => symbol.ContainingType,
                _ => null,
            };
            var outer = Outermost(type?.OriginalDefinition);
            if (outer is not null && project.FolderOf(outer) is not null)
            {
                yield return (name, outer);
            }
        }
    }

    private static ITypeSymbol? Outermost(ITypeSymbol? type)
    {
        while (type?.ContainingType is { } outer)
        {
            type = outer;
        }

        return type;
    }
}
