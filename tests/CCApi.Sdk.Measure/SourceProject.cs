using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CCApi.Sdk.Measure;

/// <summary>The sources of one project, parsed and bound.</summary>
internal sealed class SourceProject
{
    private readonly string _folder;
    private readonly string? _generated;
    private readonly CSharpCompilation _compilation;

    private SourceProject(string folder, string? generated, CSharpCompilation compilation, IReadOnlyList<SyntaxTree> trees)
    {
        _folder = folder;
        _generated = generated;
        _compilation = compilation;
        Trees = trees;
    }

    public static string Root { get; } = typeof(SourceProject).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>The hand-written files.</summary>
    public IReadOnlyList<SyntaxTree> Trees { get; }

    /// <summary>Reads the project in a folder of the repository.</summary>
    public static SourceProject Load(string project)
    {
        var folder = Path.Combine(Root, project) + Path.DirectorySeparatorChar;
        var options = new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.Parse, preprocessorSymbols: ["NET", "NET8_0_OR_GREATER", "NET9_0_OR_GREATER", "NET10_0_OR_GREATER"]);

        var trees = FilesIn(folder).Select(file => Parse(file, options)).ToArray();
        var generated = Path.Combine(folder, "obj/codegen/CCApi.Models.g.cs");
        var hasGenerated = File.Exists(generated);
        var all = hasGenerated ? [.. trees, Parse(generated, options)] : trees;

        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileNameWithoutExtension(path).Equals(Path.GetFileName(project), StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "sources", all, references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        return new SourceProject(folder, hasGenerated ? generated : null, compilation, trees);
    }

    /// <summary>The C# files below a folder, without what a build makes.</summary>
    public static IEnumerable<string> FilesIn(string folder) =>
        Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    public SemanticModel Bind(SyntaxTree tree) => _compilation.GetSemanticModel(tree);

    /// <summary>The file of a tree, as a path below the project.</summary>
    public string PathOf(SyntaxTree tree) => tree.FilePath[_folder.Length..];

    /// <summary>The folder that declares a type; null when the type is not of this project. Generated types belong to Models.</summary>
    public string? FolderOf(ITypeSymbol type)
    {
        var path = type.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree.FilePath)
            .OrderBy(path => path == _generated)
            .FirstOrDefault();
        if (path is null)
        {
            return null;
        }

        return path == _generated ? "Models" : FolderOf(path[_folder.Length..]);
    }

    /// <summary>The folder of a path below the project; "." for its root.</summary>
    public static string FolderOf(string path) => Path.GetDirectoryName(path) is { Length: > 0 } folder ? folder : ".";

    private static SyntaxTree Parse(string file, CSharpParseOptions options) => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file);
}
