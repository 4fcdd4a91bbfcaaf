using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CCApi.Docs.Tests.Support;

/// <summary>The documentation comments of properties, as Markdown on one line.</summary>
internal static partial class XmlDocs
{
    private static readonly Dictionary<string, XElement> _members = Directory.EnumerateFiles(AppContext.BaseDirectory, "CCApi*.xml")
        .Where(file => !file.EndsWith(".Tests.xml", StringComparison.Ordinal))
        .SelectMany(file => XDocument.Load(file).Descendants("member"))
        .DistinctBy(member => member.Attribute("name")!.Value)
        .ToDictionary(member => member.Attribute("name")!.Value);

    public static string SummaryOf(PropertyInfo property)
    {
        var summary = _members[$"P:{property.DeclaringType!.FullName}.{property.Name}"].Element("summary")!;

        return Spaces().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement element when element.Attribute("cref") is { } reference => $"`{ShortName(reference.Value)}`",
        XElement element when element.Attribute("langword") is { } word => $"`{word.Value}`",
        XElement element => string.Concat(element.Nodes().Select(Text)),
        _ => string.Empty,
    };

    /// <summary>Of a type its name, of a member the name of its type too.</summary>
    private static string ShortName(string reference)
    {
        var parts = reference[2..].Split('(')[0].Split('.');
        var isType = reference.StartsWith("T:", StringComparison.Ordinal);

        return isType ? parts[^1] : $"{parts[^2]}.{parts[^1]}";
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
